"""Invented exhibits in many house styles: each is read as the truth beside it says, fact by fact."""

import json
import re
import unicodedata
from pathlib import Path
from typing import TypeAlias, TypedDict

import pytest

from sitegen.model.agreement import Agreement, ChainLink
from sitegen.model.text import Fact
from sitegen.parse import parse
from sitegen.read import read

SPECIMENS = Path(__file__).parent / "specimens" / "agreements"
COLLECTIVE = {
    "agreement", "reportingpersons", "reportingperson", "jointfilers", "exchangeact", "act", "schedule13d",
    "schedule13g", "amendment", "issuer", "company", "parties", "filers",
}  # fmt: skip
SHORT = (("incorporated", "inc"), ("corporation", "corp"), ("company", "co"), ("limited", "ltd"))
OF_PARTIES = ("party", "kind", "alias")
OF_AMBIGUOUS = {"parties": OF_PARTIES, "aliases": ("alias",)}
"""Fields that a name in a truth's `ambiguous` leaves open, where it is no field itself."""
FIELDS = (
    "agreement", "heading", "date", "issuer", "schedule", *OF_PARTIES, "signature", "chain", "capacity", "title",
    "attorney",
)  # fmt: skip

Facts: TypeAlias = dict[str, set[tuple[str | None, ...]]]
"""Comparable facts a field; names as `key` makes them."""


class Party(TypedDict):
    name: str
    kind: str
    aliases: list[str]


class Link(TypedDict):
    name: str
    capacity: str | None


class Block(TypedDict):
    party: str
    chain: list[Link]
    signer: str | None
    title: str | None
    attorney_in_fact: bool


class Told(TypedDict):
    """What a document says, as the truth files have it."""

    title: str | None
    date: str | None
    issuer: str | None
    schedule: str | None
    parties: list[Party]
    signature_blocks: list[Block]


def key(text: str | None) -> str | None:
    """Return a name without case, accents, punctuation and white space."""
    if not text:
        return None
    letters = unicodedata.normalize("NFKD", text).casefold().replace("&", " and ")
    return re.sub(r"[\W_]+", "", "".join(c for c in letters if not unicodedata.combining(c))) or None


def person(text: str | None) -> str | None:
    """Return a human's name as `key` does, without forms of address and degrees."""
    bare = re.sub(r"(?i)^\s*(?:dr|sir|mr|ms|mrs)\b\.?|,?\s*\b(?:esq|ph\.?\s?d|m\.?\s?d)\b\.?", "", text or "")
    return key(bare)


def company(text: str | None) -> str | None:
    """Return an issuer's name as `key` does, its legal ending in short form."""
    bare = key(text)
    for long, short in SHORT:
        bare = bare and bare.replace(long, short)
    return bare


def facts(told: list[Told]) -> Facts:
    found: Facts = {field: set() for field in FIELDS}
    for one in told:
        found["agreement"].add(("found",))
        found["heading"] |= {(key(one["title"]),)} if one["title"] else set()
        found["date"] |= {(one["date"],)} if one["date"] else set()
        found["issuer"] |= {(company(one["issuer"]),)} if one["issuer"] else set()
        found["schedule"] |= {(key(one["schedule"]),)} if one["schedule"] else set()
        for party in one["parties"]:
            name = key(party["name"])
            found["party"].add((name,))
            found["kind"].add((name, party["kind"]))
            found["alias"] |= {(name, key(alias)) for alias in party["aliases"]}
        for block in one["signature_blocks"]:
            _facts_of_block(block, found)
    return found


def _facts_of_block(block: Block, found: Facts) -> None:
    who = key(block["party"]), person(block["signer"])
    found["signature"].add(who)
    found["chain"] |= {(*who, *(key(link["name"]) for link in block["chain"]))} if block["chain"] else set()
    found["attorney"] |= {who} if block["attorney_in_fact"] else set()
    found["title"] |= {(*who, key(block["title"]))} if block["title"] else set()
    found["capacity"] |= {
        (*who, key(link["name"]), key(link["capacity"])) for link in block["chain"] if link["capacity"]
    }


def forgiven(alias: tuple[str | None, ...], owners: dict[str | None, str | None]) -> bool:
    """Tell whether a term that the truth does not list is harmless: of this party alone, and not collective."""
    name, term = alias
    return term not in COLLECTIVE and owners.get(term, name) == name


def told_by(agreement: Agreement) -> Told:
    def name(index: int | None, printed: Fact) -> str:
        return printed.value if index is None else agreement.parties[index].name.value

    def link(of: ChainLink) -> Link:
        return {"name": name(of.party, of.name), "capacity": _value(of.capacity)}

    return {
        "title": _value(agreement.title),
        "date": _value(agreement.date),
        "issuer": _value(agreement.issuer.name) if agreement.issuer else None,
        "schedule": _value(agreement.schedule),
        "parties": [
            {"name": party.name.value, "kind": party.kind, "aliases": [alias.value for alias in party.aliases]}
            for party in agreement.parties
        ],
        "signature_blocks": [
            {
                "party": name(block.party, block.printed),
                "chain": [link(each) for each in block.chain],
                "signer": _value(block.signer),
                "title": _value(block.title),
                "attorney_in_fact": block.attorney is not None,
            }
            for block in agreement.blocks
        ],
    }


def _value(fact: Fact | None) -> str | None:
    return fact.value if fact else None


def specimens() -> list[Path]:
    return sorted(place for place in SPECIMENS.iterdir() if place.suffix != ".json")


@pytest.mark.parametrize("place", specimens(), ids=lambda place: place.name)
def test_a_specimen_is_read_as_its_truth_says(place: Path) -> None:
    truth = json.loads(place.with_name(f"{place.name}.json").read_text(encoding="utf-8"))
    want = facts([] if truth.get("no_agreement") else [truth])
    got = facts([told_by(found.agreement) for found in parse(read(place.name, place.read_bytes())).found])
    owners = {term: name for name, term in want["alias"]}
    got["alias"] = {alias for alias in got["alias"] if alias in want["alias"] or not forgiven(alias, owners)}
    left_open = {field for name in truth.get("ambiguous", []) for field in OF_AMBIGUOUS.get(name, (name,))}
    wrong = [
        f"{field}: {verdict} {fact}"
        for field in FIELDS
        if field not in left_open
        for verdict, some in (("not read", want[field] - got[field]), ("read wrongly", got[field] - want[field]))
        for fact in sorted(some, key=str)
    ]
    assert not wrong, f"{place.name}:\n" + "\n".join(wrong)


def test_each_specimen_has_its_truth_beside_it() -> None:
    documents = {place.name for place in specimens()}
    truths = {place.name.removesuffix(".json") for place in SPECIMENS.glob("*.json")}
    assert documents
    assert documents == truths
