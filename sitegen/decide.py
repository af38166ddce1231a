"""`sitegen accept` and `sitegen separate`: a decision about two names, checked and appended to `identities.toml`."""

import subprocess
from collections.abc import Sequence
from pathlib import Path

import msgspec

from sitegen.catalogue.catalogue import Catalogue
from sitegen.config import Config
from sitegen.content import append_decision, decisions_text, load_ledgers
from sitegen.identity.decisions import Decision, Reference, appended, format_decision, parse_decisions, parse_reference
from sitegen.model.failure import UsageError

SAME, DIFFERENT = "same", "different"


def decide(config: Config, kind: str, names: Sequence[str], *, reason: str, by: str | None, date: str) -> str:
    """Write a decision and return its text. Raises `UsageError` when it cannot be carried out; nothing is written then.

    Each of `names` is a printed name, `NAME @ AGREEMENT`, or an address (`signers/jane-doe#person-1a2b3c`).
    """
    place, text = decisions_text(config.content)
    parse_decisions(text, str(place))
    catalogue = _last_build(config)
    references = tuple(_reference(catalogue, words, kind) for words in names)
    if kind == SAME:
        _check_kinds(catalogue, references)
    entry = Decision(kind, references, "", " ".join(reason.split()), by or _git_user(config.content), date)
    if not entry.reason:
        raise UsageError("a decision needs a reason. Give it with --reason TEXT.")
    made = parse_decisions(appended(text, entry), str(place))
    catalogue.check(made, load_ledgers(config.content))
    append_decision(config.content, entry)
    return format_decision(entry)


def _last_build(config: Config) -> Catalogue:
    state = config.state / "catalogue.db"
    if not state.exists():
        raise UsageError(f"no site was built in {config.root} yet. Run `sitegen build` first.")
    return Catalogue.open(state)


def _reference(catalogue: Catalogue, words: str, kind: str) -> Reference:
    """Return whom the user means. A person is named with an agreement: others of that name may come later."""
    address, _, person = words.strip().strip("/").partition("#")
    section, _, slug = address.rpartition("/")
    page = next((ref for ref in catalogue.find(address) if (ref.section, ref.slug) == (section, slug)), None)
    if page is not None and section != "agreements":
        found = next((who for who in catalogue.persons(page) if person in {"", who.anchor}), None)
        if person and found is None:
            raise UsageError(f"{address} has no person {person!r}.")
        words = f"{page.name} @ {found.agreements[0]}" if person and found else page.name
    try:
        reference = parse_reference(words)
    except ValueError as error:
        raise UsageError(f"{error}. Name a party, signer or issuer.") from None
    if reference.agreement is not None or kind == DIFFERENT:
        return reference
    ref = catalogue.named(reference.key)
    persons = catalogue.persons(ref) if ref is not None and ref.kind == "person" else ()
    if len(persons) > 1:
        listed = "\n".join(f'  "{reference.name} @ {who.agreements[0]}"' for who in persons)
        raise UsageError(f"{reference.name!r} is the name of {len(persons)} persons; say which:\n{listed}")
    return msgspec.structs.replace(reference, agreement=persons[0].agreements[0]) if persons else reference


def _check_kinds(catalogue: Catalogue, references: Sequence[Reference]) -> None:
    """Raise `UsageError` when one is read as a person and another as a company."""
    kinds = {ref.kind: ref.name for one in references if (ref := catalogue.named(one.key)) is not None}
    if len(kinds) > 1:
        raise UsageError(
            f"{kinds['person']!r} is read as a person, {kinds['entity']!r} as a company. If one was misread, "
            "say so first with a [[kind]] entry in identities.toml, and build."
        )


def _git_user(folder: Path) -> str:
    try:
        done = subprocess.run(
            ["git", "config", "user.name"],  # noqa: S607 -- the user's git
            cwd=folder,
            capture_output=True,
            text=True,
            check=False,
        )
    except OSError:
        done = None
    name = done.stdout.strip() if done is not None and done.returncode == 0 else ""
    if not name:
        raise UsageError("a decision needs a name. Give yours with --by NAME, or set git's user.name.")
    return name
