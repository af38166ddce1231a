"""Drafts of signature blocks: what was printed for one signature, before a style interprets it."""

import re
from typing import NamedTuple

import msgspec

from sitegen.model.name import split_form
from sitegen.model.recall import recall
from sitegen.parse import offices, signatures
from sitegen.parse.names import is_form
from sitegen.parse.piece import Piece
from sitegen.parse.signatures import ATTORNEY, Words

_OPEN = re.compile(
    r"(?:[,&-]|\b(?:and|of|the|as|for|its|by|each|to|(?-i:an?)|general|investment|managing|sole|on|behalf|in|under|dated|authorized))$",
    re.IGNORECASE,
)
_CONTINUES = re.compile(r"[a-z&,\d]|\((?=[a-z])")
_AS = re.compile(r"(?:as|its|in (?:his|her) capacity as)\s+(?:(?:the|an?)\s+)?", re.IGNORECASE)
_ALONE = re.compile(
    r"(?:individually|personally|(?:as )?an individual|in (?:his|her) individual capacity|for (?:him|her|it)self"
    r"|on (?:his|her) own behalf)\b",
    re.IGNORECASE,
)
_REMARK = re.compile(r"(?:on behalf of|as|its|for)\b", re.IGNORECASE)
_OF_TRUST = re.compile(
    r"\s*(?:u/?\s?d/?\s?t|u/?\s?t/?\s?[ad]|u/?\s?a(?:/?\s?d)?|u/?\s?w(?:/?\s?o)?|under|f/?b/?o|for\sthe\sbenefit\sof)\b",
    re.IGNORECASE,
)
"""What a trustee's office goes on with: the instrument, the one it is for."""
_BY = re.compile(r"by\b\s*:?\s*", re.IGNORECASE)
_LIST_BELOW = re.compile(
    r"in[\s-]*fact\s*,?\s*(?:for|on behalf of)\s*(?:(?:each|all) of\s*)?"
    r"(?:the (?:following|undersigned)(?:\s[a-z]+){0,2})?\s*:?$",
    re.IGNORECASE,
)
_BORN = re.compile(r"(?:n[eé]e|born|formerly|also known as|[fa]/?k/?a)\b", re.IGNORECASE)
"""What opens a human's other name: no office."""
_ATTORNEY_ALONE = re.compile(
    r"(?i:(?:as\s)?attorney[\s-]*in[\s-]*fact)\s+(?!(?i:for|on|of|under|by|pursuant)\b)(?=[A-Z])"
)
"""An attorney's words, and behind them in text without line ends the next party."""
_BEHIND_A_COMMA = ",-–"
_FEW = 2


class Heard(NamedTuple):
    """What became of words under a mark."""

    understood: bool
    left: Words | None = None
    """Words that belong to the next header: the line has lost its end."""


class Step(msgspec.Struct):
    """One stair of the staircase: an entity, and what it is to the one before it."""

    words: Words
    capacity: Words | None = None

    @property
    def nameless(self) -> bool:
        """Say whether the By: line holds a capacity alone, the name to follow: `By its General Partner`."""
        return self.capacity is None and offices.capacity_alone(self.words.text) is not None


