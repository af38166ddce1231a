"""How one exhibit was read, with line numbers: the parser's debugger, made to be read."""

import textwrap
from collections.abc import Iterator

from sitegen.catalogue.records import Dossier
from sitegen.model.agreement import SignatureBlock
from sitegen.model.text import Fact, Lines, Span

_MARGIN = 12
"""Columns kept for the line numbers at the right."""


class Tree:
    """Draws dossiers as text, a line number at the right of every fact."""

    def __init__(self, width: int, *, styled: bool) -> None:
        self.width = width
        self._styled = styled

    def draw(self, dossier: Dossier) -> Iterator[str]:
        """Yield a dossier's lines."""
        lines = Lines(dossier.text)
        source = dossier.source
        inside = f", document {source.document}" if source.document else ""
        yield self._bold(f"{source.path}{inside}")
        yield f"{source.format}, {source.encoding}, {source.lines} lines, text SHA-256 {source.text_sha256[:16]}…"
        yield ""
        yield from self._facts(dossier, lines)
        yield from self._parties(dossier, lines)
        yield from self._blocks(dossier, lines)
        yield from self._acting(dossier, lines)
        yield from self._terms(dossier, lines)
        yield from self._findings(dossier, lines)
        yield from self._unread(dossier, lines)

    def _bold(self, text: str) -> str:
        return f"\033[1m{text}\033[0m" if self._styled else text

    def _dim(self, text: str) -> str:
        return f"\033[2m{text}\033[0m" if self._styled else text

    def _row(self, text: str, place: str, *, hanging: int = 0) -> Iterator[str]:
        """Lay text out beside its place, wrapped to the width, later lines indented."""
        indent = text[: len(text) - len(text.lstrip())]
        room = self.width - _MARGIN
        wrapped = textwrap.wrap(
            text.strip(), room, initial_indent=indent, subsequent_indent=" " * hanging, break_on_hyphens=False
        ) or [""]
        yield self._placed(wrapped[0], place)
        yield from wrapped[1:]

    def _placed(self, line: str, place: str) -> str:
        if not place:
            return line
        return f"{line:<{self.width - _MARGIN}}{self._dim(f'{place:>{_MARGIN}}')}"

    def _facts(self, dossier: Dossier, lines: Lines) -> Iterator[str]:
        agreement = dossier.agreement
        title = agreement.title
        yield from self._row(title.value if title else "(no title)", _lines(lines, title.span) if title else "")
        issuer = agreement.issuer
        filing = dossier.filing
        facts: list[tuple[str, Fact | None]] = [
            ("exhibit", agreement.exhibit),
            ("date", agreement.date),
            ("issuer", issuer.name if issuer else None),
            ("issuer CIK", issuer.cik if issuer else None),
            ("securities", agreement.securities),
            ("CUSIP", agreement.cusip),
            ("schedule", agreement.schedule),
            ("amendment", agreement.amendment),
            *(("rule", rule) for rule in agreement.rules),
            ("accession", filing.accession if filing else None),
            ("form", filing.form if filing else None),
            ("filed", filing.filed if filing else None),
        ]
        for name, fact in facts:
            if fact:
                basis = "" if fact.basis == "agreement" else f" ({fact.basis})"
                yield from self._row(f"  {name:<11}{fact.value}{basis}", _lines(lines, fact.span), hanging=13)
        missing = [name for name, fact in facts[:8] if not fact and name in {"date", "issuer", "schedule"}]
        if missing:
            yield f"  {'not found':<11}{', '.join(missing)}"

    def _parties(self, dossier: Dossier, lines: Lines) -> Iterator[str]:
        agreement = dossier.agreement
        yield from self._head(f"Parties ({len(agreement.parties)})")
        for number, party in enumerate(agreement.parties, 1):
            aliases = "".join(f" “{alias.value}”" for alias in party.aliases)
            kind = "  person" if party.kind == "person" else ""
            cik = f"  CIK {party.cik.value}" if party.cik else ""
            yield from self._row(
                f"  {number:>3}  {party.name.value}{aliases}{kind}{cik}", _lines(lines, party.name.span), hanging=7
            )

    def _blocks(self, dossier: Dossier, lines: Lines) -> Iterator[str]:
        agreement = dossier.agreement
        yield from self._head(f"Signature blocks ({len(agreement.blocks)})")
        for number, block in enumerate(agreement.blocks, 1):
            party = "" if block.party is None else f"  → party {block.party + 1}"
            yield from self._row(
                f"  {number:>3}  {block.printed.value}{party or '  → no party'}",
                _lines(lines, block.printed.span),
                hanging=7,
            )
            indent = "       "
            for link in block.chain:
                capacity = f", its {link.capacity.value}" if link.capacity else ""
                yield from self._row(
                    f"{indent}└ By: {link.name.value}{capacity}", _lines(lines, link.name.span), hanging=len(indent) + 2
                )
                indent += "  "
            yield from self._row(f"{indent}└ {_hand(block)}", _lines(lines, block.span), hanging=len(indent) + 2)

    def _acting(self, dossier: Dossier, lines: Lines) -> Iterator[str]:
        if not dossier.acting:
            return
        yield from self._head(f"Who signs through whom ({len(dossier.acting)})")
        for link in dossier.acting:
            role = f", “{link.role}”" if link.role else ""
            yield from self._row(
                f"  {link.party}  →  {link.through}{role}  [{link.basis}]", _lines(lines, link.span), hanging=4
            )

    def _terms(self, dossier: Dossier, lines: Lines) -> Iterator[str]:
        agreement = dossier.agreement
        collective = [term for term in agreement.terms if term.party is None]
        if agreement.clauses:
            yield from self._head(f"Clauses ({len(agreement.clauses)})")
            for clause in agreement.clauses:
                text = f"{clause.number + '. ' if clause.number else ''}{clause.kind or 'other'}"
                yield from self._row(f"  {text}", _lines(lines, clause.text.span))
        if collective:
            yield from self._head(f"Other defined terms ({len(collective)})")
            for term in collective:
                yield from self._row(f"  “{term.term.value}”", _lines(lines, term.term.span))

    def _findings(self, dossier: Dossier, lines: Lines) -> Iterator[str]:
        yield from self._head(f"Findings ({len(dossier.findings)})")
        for found in dossier.findings:
            place = _lines(lines, found.span) if found.span else ""
            yield from self._row(f"  {found.severity:<8}{found.code}  {found.message}", place, hanging=17)

    def _unread(self, dossier: Dossier, lines: Lines) -> Iterator[str]:
        first, last = lines.range(dossier.agreement.span)
        total = sum(1 for number in range(first, last + 1) if lines.get(number).strip())
        unread = [
            number for start, end in dossier.unread for number in range(start, end + 1) if lines.get(number).strip()
        ]
        share = 100 * (total - len(unread)) / total if total else 100
        yield from self._head(f"Read: {share:.1f} % of the agreement's {total} lines with words")
        for number in unread:
            yield from self._row(f"  {lines.get(number).strip()}", f"L{number}", hanging=4)

    def _head(self, text: str) -> Iterator[str]:
        yield ""
        yield self._bold(text)


def _hand(block: SignatureBlock) -> str:
    """Return who signed, as what."""
    if block.signer is None:
        return "not signed" if block.mark is None else block.mark.value
    mark = "/s/ " if block.mark else ""
    office = f", {block.title.value}" if block.title else ""
    attorney = ", attorney-in-fact" if block.attorney else ""
    signed = f", {block.signed.value}" if block.signed else ""
    return f"{mark}{block.signer.value}{office}{attorney}{signed}"


def _lines(lines: Lines, span: Span) -> str:
    first, last = lines.range(span)
    return f"L{first}" if first == last else f"L{first}–{last}"
