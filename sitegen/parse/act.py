"""The act: a sentence in which persons agree that one statement is filed for them all (17 CFR 240.13d-1(k)(1)(iii))."""

import re
from bisect import bisect_right
from collections.abc import Iterator

from sitegen.model.text import Span
from sitegen.parse import heading
from sitegen.parse.prose import Prose

_CLUES = tuple(
    re.compile(clue)
    for clue in (
        "joint",
        "behalf",
        "together",
        r"single\s{1,99}(?:stat|sche|fili|repo)",
        r"one\s{1,99}(?:stat|sche|fili|repo)",
        r"fil(?:ed|ing)\s{1,99}for\b",
    )
)
"""One of them stands in every act; each begins with letters that are found fast."""
_AGREEING = ("agree", "consent", "undertak", "covenant", "acknowledg", "join", "confirm", "evidenc", "understanding")
_FILED = ("fil", "statement", "schedule", "submi", "report")
_AS_FOLLOWS = (
    re.compile(r"agree[ds]?\b(?:[^.;:]{0,80}?\bas\sfollows\b|(?:\sthat)?[^.;:]{0,40}:)"),
    re.compile(
        r"this(?<=\bthis)\s(?:amended\s(?:and\srestated\s)?)?(?:joint\s(?:filing\s)?)?agreement\b[^.;:]{0,160}?\b(?:between|among)\b"
    ),
)
"""What opens an agreement: what stands below is agreed on, with no such word in each clause. Letters that are found
fast begin each."""
_FOLLOWS_REACH = 5_000
_WINDOW_LINES = 60
_WINDOW = 12_000
_LONGEST_BREAK = 600
_SENTENCE_END = re.compile(
    r"""(?=[.;:])(?:(?:(?<=[a-z0-9)\"'%]{2})|(?<=\s\d))[.;:]\s(?=[\"']?[A-Z0-9]|\(|/\s?[sS]\s?/)(?!(?<=(?:Inc|orp|Ltd)\.\s)\()
    |(?<=[A-Z])\.{1,2}\s(?=(?:The|Each|All|Both|This|These|They|We|It|Such|Any|Pursuant\sto|In|Accordingly,|Now,)\s[a-z]))""",
    re.VERBOSE,
)
"""A full stop; behind a capital (`A Specimen LLC. The parties agree`) only before a word that opens a sentence."""
_FIELD = re.compile(r"\s*(?:by|name|title|its|date|dated)\s?:", re.IGNORECASE)

