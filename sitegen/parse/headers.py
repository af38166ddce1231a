"""The lines above a signature: one party or several, names wrapped or stacked, descriptions cut off."""

import re
from collections.abc import Sequence

import msgspec

from sitegen.model.name import split_form
from sitegen.parse import offices, signatures
from sitegen.parse.entities import LONGEST_LINE, NUMBERED, TERMINAL, begins_with_form, is_formed, is_generic
from sitegen.parse.name_lists import split_list
from sitegen.parse.piece import Piece
from sitegen.parse.resolve import Register
from sitegen.parse.signatures import Words, joined

_PLACE = r"(?:[A-Z][\w.]*\s+){0,4}"
_KIND = (
    r"(?:(?:[\w-]+\s+){0,4}(?:limited\s+(?:liability\s+)?(?:partnership|company)|corporation|company|partnership|trust|llc|"
    r"l\.l\.c\.|lp|l\.p\.|inc\.?|fund|bank|association|foundation|entity|plan|organization|s\.?[àa]\.?\s?r\.?l\.?|limited|"
    r"plc|gmbh|individual|person)\b)"
)
_DESCRIPTION = re.compile(
    rf"(?:^|[,;]?\s+\(?)(?:a|an)\s+{_PLACE}{_KIND}.*$"
    r"|,\s+an?\s+(?:umbrella|series|portfolio|sub-?fund|division|separate account)\s.*$",
    re.IGNORECASE,
)
_SELF = re.compile(
    r"[,;]?\s+\(?(?:individually|an individual|in (?:his|her|its|their) individual capacity|"
    r"on (?:his|her|its) own behalf|for (?:him|her|it)self(?: only)?"
    r"|acting by (?:(?:two|one|a|any|its)\s+)?(?:of its\s+)?(?:authori[sz]ed\s+)?"
    r"(?:directors?|signator(?:y|ies)))\)?\W*$",
    re.IGNORECASE,
)
_DEFINED = re.compile(r"\s*\((?:the |each,? an? |collectively,? )?[\"“'][^\"”)]{1,60}[\"”']\)?\W*$")
_JOINS_NEXT = re.compile(
    r"(?:,|&|-|/|\b(?:and|of|the|for|f/b/o|fbo|u/a|dated|as|de|y|under|under trust|trustee)|"
    r"\b(?:f/?b/?o|for the benefit of)\b.{1,30})$",
    re.IGNORECASE,
)
_LEADS_ON = re.compile(r"\s(?:of|for)(?:\s+the)?$", re.IGNORECASE)
_JOINS_BEFORE = re.compile(
    r"(?:\(|(?-i:[a-z&])|(?:u/?a|u/?t|u/?t/?[ad]|u/?d/?t|u/?w|f/b/o|fbo|dated|dtd|for the benefit|of|and)\b|&)",
    re.IGNORECASE,
)
_SMALL = re.compile(r"\((?!the )|[a-z&]")
_NOT_A_NAME = re.compile(
    r"^[\W\d_]*$|[:?!]$|^(?:each|all|both)\s+of\b|\b(?:listed|named)\s+(?:on|in|above|below)\b"
    r"|^agreement\s(?:dated|of|under)\b|^as\s(?:amended|modified|restated)\b"
    r"|\b(?:page \d|exhibit|cusip|the undersigned|as of|hereby|signature)\b",
    re.IGNORECASE,
)
_HANGING = 8
"""A line this much deeper than the one above it, at most, goes on with it."""
_ACTING = re.compile(
    r"(?:^|[,;]?\s+)\(?(?:acting\s+(?:herein\s+|solely\s+)?)?(?:by|through|by\sand\sthrough)\s+(?=[A-Z]|its\s)"
    r"|(?:^|[,;]?\s+)\(?(?:each\s+)?(?:duly\s+)?represented(?:\s+herein)?\s+by:?\s+(?=[A-Z]|its\s)"
    r"|(?:^|\s)(?:By|BY)\s+(?=its\s|Its\s|ITS\s)"
)
_SERIES = re.compile(
    r"[,;]?\s+\(?(?:acting\s+)?(?:for\s+and\s+)?(?:on\s+behalf|for\s+the\s+account|in\s+respect|with\s+respect\s+to)\s+(?:of\s+)?"
    r"(?:(?:its|the)\s+)?(?:(?:series|sub-?funds?|portfolios?)[,:]?\s+)?",
    re.IGNORECASE,
)
_AS_TRUSTEE = re.compile(r",\s+as\s+(?:sole\s+|co-|successor\s+)?trustee$", re.IGNORECASE)
_AS_OF = re.compile(
    r"(?P<agent>.+?),?\s+(?:not\s+individually,?\s+but\s+)?(?:solely\s+)?(?:as|in\s+its\s+capacity\s+as)\s+(?:the\s+|an?\s+)?"
    rf"(?P<role>{offices.ROLE})\s+(?:of|for|to|on\s+behalf\s+of)\s+(?:the\s+(?=[a-z]))?(?P<party>.+)$",
    re.IGNORECASE,
)
_TRUST_BY = re.compile(
    r"(?P<party>.*\btrust\b[^,]*),\s+(?P<agent>[^,]+(?:,\s[^,]{1,8})?),?\s+(?:as\s+)?(?P<role>(?:sole\s+|co-)?trustee)$",
    re.IGNORECASE,
)
_ITS_TRUSTEE = re.compile(
    r"(?P<agent>[^,]+(?:,\s[^,]{1,8})?),?\s+(?:as\s+)?(?P<role>(?:sole\s+|co-|successor\s+)?trustee)$", re.IGNORECASE
)
"""A line below a trust's name: `X Trust Company, Co-Trustee`."""
_TRUST = re.compile(r"\btrust\b", re.IGNORECASE)
_ACTS = re.compile(r"\b(?:partner|member|manager|advis[eo]r)\b|G\.? ?P\.?$", re.IGNORECASE)
"""What an entity is that acts for a fund."""
_NOTE_NUMBER = re.compile(r"\s?(?:\(\d{1,2}\)\*?|\*{1,4})$")
_LONGEST_NAME = 300
_MOST_LINES = 4


