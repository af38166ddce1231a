"""The lines above a signature: one party or several, names wrapped or stacked, descriptions cut off."""

import re
from collections.abc import Sequence

import msgspec

from sitegen.model.name import split_form
from sitegen.parse import lexicon, names, offices, persons, signatures
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
_LIST = re.compile(
    r"(?:\s*;\s*(?:and\s+)?|,\s+and\s+|,\s+)(?:the\s+(?=[A-Z]))?|\s+(?:and|AND)\s+(?:the\s+)?(?=[A-Z])|\s+&\s+(?=[A-Z])"
)
_OF_TRUST = re.compile(
    r"(\b(?:trust|plan|estate)\b)(?:\s+(?:no\.?\s*)?(?:[IVX]+|\d+)"
    r"|,?\s+\(?(?:dated?|dtd|u/|under|f/b/o|fbo|for\s+the\s+benefit|of|as\s+amended)\b[^;]*)$",
    re.IGNORECASE,
)
_NEXT = re.compile(r",|\s+(?:and|&)\s+", re.IGNORECASE)
_AS_AMENDED = re.compile(r"as\s(?:amended|modified|restated|supplemented)\b", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d\b")
_AND_COMPANY = re.compile(r"(?:co|cie|compagnie|company|sons|brothers|bros)\b", re.IGNORECASE)
"""What goes on with one name behind `&`: `GmbH & Co. KG`."""
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
_TERMINAL = lexicon.words(
    "fund funds trust company partners partnership group corporation foundation bank holdings associates management "
    "capital advisors advisers investors investments"
)
"""Words that a name may well end with, and so a line."""
_GENERIC = _TERMINAL | lexicon.words(
    "offshore onshore master feeder international global domestic institutional intermediate parent portfolio series "
    "opportunity opportunities strategies strategy investment limited partner general company qp blocker aggregator "
    "sub revocable irrevocable living family charitable grantor marital remainder annuity insurance children "
    "grandchildren survivor survivors bypass residuary exempt number no"
)
_WORD = re.compile(r"\w+")
_WORD_GAP = re.compile(r"(?<=[\w.])\s(?=[A-Z])")
_NOT_A_NAME = re.compile(
    r"^[\W\d_]*$|[:?!]$|^(?:each|all|both)\s+of\b|\b(?:listed|named)\s+(?:on|in|above|below)\b"
    r"|^agreement\s(?:dated|of|under)\b|^as\s(?:amended|modified|restated)\b"
    r"|\b(?:page \d|exhibit|cusip|the undersigned|as of|hereby|signature)\b",
    re.IGNORECASE,
)
_TRUST_ENDING = re.compile(r"(?:[A-Za-z'’]+\s){0,4}(?:trust|foundation|estate)\b", re.IGNORECASE)
_NUMBERED = re.compile(r"(?:[IVX]+|\d+)\b|\(")
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
_TRUSTEE = re.compile(r",?\s+(?:as\s+)?(?:co-?)?trustees?$", re.IGNORECASE)
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
_LONGEST_LINE = 1000
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
    while 0 < len(words.text) <= _LONGEST_LINE and words is not before:
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


def is_formed(text: str) -> bool:
    """Say whether a name ends in a legal form, or is a trust's that goes on: `the A Trust dated June 6, 1985`."""
    text = text[-_LONGEST_LINE:]
    text = _TRUSTEE.sub("", _OF_TRUST.sub(r"\1", text))
    return bool(text) and (bool(split_form(text)[1]) or names.ends_in_form(text))


def _worth(lines: Sequence[Words], pieces: Sequence[Piece], register: Register) -> float:
    """Weigh the reading of some lines as one party's name."""
    if sum(len(line.text) for line in lines) > _LONGEST_LINE:  # perhaps a list, one line of which goes on with no other
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
    if _JOINS_NEXT.search(above) or _JOINS_BEFORE.match(below) or _only_generic(below) or _begins_with_form(below):
        return 3.0
    hangs = 0 < lower.indent - upper.indent <= _HANGING
    ended = bool(split_form(above)[1])
    if ended and not (hangs and _NUMBERED.match(below)):
        return -4.0
    if hangs or _NUMBERED.match(below):
        return 3.0
    if (
        is_formed(above)
        or signatures.is_human(above)
        or "".join(above.rsplit(maxsplit=1)[-1:]).strip(".,").casefold() in _TERMINAL
    ):
        return -2.0
    return 1.5 if formed else 0.0


def _bare_form(text: str) -> bool:
    return len(text.split()) <= 3 and not split_form("X " + text)[0].removeprefix("X").strip(" ,()")  # noqa: PLR2004


def _only_generic(text: str) -> bool:
    """Say whether a line holds no word that could tell one party from another: `Offshore, LP`, `L.P.`, `FUND II`."""
    stem = split_form(f"X {text}")[0].removeprefix("X")
    return all(word.casefold() in _GENERIC or _NUMBERED.match(word) for word in _WORD.findall(stem))


def ends_trust(text: str) -> bool:
    """Say whether a line is the end of a trust's name that begins with its settlor's: `Revocable Trust`."""
    return _TRUST_ENDING.match(text) is not None and _only_generic(text)


def _begins_with_form(text: str) -> bool:
    """Say whether a line begins with the end of a name: `CORPORATION`, `LIMITED, TRUSTEE`."""
    first = "".join(text.split(maxsplit=1)[:1]).rstrip(",")
    return first.casefold() not in _TERMINAL and bool(split_form(f"X {first}")[1])


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


def _divides(head: str, rest: str, register: Register, *, people: bool) -> bool:
    """Say whether a list may be cut between two of its words: behind a name, not before `Inc.` or `Jr.`."""
    following = _NEXT.split(rest, maxsplit=1)[0]
    if " " in following and _begins_with_form(rest) and not rest.split(maxsplit=1)[0].endswith(","):
        return False  # `A PARTNERS, L.P. B PARTNERS, L.P.`: the comma is in the first name
    if _AND_COMPANY.match(rest) or _YEAR.match(rest) or _AS_AMENDED.match(rest) or _is_part_of_trust(following):
        return False
    if not head or not rest or _bare_form(following) or _begins_with_form(following):
        return False
    if persons.drop_person_suffix(f"X Y, {following}") == "X Y":
        return False
    return register.find(head) is not None or is_formed(head) or (people and signatures.is_human(head))


def _is_part_of_trust(text: str) -> bool:
    """Say whether words name a trust by its kind alone: `the Specimen Trust of 1995, Marital Trust` is one name."""
    return text.casefold().endswith(" trust") and _only_generic(text.replace("’s", "").replace("'s", ""))


def split_list(words: Words, register: Register) -> list[Words]:
    """Cut a list of names (`A, L.P., B, L.P. and C, LLC`) into its names; one name stays one."""
    text = words.text
    if register.find(text) is not None:
        return [words]
    items = [part for part in _LIST.split(text) if part.strip()]
    people = all(signatures.is_human(part) or (is_formed(part) and items[2:]) for part in items)
    parts: list[Words] = []
    start = 0
    for found in _LIST.finditer(text):
        if found.start() - start > _LONGEST_LINE:
            continue
        head, rest = text[start : found.start()].strip(), text[found.end() : found.end() + _LONGEST_LINE]
        if _divides(head, rest, register, people=people):
            parts.append(words.cut(start, found.start()))
            start = found.end()
    if not parts:
        return run_together(words)
    last = words.cut(start)
    fits = register.find(last.text) is not None or is_formed(last.text) or signatures.is_human(last.text)
    return [*parts, last] if fits else [words]


def run_together(words: Words) -> list[Words]:
    """Cut names that lost the line ends between them: `A, L.P. B MASTER, LLC`."""
    parts: list[Words] = []
    start = 0
    for found in _WORD_GAP.finditer(words.text, 0, _LONGEST_LINE):
        head, rest = words.text[start : found.start()], words.text[found.end() :]
        if (
            split_form(head)[1]
            and split_form(rest)[1]
            and not _only_generic(rest)
            and " " in split_form(head)[0].strip()
        ):
            parts.append(words.cut(start, found.start()))
            start = found.end()
    return [*parts, words.cut(start)]


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


__all__ = ["Party", "ends_trust", "is_formed", "listed", "parties", "run_together", "split_list", "trim", "unmarked"]
