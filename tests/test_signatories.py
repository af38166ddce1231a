"""Who signs widely, asked of the rows alone, held against what the dossiers themselves say."""

import corpus
import pytest

from sitegen.build import survey
from sitegen.catalogue.catalogue import Catalogue
from sitegen.content import ExhibitFile
from sitegen.graph.blocks import signed_for


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    folder = tmp_path_factory.mktemp("signatories")
    corpus.write(folder, 60)
    paths = sorted(path for path in (folder / "exhibits").rglob("*") if path.is_file())
    twin = folder / "exhibits" / f"twin{paths[0].suffix}"
    twin.write_bytes(paths[0].read_bytes())
    return Catalogue(survey([ExhibitFile(path.relative_to(folder).as_posix(), path) for path in [*paths, twin]]))


def test_rows_and_dossiers_agree_on_who_signs_for_several_parties_in_several_agreements(catalogue: Catalogue) -> None:
    expected = {}
    for slug in catalogue.slugs("signers"):
        page = catalogue.signer(slug)
        for person in page.persons:
            opened = [(catalogue.dossier(found.agreement.slug), found.places) for found in person.appearances]
            parties = {signed_for(dossier, block) for dossier, blocks in opened for block in blocks}
            if len(opened) > 1 and len(parties) > 1:
                signed = [(dossier.ref.slug, blocks) for dossier, blocks in opened]
                expected[slug, person.anchor] = (signed, len(parties))
    found = catalogue.signatories()
    assert len(expected) > 5
    assert {
        (each.ref.slug, each.ref.person): ([(at.agreement, at.blocks) for at in each.signed], each.parties)
        for each in found
    } == expected
    order = [(-len(each.signed), -each.parties) for each in found]
    assert order == sorted(order)


def test_an_agreement_that_stands_in_two_files_is_counted_once(catalogue: Catalogue) -> None:
    copies = {ref.slug for ref in catalogue.agreements() if ref.copy_of}
    assert copies
    assert not copies & {at.agreement for each in catalogue.signatories() for at in each.signed}