_AGREES = re.compile(
    r"""\b(?:agrees?|consents?|undertakes?|covenants?|acknowledges?|joins?)\b
    | \bundersigned\shave\s(?:hereby\s)?agreed\b | \bit\sis\s(?:\w{1,12}\s){0,2}agreed\b
    | \b(?:agreement|understanding)(?:\sin\swriting)?(?:\sindicating)?\sthat\b
    | \b(?:confirm|evidence|memorialize|constitute|reflect|express|state|declare)(?:s|es)?\b
      [^.;]{0,80}\b(?:agreement|understanding)\b
    | \b(?:evidencing|confirming|expressing)\b[^.;]{0,80}\b(?:agreement|understanding)\b""",
    re.VERBOSE,
)
_AGREES_THERETO = re.compile(
    r"\b(?:so|hereby|each|all|both|undersigned)\s(?:agrees?|consents?)\b|\b(?:agrees?|consents?)\s(?:thereto|to\s(?:this|such|the))\b"
)
_FILING = r"\b(?:fil(?:e|ed|es|ing|ings)|statements?|schedules?|submi\w{1,8})\b"
_JOINT = re.compile(
    rf"""\bjoint(?:ly)?\b[^.;]{{0,160}}?{_FILING}
    | {_FILING}[^.;]{{0,160}}?\bjoint(?:ly)?\b
    | \bfil(?:e|ed|ing)\b[^;]{{0,160}}?\bon\s(?:(?:its|their|his|her|our|each|both|the)\b[^.;]{{0,40}}\s)?behalf\b
    | \bfil(?:e|ed|ing)\b[^;]{{0,160}}?\bfor\s(?:each|all|both)\b[^.;]{{0,20}}?
      \bof\s(?:us|them|the\s(?:under|above|fore|part|pers))
    | \bfil(?:e|ed|ing)\b[^.;]{{0,80}}\btogether\b(?!\swith\b)
    | \bon\sbehalf\sof\s(?:each|the\sundersigned|all|both|them|us|such|said)\b[^.;]{{0,160}}?\bfil(?:e|ed|ing)\b
    | \b(?:single|one|combined)\s(?:joint\s)?(?:statement|schedule|filing|report)\b""",
    re.VERBOSE,
)
_STATEMENT = re.compile(
    r"""\b13\s?\(?[dg]\)?\b | \bschedules?\b | \bamendments?\b | \bsection\s1[36]\b | \bjoint\sfilings?\b
    | \b(?:this|the|such|said|foregoing|attached|any|a|one|single)\s(?:\w{1,12}\s)?(?:statement|filing|report)s?\b""",
    re.VERBOSE,
)
_SIGNERS = re.compile(
    r"\b(?:undersigned|part(?:y|ies)|each|hereby|we|reporting|named|signator(?:y|ies)|signers?|both"
    r"|filers?|they|us|(?:share|stock|unit)?holders?|members|investors|persons|this\sagreement"
    r"|agree,?\s(?:pursuant\s[^;]{0,60},\s)?to\s(?:jointly\sfile|file\sjointly))\b"
)
_APPOINTS = re.compile(r"\battorneys?[-\s]in[-\s]fact\b | \bappoints?\b", re.VERBOSE)
_DENIES = re.compile(
    r"\b(?:not|never|neither|nor|no\slonger)\s(?:\w{1,12}\s){0,2}(?:agree|consent|file|filed|filing|join)\b"
)
_RESERVES = re.compile(r"\b(?:except(?:ing)?\s(?:that|as|for)|provided(?:,?\showever,?)?\sthat|other\sthan)\b")
_OTHER_ACT = re.compile(
    r"""\b(?:proxy|registration|financing)\sstatement
    | \bpress\srelease | \bhsr\b | \bantitrust
    | \bincorporated\s(?:herein\s)?by\sreference\b
    | \b(?:whereby|by\swhich|under\swhich|pursuant\sto\swhich)\b[^,;]{0,80}\bagree
    | \b(?:is|are)\s(?:hereby\s)?(?:terminated|rescinded|revoked)\b | \bhereby\sterminates?\b
    | \btax\sreturns?\b | \bentered\sinto\b | \ba\scopy\sof\swhich\b | \bpreviously\sfiled\b""",
    re.VERBOSE,
)


