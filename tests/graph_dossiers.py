"""Dossiers by hand: signature blocks in a few words, printed into a text so that every fact has its lines."""

from collections.abc import Sequence

import msgspec

from sitegen.catalogue.records import ActingLink, AgreementRef, Dossier, NameRef, Source
from sitegen.model.agreement import Agreement, ChainLink, PartyMention, SignatureBlock
from sitegen.model.name import key
from sitegen.model.text import Fact, Span


class Block(msgspec.Struct, frozen=True):
    """One signature block: `through` holds names, or pairs of name and printed role."""

    party: str
    through: tuple[str | tuple[str, str], ...] = ()
    signer: str | None = None
    title: str | None = None
    attorney: str | None = None
    number: int | None = None
    """Index of the party, where its name alone does not say."""


class _Paper:
    def __init__(self) -> None:
        self.text = ""

    def print(self, words: str) -> Fact:
        start = len(self.text)
        self.text += words + "\n"
        return Fact(" ".join(words.split()) or "?", Span(start, start + len(words)))


def slug(name: str) -> str:
    return "".join(c if c.isalnum() else "-" for c in " ".join(key(name).tokens) + " " + key(name).form).strip("-")


def dossier(
    parties: Sequence[str],
    blocks: Sequence[Block],
    people: Sequence[str] = (),
    *,
    terms: dict[tuple[str, str], tuple[str, str]] | None = None,
    name: str = "2021-02-03-quillfeather-widgets",
    person: str | None = "person-a1b2c3",
) -> Dossier:
    """Return an agreement among `parties`; `terms` gives (party, through) a defined term and its role."""
    paper = _Paper()

    def ref(section: str, printed: str, kind: str) -> NameRef:
        return NameRef(section, slug(printed), printed, kind, person if kind == "person" else None)

    mentions = [PartyMention(paper.print(each), "person" if each in people else "entity") for each in parties]
    links = []
    for (party, through), (term, role) in (terms or {}).items():
        at = list(parties).index(through)
        alias = paper.print(term)
        mentions[at] = msgspec.structs.replace(mentions[at], aliases=(alias,))
        links.append(ActingLink(party, through, role, "defined-term", alias.span))
    read, signers, chains = [], [], []
    for block in blocks:
        start = len(paper.text)
        printed = paper.print(block.party.upper())
        chain = []
        for step in block.through:
            entity, role = step if isinstance(step, tuple) else (step, None)
            chain.append(
                ChainLink(
                    paper.print(entity),
                    list(parties).index(entity) if entity in parties else None,
                    paper.print(role) if role else None,
                )
            )
        signer = paper.print(block.signer) if block.signer else None
        title = paper.print(block.title) if block.title else None
        attorney = paper.print(block.attorney) if block.attorney else None
        index = (
            block.number
            if block.number is not None
            else (list(parties).index(block.party) if block.party in parties else None)
        )
        read.append(
            SignatureBlock(
                "corporate",
                printed,
                Span(start, len(paper.text)),
                index,
                tuple(chain),
                signer,
                None,
                title,
                attorney=attorney,
            )
        )
        signers.append(ref("signers", block.signer, "person") if block.signer else None)
        chains.append(
            tuple(ref("parties", link.name.value, "entity") if link.party is not None else None for link in chain)
        )
    text = paper.text
    agreement = Agreement("agreement", Span(0, len(text)), parties=tuple(mentions), blocks=tuple(read))
    return Dossier(
        ref=AgreementRef(
            name,
            "agreement",
            "JOINT FILING AGREEMENT",
            name[:10],
            "Quillfeather Widgets, Inc.",
            parties[0] if parties else None,
            "13D",
            len(parties),
            len({each and each.slug for each in signers}),
        ),
        source=Source("exhibits/a.txt", "0" * 64, "0" * 64, "plain", "utf-8", text.count("\n"), None, None, None, None),
        agreement=agreement,
        text=text,
        filing=None,
        issuer=None,
        parties=tuple(ref("parties", each, "person" if each in people else "entity") for each in parties),
        signers=tuple(signers),
        chains=tuple(chains),
        acting=tuple(links),
        findings=(),
    )