class Party(msgspec.Struct, frozen=True):
    """A party as a header prints it, and the entity that the header itself says it acts through."""

    name: Words
    agent: Words | None = None
    """`X, its General Partner`, or X alone."""
    role: Words | None = None
    """What the agent is, where its words do not say it."""


def unmarked(piece: Piece) -> Piece:
    """Return a name without the number of its footnote: `SPECIMEN FUND, L.P. (1)`."""
    return msgspec.structs.replace(piece, text=_NOTE_NUMBER.sub("", piece.text))


class Agent(msgspec.Struct, frozen=True, gc=False):
    """An entity that a header names below the party without `By:`."""

    name: Words
    role: Words | None = None
    lines: int = 0
    """How many of the header's lines are its name."""


def agent_below(heads: Sequence[Piece], piece: Piece) -> Agent | None:
    """Read a line below a party's: `X, LLC, its general partner`, or `its general partner` below `X, LLC`."""
    words = Words(piece.text, piece.start)
    alone = offices.capacity_alone(piece.text)
    if alone and len(heads) > 1 and not piece.gap and not heads[-1].gap and is_formed(heads[-1].text):
        role = words.cut(*alone)
        return Agent(Words(heads[-1].text, heads[-1].start), role, 1) if _ACTS.search(role.text) else None
    if not heads or alone or piece.gap > 1 or not is_formed(heads[-1].text) or _ACTING.match(piece.text):
        return None
    stated = offices.stated_capacity(piece.text)
    if stated is None or stated.whose is not None or not is_formed(piece.text[stated.name_start : stated.name_end]):
        return None
    return Agent(words) if _ACTS.search(piece.text[stated.start : stated.end]) else None


