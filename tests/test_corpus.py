"""The invented corpus is the same each time, and the reader reads it back without a wrong fact."""

from collections import Counter
from pathlib import Path

import corpus
from invented import names
from test_specimens import FIELDS, Told, facts, forgiven, told_by

from sitegen.parse import parse
from sitegen.read import read


def as_read(told: corpus.Told) -> Told:
    return {
        "title": told.title,
        "date": told.date,
        "issuer": told.issuer,
        "schedule": told.schedule,
        "parties": [
            {"name": party.name, "kind": party.kind, "aliases": [*filter(None, (party.term, party.former))]}
            for party in told.parties
        ],
        "signature_blocks": [
            {
                "party": block.party,
                "chain": [{"name": link.name, "capacity": link.capacity} for link in block.chain],
                "signer": block.signer,
                "title": block.title,
                "attorney_in_fact": block.attorney,
            }
            for block in told.blocks
        ],
    }


def test_the_reader_reads_the_corpus_back_fact_by_fact() -> None:
    wrong = []
    for specimen in [*corpus.agreements(300)][::3]:
        want = facts([as_read(specimen.truth)])
        found = parse(read(specimen.path, specimen.text.encode())).found
        got = facts([told_by(one.agreement) for one in found])
        owners = {term: name for name, term in want["alias"]}
        got["alias"] = {alias for alias in got["alias"] if alias in want["alias"] or not forgiven(alias, owners)}
        (agreement,) = (one.agreement for one in found)
        amendment = agreement.amendment.value if agreement.amendment else None
        wrong += [f"{specimen.path} amendment {amendment}"] if amendment != specimen.truth.amendment else []
        clauses = {" ".join(clause.text.value.split()) for clause in agreement.clauses}
        wrong += [f"{specimen.path} lacks {text}" for text in specimen.truth.clauses if text not in clauses]
        wrong += [
            f"{specimen.path} {field}: {verdict} {fact}"
            for field in FIELDS
            for verdict, some in (("not read", want[field] - got[field]), ("read wrongly", got[field] - want[field]))
            for fact in sorted(some, key=str)
        ]
    assert not wrong, "\n".join(wrong)


def test_a_corpus_is_the_same_each_time_and_the_beginning_of_a_larger_one(tmp_path: Path) -> None:
    some = [*corpus.agreements(50, seed=7)]
    assert [*corpus.agreements(90, seed=7)][:50] == some
    assert [*corpus.agreements(50, seed=8)] != some
    corpus.write(tmp_path, 50, seed=7)
    assert {place.relative_to(tmp_path).as_posix(): place.read_text() for place in tmp_path.rglob("*.*")} == {
        specimen.path: specimen.text for specimen in some
    }


def test_every_agreement_has_a_path_and_a_text_of_its_own() -> None:
    specimens = [*corpus.agreements(2000)]
    assert len({specimen.path for specimen in specimens}) == len({specimen.text for specimen in specimens}) == 2000
    assert all(2 <= len(specimen.truth.parties) <= 12 for specimen in specimens)


def test_names_stay_distinct_at_any_size() -> None:
    assert len({names.sponsor(number) for number in range(2_000)}) == 2_000
    assert len({names.issuer(number) for number in range(20_000)}) == 20_000
    assert len({names.person(number) for number in range(250_000)}) == 250_000


def test_a_corpus_holds_each_kind_of_change() -> None:
    specimens = [*corpus.agreements(400)]
    truth = corpus.compare(specimens)
    for field in ("joined", "left", "renamed", "terms", "signers", "titles", "chains", "capacities", "clauses"):
        assert any(getattr(change, field) for change in truth.changes), field
    assert {len(block.chain) for specimen in specimens for block in specimen.truth.blocks} >= {0, 1, 2, 3, 4}
    assert truth.namesakes()
    assert any(len(person.issuers) > 5 for person in truth.bridges())
    groups = Counter(issuer for _, issuer in {(one.series, one.truth.issuer) for one in specimens})
    assert max(groups.values()) > 1


def test_what_changed_is_told_agreement_by_agreement() -> None:
    specimens = [*corpus.agreements(200)]
    by_path = {specimen.path: specimen.truth for specimen in specimens}
    for change in corpus.compare(specimens).changes:
        before, after = ({party.name for party in by_path[path].parties} for path in (change.before, change.path))
        old_names, new_names = {one for one, _ in change.renamed}, {other for _, other in change.renamed}
        assert after - before == {*change.joined} | new_names
        assert before - after == {*change.left} | old_names
        assert by_path[change.before].date < by_path[change.path].date