class Draft(msgspec.Struct):
    """One signature and what belongs to it, as printed."""

    heads: list[Piece] = []
    steps: list[Step] = []
    signed: bool = False
    mark: Words | None = None
    """`/s/ Ada Testperson`, mark and name."""
    marked: Words | None = None
    """The name in the mark."""
    name: Words | None = None
    """The printed name under the mark, or in its place."""
    titles: list[Words] = []
    role: Words | None = None
    """What a nameless By: line says the human is: `By its Manager`."""
    notes: list[Words] = []
    """Other words about the signer: `individually and as attorney-in-fact for …`."""
    attorney: Words | None = None
    represents: list[Piece] = []
    """Those below `Attorney-in-Fact for:`, one a line."""
    principal: Words | None = None
    """The person signed for, where the mark names both: `/s/ Ben Specimen by Ada Testperson, attorney-in-fact`."""
    principal_named: bool = False
    """The name printed under the mark is that of the person signed for: so is the office below it."""
    stars: str = ""
    """The footnote sign at the mark."""
    footnote: str = ""
    """The footnote sign that this draft explains."""
    date: Words | None = None
    lead_date: Words | None = None
    """A date printed above the header."""
    between: bool = False
    """That date stands on one line with the signature before it, and may be its own."""
    after: "Draft | None" = None
    """The draft before it, when no header stands between them."""
    further: bool = False
    """It was read as one more officer of the party above."""
    opener: "Draft | None" = None
    """The draft whose header it stands under, once that was looked for."""
    by: bool = False
    """The mark stands behind `By:`."""
    beside: "list[Draft]" = []
    """Marks and names of those who signed on the same line."""
    several: bool = False
    """One mark, or one place for it, has two people's names: it is no one's."""
    doubtful: bool = False
    """The mark stands without a header beside another's `By:` mark: his own, or a further one of that block."""
    untold: bool = False
    """Text without line ends leaves open where the words of one signature end and those of the next begin."""
    witness: bool = False
    """The mark is a witness's, who is no party."""
    start: int = -1
    end: int = -1

    @property
    def latest(self) -> Words | None:
        """The last words about the signer: an office, a capacity, an attorney's words."""
        held = [*self.titles[-1:], *self.notes[-1:], *([self.attorney] if self.attorney else [])]
        return max(held, key=lambda one: one.start, default=None)

    def take(self, start: int, end: int) -> None:
        """Widen the draft's stretch of text."""
        self.start = start if self.start < 0 else min(self.start, start)
        self.end = max(self.end, end)

    def says_marked(self, text: str) -> int:
        """Return where a text has repeated the name in the mark, at its beginning; else 0."""
        return signatures.leads(text, self.marked.text) if self.marked else 0

    def restates_mark(self, text: str) -> bool:
        """Say whether a line says again, and more fully, what the mark's own line said: name and office."""
        end = self.says_marked(text) if self.name is None and len(self.titles) == 1 else 0
        opening = _AS.match(text, end + len(text[end:]) - len(text[end:].lstrip(" ,"))) if end else None
        office = text[opening.end() :] if opening else text[end:].lstrip(" ,")
        if not end or not signatures.leads(office, self.titles[0].text):
            return False
        self.titles = []
        return True

    def titled(self, words: Words) -> None:
        """Take an office."""
        if ATTORNEY.search(words.text):
            self.attorney = words
        self.titles.append(words)
        self.take(words.start, words.end)

    def signed_for(self, before: "Draft | None") -> bool:
        """Say whether an attorney's mark signs for the officer whom the By: line above it only names."""
        if before is None or self.attorney is None or self.mark is None or self.heads or self.steps:
            return False
        if _ALONE.search(self.attorney.text):
            return False
        named = before.name is not None and before.by and before.mark is None and not before.stars
        return named and bool(before.heads or before.steps)

    @property
    def begins_list(self) -> bool:
        """Say whether those for whom an attorney signs are listed below his words, one a line."""
        if self.heads or self.steps or self.attorney is None:
            return False
        return _LIST_BELOW.search(self.attorney.text) is not None

    def represented(self, principal: Words | None, attorney: Words) -> None:
        """Take the attorney's name; the name and the office held so far are those of the person signed for."""
        self.principal, self.name, self.titles = principal, attorney, []

    def named(self, words: Words, *, flows: bool = False) -> Heard:
        """Take the human's name, and what the same line says of him: behind a comma, an office whatever its words."""
        both = signatures.two_humans(words.cut(0, signatures.name_end(words.text)))
        if both or self.several:
            own = [name for name in both or () if self.marked and signatures.same_human(name.text, self.marked.text)]
            self.several = self.several or len(own) != 1
            self.name = self.name or next(iter(own), None)
            self.take(words.start, words.end)
            return Heard(understood=True)
        twice = signatures.doubled(words.text)
        end = self.says_marked(words.text) or twice or signatures.name_end(words.text)
        if flows and end == len(words.text):
            end = inside(words.text) or end
        name, rest = words.cut(0, end), words.cut(end)
        if twice:
            rest = rest.cut(signatures.leads(rest.text, name.text))
        if self.name is None and name.text:
            self.name = name
            self.take(name.start, name.end)
        self._name_principal(name)
        if rest.text.startswith("/"):
            self._described(rest.cut(1))
        if not rest.text or rest.text.startswith("/"):
            return Heard(understood=True)
        heard = self.note(rest, flows=flows, fresh=False)
        self._name_principal(name)
        if _BORN.match(rest.text):
            self.notes.append(rest)
            self.take(rest.start, rest.end)
            return Heard(understood=True)
        behind = words.text[end:].lstrip()[:1] in _BEHIND_A_COMMA
        if heard.understood or flows or not behind:
            return heard if heard.understood else Heard(understood=True, left=rest)
        self.titled(rest)
        return Heard(understood=True)

    def _name_principal(self, name: Words) -> None:
        if self.principal and signatures.letters(name.text) == signatures.letters(self.principal.text):
            self.principal_named = True

    def names_principal(self, text: str) -> bool:
        """Say whether words begin with the name of the person whom the attorney's words say he signs for."""
        human = signatures.letters(text[: signatures.name_end(text)])
        return bool(human) and self.attorney is not None and human in signatures.letters(self.attorney.text)

    def _described(self, words: Words) -> None:
        """Take what stands behind a name and a stroke: an office, the company it is of, or both."""
        end = offices.office_end(words.text)
        if end:
            self.titled(words.cut(0, end))
        if words.text[end:].strip():
            self.notes.append(words.cut(end))
        self.take(words.start, words.end)

    def note(self, words: Words, *, flows: bool = False, fresh: bool = True) -> Heard:
        """Take an office, a capacity, an attorney's words; not understood when the words are none of these.

        `flows`: more follows on the printed line; `fresh`: the words begin one.
        """
        text = words.text
        said = _ATTORNEY_ALONE.match(text) if flows else None
        said = said if said and (text[said.end() :][:2].isupper() or split_form(text[said.end() :])[1]) else None
        if self._attorney(words.cut(0, said.end()) if said else words):
            return Heard(understood=True, left=words.cut(said.end()) if said else None)
        alone = _ALONE.match(text)
        if alone and flows and text[alone.end() :].strip()[:1].isupper():
            return Heard(understood=True, left=words.cut(alone.end()))
        opening = None if alone else _AS.match(text)
        begins = opening.end() if opening else 0
        plain = text[begins:]
        end = offices.office_end(plain)
        broken = signatures.case_break(plain[end:]) if flows and end else 0
        if end and offices.is_office(plain) and not broken:
            self.titled(words.cut(begins))
            return Heard(understood=True)
        end += broken if plain[end:].startswith(",") else 0  # `Vice President, Corporate Division A FUND, L.P.`
        if end and _OF_TRUST.match(plain, end):
            self.titled(words.cut(begins, begins + end))
            return self.note(words.cut(begins + end))
        if end and plain[end:].strip() and (not fresh or flows or begins):
            self.titled(words.cut(begins, begins + end))
            return Heard(understood=True, left=words.cut(begins + end))
        understood = bool(alone or _REMARK.match(text) or (self.titles and _OF_TRUST.match(text)))
        if understood:
            self.notes.append(words)
            self.take(words.start, words.end)
        return Heard(understood=understood)

    def _attorney(self, words: Words) -> bool:
        """Take the words of an attorney-in-fact, or `by Ben Specimen,` behind another human's name in the mark.

        He signed, whatever the next line says.
        """
        human = self._other_human(words)
        if ATTORNEY.search(words.text):
            self.attorney = words
        elif human is None or not words.cut(0).text.endswith(human.text):
            return False
        if human:
            self.represented(self.name or self.marked, human)
        self.notes.append(words)
        self.take(words.start, words.end)
        return True

    def _other_human(self, words: Words) -> Words | None:
        """Return the human whom `by …` names behind the name in the mark."""
        by = _BY.match(words.text)
        if not by or not self.marked or self.principal:
            return None
        rest = words.cut(by.end())
        human = rest.cut(0, signatures.name_end(rest.text))
        return human if signatures.is_human(human.text) else None

    def extend(self, words: Words, above: str) -> Heard:
        """Join a line to the latest words about the signer, which end the line `above`, and read them anew."""
        latest = self.latest
        if latest is None:
            return self.note(words)
        listed = above.endswith(",") and not latest.text.endswith(",") and len(above) > 1
        longer = latest.join(words, "," if listed else "")
        self.titles = [one for one in self.titles if one is not latest]
        self.notes = [one for one in self.notes if one is not latest]
        heard = self.note(longer)
        if not heard.understood:
            self.titled(longer)
        return heard


def is_open(text: str) -> bool:
    """Say whether words are cut short: `Executive Vice President and`, `Enable Management,`."""
    return _OPEN.search(text) is not None


def of_trust(text: str) -> bool:
    """Say whether words go on with a trust, or a trustee's office: `U/D/T dated …`, `f/b/o …`, `under agreement …`."""
    return _OF_TRUST.match(text) is not None


def continues(text: str) -> bool:
    """Say whether words go on with a line before them: `its general partner`, `& Secretary`."""
    return _CONTINUES.match(text) is not None


@recall
def inside(text: str) -> int:
    """Return where an office or the next party begins inside words that lost their line ends; else 0."""
    words = list(re.finditer(r"\S+", text))
    broken = signatures.case_break(text)
    broken = broken if broken and len(text[:broken].split()) >= _FEW else 0
    for word in words[_FEW:]:
        if broken and word.start() >= broken:
            break
        end = offices.office_end(text[word.start() : word.start() + offices.LONGEST])
        if end and not is_form("".join(text[word.start() + end :].strip(" ,").split(maxsplit=1)[:1])):
            return word.start()
    return broken


__all__ = ["Draft", "Heard", "Step", "continues", "inside", "is_open", "of_trust"]