def listed(pieces: Sequence[Piece], register: Register) -> list[Party]:
    """Return the parties of a list of one name a line or two; the number of a footnote ends a name."""
    found: list[Party] = []
    start = 0
    for stop, piece in enumerate(pieces, 1):
        if stop == len(pieces) or _NOTE_NUMBER.search(piece.text):
            lines = [unmarked(line) for line in pieces[start:stop]]
            whole = joined([Words(line.text, line.start) for line in lines])
            found += parties(lines, register) or [Party(whole)]
            start = stop
    return found


def trim(words: Words) -> Words:
    """Cut what a header says besides the name: `, a Delaware limited partnership`, `, individually`, `(the "Fund")`."""
    before = None
    while 0 < len(words.text) <= LONGEST_LINE and words is not before:
        before = words
        for pattern in (_DESCRIPTION, _SELF, _DEFINED):
            found = pattern.search(words.text)
            if found and found.start() > 0:
                words = words.cut(0, found.start())
                break
            if found:
                return words.cut(len(words.text))
        else:
            break
    return words


def _worth(lines: Sequence[Words], pieces: Sequence[Piece], register: Register) -> float:
    """Weigh the reading of some lines as one party's name."""
    if sum(len(line.text) for line in lines) > LONGEST_LINE:  # perhaps a list, one line of which goes on with no other
        return 0.5 - 3.0 * len(lines[1:])
    whole = trim(joined(lines))
    if not whole.text or _SMALL.match(whole.text):
        return 0.5
    worth = -2.0 if _LEADS_ON.search(whole.text) else 0.0
    if register.find(whole.text) is not None:
        worth += 4.0 + len(lines)
    elif signatures.is_human(whole.text) and len(lines) == 1:
        worth += 1.0
    elif is_formed(whole.text):
        worth += 2.0
    else:
        worth += 0.5
    for number in range(1, len(lines)):
        worth += _joint(
            lines[number - 1].text, lines[number].text, pieces[number - 1], pieces[number], formed=is_formed(whole.text)
        )
    return worth


def _joint(above: str, below: str, upper: Piece, lower: Piece, *, formed: bool) -> float:
    """Weigh the reading of a line as the rest of the name on the line above it."""
    if lower.gap:
        return -3.0
    if _JOINS_NEXT.search(above) or _JOINS_BEFORE.match(below) or is_generic(below) or begins_with_form(below):
        return 3.0
    hangs = 0 < lower.indent - upper.indent <= _HANGING
    ended = bool(split_form(above)[1])
    if ended and not (hangs and NUMBERED.match(below)):
        return -4.0
    if hangs or NUMBERED.match(below):
        return 3.0
    if (
        is_formed(above)
        or signatures.is_human(above)
        or "".join(above.rsplit(maxsplit=1)[-1:]).strip(".,").casefold() in TERMINAL
    ):
        return -2.0
    return 1.5 if formed else 0.0


def _segments(pieces: Sequence[Piece], register: Register) -> list[Words]:
    """Group header lines to names: the grouping of most worth, found from the first line to the last."""
    lines = [Words(piece.text, piece.start) for piece in pieces]
    best: list[tuple[float, int]] = [(0.0, 0)]
    for stop in range(1, len(lines) + 1):
        options = [
            (best[start][0] + _worth(lines[start:stop], pieces[start:stop], register), start)
            for start in range(max(0, stop - _MOST_LINES), stop)
        ]
        best.append(max(options, key=lambda option: (option[0], -option[1])))
    cuts, stop = [], len(lines)
    while stop:
        cuts.append((best[stop][1], stop))
        stop = best[stop][1]
    return [joined(lines[start:end]) for start, end in reversed(cuts)]


def _name_like(text: str) -> bool:
    first = text[:1]
    return (
        1 < len(text) <= _LONGEST_NAME
        and not _NOT_A_NAME.search(text)
        and (first.isupper() or first.isdigit() or not first.isascii())
    )


def _cut_acting(pieces: Sequence[Piece]) -> tuple[list[Piece], Words | None]:
    """Cut `, by X, its General Partner` off a header: the lines before it, and the entity's words."""
    for number, piece in enumerate(pieces):
        found = _ACTING.search(piece.text)
        if found and (number or found.start() > 1):
            rest = [Words(line.text, line.start) for line in pieces[number + 1 :] if not line.gap]
            kept = [msgspec.structs.replace(piece, text=piece.text[: found.start()])] if found.start() > 1 else []
            agent = joined([Words(piece.text, piece.start).cut(found.end()), *rest])
            return [*pieces[:number], *kept], agent if agent.text and not offices.capacity_alone(agent.text) else None
    return list(pieces), None


