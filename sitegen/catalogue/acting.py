"""Who acts through whom: only the steps printed in signature blocks, never what could be derived from them."""

from sitegen.catalogue.records import ActingLink
from sitegen.model.agreement import Agreement, ChainLink
from sitegen.model.roles import defined_role
from sitegen.model.text import Span

STATED, DEFINED_TERM, SIGNS_THROUGH = "stated", "defined-term", "signs-through"


def acting_links(agreement: Agreement) -> tuple[ActingLink, ...]:
    """Return every printed step once, with the role that the block states or a defined term gives it."""
    steps: dict[tuple[str, str], list[tuple[int, int | None, ChainLink]]] = {}
    for ordinal, block in enumerate(agreement.blocks):
        before, name = block.party, _name(agreement, block.party, block.printed.value)
        for link in block.chain:
            through = _name(agreement, link.party, link.name.value)
            steps.setdefault((name, through), []).append((ordinal, before, link))
            before, name = link.party, through
    return tuple(found for (name, through), seen in steps.items() for found in _links(agreement, name, through, seen))


def _name(agreement: Agreement, party: int | None, printed: str) -> str:
    return printed if party is None else agreement.parties[party].name.value


def _links(
    agreement: Agreement, name: str, through: str, seen: list[tuple[int, int | None, ChainLink]]
) -> list[ActingLink]:
    blocks = tuple(ordinal for ordinal, _, _ in seen)
    _, before, first = seen[0]
    term = _defined_role(agreement, before, first.party)
    stated: dict[str, Span] = {}
    for _, _, link in seen:
        if link.capacity is not None:
            words = link.capacity.span
            reach = Span(min(link.name.span.start, words.start), max(link.name.span.end, words.end))
            stated.setdefault(link.capacity.value, reach)
    if stated:
        return [
            ActingLink(name, through, role, STATED, span, _also(role, term), blocks) for role, span in stated.items()
        ]
    if term is not None:
        return [ActingLink(name, through, term[0], DEFINED_TERM, term[1], (), blocks)]
    return [ActingLink(name, through, None, SIGNS_THROUGH, first.name.span, (), blocks)]


def _also(role: str, term: tuple[str, Span] | None) -> tuple[tuple[str, Span], ...]:
    return ((DEFINED_TERM, term[1]),) if term is not None and term[0] == role else ()


def _defined_role(agreement: Agreement, party: int | None, through: int | None) -> tuple[str, Span] | None:
    """Find the role that a defined term names, with the words from the name to the term."""
    if party is None or through is None:
        return None
    agent = agreement.parties[through]
    found = defined_role(agreement.parties[party], agent)
    if found is None:
        return None
    role, alias = found
    start = min(agent.name.span.start, alias.span.start)
    return role, Span(start, max(agent.name.span.end, alias.span.end))