def is_act(sentence: str, *, agreed: bool = False) -> bool:
    """Say whether a sentence is the act. With `agreed`, the words "agree as follows" stand before it.

    What a clause of exception lets a person do is not agreed on; a power of attorney that follows the act is no bar.
    """
    low = sentence.lower()
    reserved = _RESERVES.search(low)
    low = low[: reserved.start()] if reserved and _AGREES.search(low, 0, reserved.start()) else low
    joint = _JOINT.search(low)
    if joint is None or _STATEMENT.search(low) is None or _SIGNERS.search(low) is None:
        return False
    agrees = _AGREES.search(low)
    if not (agreed or agrees) or _OTHER_ACT.search(low):
        return False
    if agrees and not agreed and joint.end() < agrees.start():
        joint = _JOINT.search(low, agrees.start()) or (joint if _AGREES_THERETO.search(low) else None)
        if joint is None:
            return False
    if _DENIES.search(low, 0, joint.end()):
        return False
    return _APPOINTS.search(low, 0, max(joint.end(), agrees.start() if agrees else 0)) is None


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Cut a folded text into sentences, roughly: an abbreviation before a capital may cut too early."""
    start = 0
    for found in _SENTENCE_END.finditer(text):
        yield start, found.start() + 1
        start = found.end()
    if start < len(text):
        yield start, len(text)


def acts(text: str, body: Span) -> Iterator[Span]:
    """Yield the sentences that are acts, in order, looking only into paragraphs that hold a clue."""
    low = text.lower()
    if len(low) != len(text):
        low = "".join(char.lower() if len(char.lower()) == 1 else char for char in text)
    follows = sorted(found.end() for one in _AS_FOLLOWS for found in one.finditer(low, body.start, body.end))
    for window in _windows(text, low, body):
        before = bisect_right(follows, window.end) - 1
        if not _may_agree(low, window, agreed=before >= 0 and window.start - follows[before] < _FOLLOWS_REACH):
            continue
        for part in _parts(text, window):
            prose = Prose(text, part)
            for start, end in sentences(prose.text):
                span = prose.span(start, end)
                before = bisect_right(follows, span.start) - 1
                agreed = before >= 0 and span.start - follows[before] < _FOLLOWS_REACH
                if is_act(prose.text[start:end], agreed=agreed):
                    yield span


def _may_agree(low: str, window: Span, *, agreed: bool) -> bool:
    """Say whether a paragraph holds the words without which no sentence is an act: far cheaper than to read it."""
    return any(low.find(word, window.start, window.end) >= 0 for word in _FILED) and (
        agreed or any(low.find(word, window.start, window.end) >= 0 for word in _AGREEING)
    )


def _windows(text: str, low: str, body: Span) -> Iterator[Span]:
    """Yield the paragraphs that hold a clue, each once."""
    done = body.start
    coming = {clue: clue.search(low, done, body.end) for clue in _CLUES}
    while True:
        for clue, found in coming.items():
            if found and found.start() < done:
                coming[clue] = clue.search(low, done, body.end)
        at = min((found.start() for found in coming.values() if found), default=None)
        if at is None:
            return
        window = _paragraph(text, at, Span(done, body.end))
        yield window
        done = max(window.end, at + 1)


def _paragraph(text: str, at: int, within: Span) -> Span:
    """Return the lines around `at` up to blank ones, bounded in number and length."""
    start = text.rfind("\n", within.start, at) + 1 or within.start
    for _ in range(_WINDOW_LINES):
        above = text.rfind("\n", within.start, max(within.start, start - 1)) + 1 or within.start
        if at - above > _WINDOW or not text[above:start].strip():
            break
        start = above
    end = at
    for _ in range(_WINDOW_LINES):
        below = text.find("\n", end, within.end) + 1 or within.end
        if below - at > _WINDOW or not text[end:below].strip():
            break
        end = below
    return Span(max(start, at - _WINDOW), end if end > at else min(within.end, at + _WINDOW))


def _parts(text: str, window: Span) -> Iterator[Span]:
    """Cut a paragraph behind each heading and signature line: where no blank line stands, a sentence begins there."""
    start = at = window.start
    heads = True
    while at < window.end:
        stop = text.find("\n", at, window.end) + 1 or window.end
        line = text[at:stop].rstrip("\n")
        if _breaks(line, heads=heads):
            yield Span(start, at)
            start = stop
        elif line.strip():
            heads = False
        at = stop
    yield Span(start, window.end)


def _breaks(line: str, *, heads: bool) -> bool:
    if len(line) > _LONGEST_BREAK or not line.strip():
        return False
    return (
        heading.is_label_line(line)
        or heading.title_line(line) is not None
        or (heads and heading.continuation_line(line) is not None)
        or heading.is_signature_heading(line)
        or (heading.has_mark(line) and not is_act(line))
        or _FIELD.match(line) is not None
    )