def _series(words: Words, register: Register) -> Words | None:
    """Read `a trust, on behalf of its series X`: whichever of the two is a party, else both as printed."""
    found = _SERIES.search(words.text)
    if not found or found.start() == 0:
        return None
    whole, part = words.cut(0, found.start()), words.cut(found.end())
    if register.find(words.text) is not None or not part.text:
        return words
    return next((name for name in (part, whole) if register.find(name.text) is not None), words)


def _represented(words: Words, register: Register) -> Party | None:
    """Read `X, LLC, as general partner of Y, L.P.` and `Y TRUST, X BANK, TRUSTEE`: the party is Y, through X."""
    if len(words.text) > _LONGEST_NAME or register.find(words.text) is not None:
        return None
    found = _AS_OF.match(words.text) or _TRUST_BY.match(words.text)
    if not found:
        return None
    name, agent = words.cut(*found.span("party")), words.cut(*found.span("agent"))
    named, acts = register.find(name.text) is not None, register.find(agent.text) is not None
    if acts and not named:
        return Party(agent)
    if signatures.is_human(agent.text):
        return Party(name) if named else None
    # A trust that is said to have a trustee needs no form: `CONTINUED TRUST FOR ADA SPECIMEN, X COMPANY, TRUSTEE`
    told = is_formed(agent.text) and (is_formed(name.text) or found.re is _TRUST_BY)
    if not (named or told):
        return None
    return Party(trim(name), agent, words.cut(*found.span("role")))


def _trustee_of(segment: Words, found: Sequence[Party], register: Register) -> Party | None:
    """Read a line that names the trustee, a company, of the trust on the line above it."""
    said = _ITS_TRUSTEE.match(segment.text) if len(segment.text) <= _LONGEST_NAME else None
    above = found[-1] if found else None
    if not said or above is None or above.agent or not _TRUST.search(above.name.text):
        return None
    if signatures.is_human(said["agent"]) or register.find(segment.text) is not None:
        return None
    return Party(above.name, segment.cut(*said.span("agent")), segment.cut(*said.span("role")))


def _without_office(name: Words, register: Register) -> Words:
    """Cut `, as Trustee` off a company's name: a human's office is read with his signature."""
    office = _AS_TRUSTEE.search(name.text)
    if not office or register.find(name.text) is not None or signatures.is_human(name.text[: office.start()]):
        return name
    return name.cut(0, office.start())


def _names(pieces: Sequence[Piece], register: Register) -> list[Party]:
    found: list[Party] = []
    for segment in map(trim, _segments(pieces, register)):
        if trust := _trustee_of(segment, found, register):
            found[-1] = trust
            continue
        one = _series(segment, register)
        represented = None if one else _represented(segment, register)
        if one or represented:
            found.append(represented or Party(one or segment))
        else:
            found += [Party(_without_office(trim(name), register)) for name in split_list(segment, register)]
    return [party for party in found if _name_like(party.name.text)]


def parties(pieces: Sequence[Piece], register: Register) -> list[Party]:
    """Return the parties that header lines name, in printed order, without descriptions."""
    lines, agent = _cut_acting(pieces)
    found = _names(lines, register)
    through = {party.name.text.casefold() for party in found if party.agent}
    found = [party for party in found if party.agent or party.name.text.casefold() not in through]
    if len(found) > 1:
        likely = [
            party
            for party in found
            if register.find(party.name.text) is not None
            or is_formed(party.name.text)
            or signatures.is_human(party.name.text)
        ]
        found = likely or found[-1:]
    return [msgspec.structs.replace(party, agent=agent) for party in found] if agent else found


__all__ = ["Party", "agent_below", "listed", "parties", "trim", "unmarked"]
