"""Findings without a site: the linter for exhibits, of the content folder or of files anywhere."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from sitegen.build import survey
from sitegen.catalogue.catalogue import Catalogue
from sitegen.catalogue.records import Dossier, SilencedFinding
from sitegen.catalogue.silencing import silence
from sitegen.config import Config
from sitegen.content import (
    ExhibitFile,
    list_exhibits,
    list_notes,
    list_pages,
    load_decisions,
    load_ledgers,
    load_ledgers_at,
)
from sitegen.editorial import link_editorial, read_editorial
from sitegen.identity.ledger import losses
from sitegen.model.failure import UsageError
from sitegen.model.findings import Finding
from sitegen.model.silence import Silence
from sitegen.model.text import Basis, Lines
from sitegen.report import Located
from sitegen.workers import cores


class Reading(msgspec.Struct, frozen=True):
    """How files were read."""

    dossiers: tuple[Dossier, ...]
    findings: tuple[Finding, ...]
    """About the files themselves."""


def check_content(config: Config) -> list[Located]:
    """Return the findings of a whole content folder: collection, ledger and silencing included."""
    content = config.content
    folder = _relative(content)
    ledgers, decisions = load_ledgers(content), load_decisions(content)
    editorial = read_editorial(list_pages(content), list_notes(content))
    db = survey(list_exhibits(content), editorial, ledgers, decisions, config.jobs)
    editorial = link_editorial(db, editorial)
    silence(db, config.silences)
    catalogue = Catalogue(db)
    settings = str(_relative(config.file)) if config.file else ""
    idle = [Located(settings, finding, None) for finding in catalogue.reviewed.idle()]
    own = [Located(str(folder / one.path), one.finding, Lines(one.text), exact=True) for one in editorial.faults]
    return idle + own + _located(catalogue, lambda path: str(folder / path))


def check_against(content: Path, revision: str) -> list[Located]:
    """Return what the ledger lost since a git revision."""
    then, now = load_ledgers_at(content, revision), load_ledgers(content)
    folder = _relative(content)
    return [
        Located(str(folder / "permalinks" / f"{kind}.tsv"), finding, None)
        for kind, ledger in then.items()
        for finding in losses(ledger, now[kind])
    ]


def check_paths(
    paths: Sequence[Path], silences: Sequence[Silence], content: Path, jobs: int | None = None
) -> list[Located]:
    """Return the findings of these files, and of all exhibits in these folders, each read on its own.

    What the settings silence in files of the content folder is silenced here too.
    """
    db = survey(_files(paths), jobs=jobs or cores())
    silence(db, silences, lambda path: _below(content, path))
    return _located(Catalogue(db), lambda path: path)


def read_one(path: Path) -> Reading:
    """Read one exhibit as a build would."""
    if path.is_dir():
        raise UsageError(f"{path} is a folder. Name one exhibit.")
    catalogue = Catalogue(survey(_files([path])))
    dossiers = tuple(catalogue.dossier(ref.slug) for ref in catalogue.agreements())
    return Reading(dossiers, tuple(notice.finding for notice in catalogue.notices()))


def _files(paths: Sequence[Path]) -> list[ExhibitFile]:
    files: list[ExhibitFile] = []
    for path in paths:
        if path.is_dir():
            files += [msgspec.structs.replace(file, path=str(path / file.path)) for file in list_exhibits(path)]
        elif path.exists():
            files.append(ExhibitFile(str(path), path))
        else:
            raise UsageError(f"{path} does not exist. Name an exhibit or a folder of exhibits.")
    return files


def _located(catalogue: Catalogue, name: Callable[[str], str]) -> list[Located]:
    found = [Located(name(notice.path), notice.finding, None) for notice in catalogue.notices()]
    for ref in catalogue.agreements():
        dossier = catalogue.dossier(ref.slug)
        lines = Lines(dossier.text)
        exact = dossier.source.format == "plain" and not _has_header(dossier)
        found += [Located(name(dossier.source.path), finding, lines, exact) for finding in dossier.findings]
    found += [_silenced(catalogue, one, name(one.path)) for one in catalogue.reviewed.silenced()]
    return sorted(found, key=lambda one: (one.path, one.range or (0, 0), one.finding.code))


def _silenced(catalogue: Catalogue, one: SilencedFinding, path: str) -> Located:
    if one.agreement is None:
        return Located(path, one.finding, None, reason=one.reason)
    dossier = catalogue.dossier(one.agreement.slug)
    exact = dossier.source.format == "plain" and not _has_header(dossier)
    return Located(path, one.finding, Lines(dossier.text), exact, one.reason)


def _has_header(dossier: Dossier) -> bool:
    """Tell whether the text begins with lines of a filing's header, so that its lines are not the file's."""
    filing = dossier.filing
    facts = (filing.accession, filing.form, filing.filed) if filing else ()
    return any(fact and fact.basis == Basis.HEADER for fact in facts)


def _below(content: Path, path: str) -> str | None:
    """Return a file's path below the content folder, with forward slashes; None for a file elsewhere."""
    whole = Path(path).resolve()
    return whole.relative_to(content).as_posix() if whole.is_relative_to(content) else None


def _relative(path: Path) -> Path:
    return Path(os.path.relpath(path))
