"""The grammar of a signature page: pieces become drafts, one for each signature, before any is interpreted.

A draft is a header (one party or several), a staircase of By: lines, a mark, and what stands under it.
"""

import re
from collections.abc import Sequence

import msgspec

from sitegen.model.name import fold_key
from sitegen.parse import offices, signatures
from sitegen.parse.names import is_form
from sitegen.parse.pieces import Piece, Role
from sitegen.parse.signatures import ATTORNEY, Words

_OPEN = re.compile(
    r"(?:,|&|\b(?:and|of|the|as|for|its|by|each|to|a|an|general|investment|managing|on|behalf|in|attorney-|under|dated|authorized))$|-$",
    re.IGNORECASE,
)
_CONTINUES = re.compile(r"(?:[a-z&,]|\d|\((?=[a-z])|&\s)")
_DATED_TRUST = re.compile(r"\b(?:trust|u/?a|u/?t/?[ad]|u/?d/?t|f/?b/?o|agreement|will)\b", re.IGNORECASE)
_STARS = re.compile(r"\(?([*†]{1,4})\)?")
_TRAILING_NOTE = re.compile(r"\s*(?:\(?[*†]{1,4}\)?|\(\d\))$")
_SERIES = re.compile(r"^\W*(?:by|acting by|through|acting through)\s+its\s", re.IGNORECASE)
_AS = re.compile(r"(?:as|its|in (?:his|her) capacity as)\s+(?:(?:the|an?)\s+)?", re.IGNORECASE)
_INDIVIDUAL = re.compile(r"(?:individually|personally|as an individual|in (?:his|her) individual capacity)\b", re.IGNORECASE)
_BY = re.compile(r"by\b\s*:?\s*", re.IGNORECASE)
_MOST_HEADS = 60


class Step(msgspec.Struct):
    """One stair of the staircase: an entity, and what it is to the one before it."""

    words: Words
    capacity: Words | None = None


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
    principal: Words | None = None
    """The person signed for, where the mark names both: `/s/ Ben Specimen by Ada Testperson, attorney-in-fact`."""
    stars: str = ""
    """The footnote sign at the mark."""
    footnote: str = ""
    """The footnote sign this draft explains."""
    date: Words | None = None
    lead_date: Words | None = None
    """A date printed above the header."""
    after: "Draft | None" = None
    """The draft before it, when no header stands between them."""
    by: bool = False
    """The mark stands behind `By:`."""
    labelled: bool = False
    """A name or title label was seen."""
    start: int = -1
    end: int = -1

    def take(self, start: int, end: int) -> None:
        """Widen the draft's stretch of text."""
        self.start = start if self.start < 0 else min(self.start, start)
        self.end = max(self.end, end)


def _words(piece: Piece) -> Words:
    return Words.at(piece.text, piece.start)


def _unnamed(step: Step) -> bool:
    """Say whether a By: line holds a capacity alone: `By its General Partner`, the name to follow."""
    return step.capacity is None and offices.capacity_alone(step.words.text) is not None


def _names_one(step: str, company: str) -> bool:
    """Say whether a stair's words begin with the name of the company that signs."""
    stated = offices.stated_capacity(step), offices.stated_capacity(company)
    names = [text[: found.name_end] if found else text for found, text in zip(stated, (step, company), strict=True)]
    return bool(names[1]) and str(fold_key(names[0].rstrip(" ,"))) == str(fold_key(names[1].rstrip(" ,")))


class _Reader:
    def __init__(self, text: str, pieces: Sequence[Piece]) -> None:
        self.text = text
        self.pieces = list(pieces)
        self.drafts: list[Draft] = []
        self.draft = Draft()
        self.last: Piece | None = None
        """The piece that was read into the draft last."""
        self.waiting: list[Draft] = []
        """Headers with a staircase that no mark has ended yet."""

    def read(self) -> list[Draft]:
        for index, piece in enumerate(self.pieces):
            self.following = next((later for later in self.pieces[index + 1 : index + 4] if later.role != Role.BLANK), None)
            self._ROLES[piece.role](self, piece)
        self._close()
        self.drafts += self.waiting
        return self.drafts

    def _close(self) -> None:
        """End the draft; a mark also signs the staircases before it that end at the company it stands for."""
        draft = self.draft
        if draft.signed:
            company = draft.steps[-1].words.text if draft.steps else draft.heads[-1].text if draft.heads else ""
            for earlier in self.waiting:
                if _names_one(earlier.steps[-1].words.text, company):
                    shared = {name: getattr(earlier, name) for name in ("heads", "steps", "lead_date")}
                    earlier = msgspec.structs.replace(draft, **shared, start=earlier.start, after=None)  # noqa: PLW2901
                self.drafts.append(earlier)
            self.waiting = []
            self.drafts.append(draft)
        elif draft.heads and draft.steps:
            self.waiting.append(draft)
        self.draft = Draft()
        self.last = None

    def _taken(self, piece: Piece) -> None:
        self.draft.take(piece.begin, piece.end)
        self.last = piece

    def _signs_next(self) -> bool:
        return self.following is not None and self.following.role in {Role.BY, Role.MARK}

    # roles

    def _prose(self, piece: Piece) -> None:
        self._close()

    def _blank(self, piece: Piece) -> None:
        draft, following = self.draft, self.following
        if draft.signed:
            if not piece.by or draft.name is None:
                return
            if not (following and following.role in {Role.NAME, Role.TEXT}):
                return
            self._follow()
        elif not piece.by and not (
            "_" in piece.text
            and following
            and following.gap <= 1
            and (following.role == Role.NAME or (following.role == Role.TEXT and signatures.is_human(following.text)))
        ):
            return
        self.draft.signed = True
        self.draft.by = piece.by
        self._taken(piece)

    def _follow(self) -> None:
        """Begin a draft that no header opens: a further signer of the same party, or a person who signs for himself."""
        before = self.draft
        self._close()
        self.draft.after = before

    def _footnote(self, piece: Piece) -> str:
        found = _STARS.match(self.text, piece.begin)
        return found[1] if found else ""

    def _mark(self, piece: Piece) -> None:
        note = self._footnote(piece) if piece.by else ""
        stars = _STARS.fullmatch(piece.text)
        draft = self.draft
        waiting = draft.signed and draft.mark is None and draft.name is not None and not draft.stars
        if waiting and draft.name and not signatures.shares_word(draft.name.text, piece.text):
            waiting = False
        if draft.signed and not waiting:
            self._follow()
        draft = self.draft
        if draft.steps and _unnamed(draft.steps[-1]):
            draft.role = self._role(draft.steps.pop().words)
        draft.signed, draft.by = True, piece.by or draft.by
        if note:
            draft.footnote, draft.after = note, None
        self._taken(piece)
        if stars:
            draft.stars = stars[1]
            draft.mark = _words(piece)
            return
        begin = piece.begin if not piece.by else self.text.find("/", piece.begin, piece.start)
        begin = piece.start if begin < 0 else begin
        words = _words(piece)
        end = signatures.doubled(words.text) or signatures.name_end(words.text)
        office = self._office_inside(words.text[:end])
        rest = words.cut(office or end) if (office or end) < len(words.text) else None
        name = words.cut(0, office or end)
        marks = _TRAILING_NOTE.search(words.text[: end + 5]) if not office else None
        if marks:
            draft.stars = "".join(character for character in marks[0] if character in "*†")
            rest = words.cut(marks.end()) if marks.end() < len(words.text) else None
        if name.text:
            draft.marked = name
            draft.mark = Words.at(self.text[begin : name.end], begin)
        if rest and rest.text:
            self._tail(msgspec.structs.replace(piece, role=Role.TEXT, text=rest.text, start=rest.start, fresh=False, label=-1))

    def _role(self, words: Words) -> Words:
        return words.cut(*(offices.capacity_alone(words.text) or (0, None)))

    def _office_inside(self, text: str) -> int:
        """Return where an office or the next party begins inside the words of a mark that lost its line ends; else 0."""
        words = list(re.finditer(r"\S+", text))
        for word in words[2:]:
            if offices.office_end(text[word.start() :]):
                return word.start()
        broken = signatures.case_break(text)
        return broken if broken and len(text[:broken].split()) > 1 else 0

    def _by(self, piece: Piece) -> None:
        draft, words = self.draft, _words(piece)
        if not words.text:
            return
        if words.text[0] in "*†":
            self._star_before(piece)
            return
        note = self._footnote(piece)
        end = signatures.name_end(words.text)
        human = signatures.is_human(words.text[:end]) and not offices.capacity_alone(words.text)
        if note:
            self._close()
            self.draft.footnote, self.draft.signed = note, True
            self._taken(piece)
            self._named(words)
            return
        if draft.signed:
            same = draft.marked is not None and bool(signatures.leads(words.text, draft.marked.text))
            if draft.name is None and (same or human):
                self._taken(piece)
                self._named(words, flows=piece.flows)
                return
            if human and ATTORNEY.search(words.text) and draft.attorney is None:
                draft.principal, draft.name = draft.name, words.cut(0, end)
                draft.attorney = words
                self._taken(piece)
                return
            if human:
                self._follow()
                self.draft.signed = True
                self._taken(piece)
                self._named(words, flows=piece.flows)
                return
            if ATTORNEY.search(words.text):
                draft.attorney = words
                self._taken(piece)
                return
            if draft.name is not None or draft.titles or piece.gap > 1:
                self._follow()
        elif human:
            draft.signed = draft.by = True
            self._taken(piece)
            self._named(words, flows=piece.flows)
            return
        self.draft.steps.append(Step(words))
        self._taken(piece)

    def _star_before(self, piece: Piece) -> None:
        """Read `*Ada Testperson` where a mark should be: the sign of a footnote, and the name signed for."""
        words = _words(piece)
        stars = words.text[: len(words.text) - len(words.text.lstrip("*†"))]
        if self.draft.signed:
            self._follow()
        draft = self.draft
        draft.signed, draft.by, draft.stars, draft.mark = True, True, stars, words
        draft.marked = words.cut(len(stars), max(len(stars), signatures.name_end(words.text[len(stars) :]) + len(stars)))
        self._taken(piece)

    def _name(self, piece: Piece) -> None:
        words = _words(piece)
        if not words.text:
            return
        if self.draft.signed:
            self.draft.labelled = True
            self._taken(piece)
            self._named(words, flows=piece.flows)
        elif signatures.is_human(words.text[: signatures.name_end(words.text)]) and (self.draft.heads or self.draft.steps):
            self.draft.name = words
            self._taken(piece)
        else:
            self._head(piece)

    def _both(self, piece: Piece) -> None:
        self._name(piece)

    def _named(self, words: Words, *, flows: bool = False) -> None:
        """Take the human's name and what the same line says of him."""
        draft = self.draft
        end = signatures.leads(words.text, draft.marked.text) if draft.marked else 0
        end = end or signatures.name_end(words.text)
        if flows and end == len(words.text):
            end = self._office_inside(words.text) or end
        name = words.cut(0, end)
        if draft.name is None and name.text:
            draft.name = name
        rest = words.cut(end)
        if rest.text and flows:
            self._note(rest, flows=True)
        elif rest.text:
            self._named_office(rest)

    def _named_office(self, words: Words) -> None:
        """Take what a human's line says behind the comma: an office, whatever its words."""
        draft = self.draft
        if not self._note(words):
            self._titled(words)
        if self.draft is draft:
            draft.take(words.start, words.end)

    def _title(self, piece: Piece) -> None:
        words = _words(piece)
        self.draft.labelled = True
        if not words.text:
            return
        if not self.draft.signed and self.draft.steps:
            self.draft.steps[-1].capacity = self.draft.steps[-1].capacity or words
            self._taken(piece)
            return
        self._taken(piece)
        end = offices.office_end(words.text)
        splits = piece.flows or (self._signs_next() and not _OPEN.search(words.text))
        if splits and not end:
            end = signatures.case_break(words.text) if piece.flows else 0
        rest = words.text[end:].lstrip() if splits and end else ""
        if rest and rest[0] not in ",-–—/(&;" and (piece.flows or is_form(rest.split()[-1])) and not rest.startswith("of "):
            self._titled(words.cut(0, end))
            self._opened(words.cut(end), piece)
        else:
            self._titled(words)

    def _titled(self, words: Words) -> None:
        if ATTORNEY.search(words.text):
            self.draft.attorney = words
        self.draft.titles.append(words)
        self.draft.take(words.start, words.end)

    def _opened(self, words: Words, piece: Piece) -> None:
        """Begin the next draft with words that follow a signature on one line."""
        self._close()
        self._head(msgspec.structs.replace(piece, role=Role.TEXT, text=words.text, start=words.start, label=-1, fresh=False))

    def _its(self, piece: Piece) -> None:
        if not piece.text:
            return
        if self.draft.signed or not self.draft.steps:
            self._title(piece)
            return
        self.draft.steps[-1].capacity = _words(piece)
        self._taken(piece)

    def _date(self, piece: Piece) -> None:
        draft, following, words = self.draft, self.following, _words(piece)
        if not draft.signed:
            if draft.heads and not piece.gap and _DATED_TRUST.search(draft.heads[-1].text) and piece.label < 0:
                self._head(piece)
            else:
                draft.lead_date = words
            return
        leads = following is not None and following.role == Role.TEXT and following.row == piece.row and not self._belongs(following)
        if leads or (piece.gap and draft.name is not None and bool(self.drafts or draft.lead_date)):
            date = words
            self._close()
            self.draft.lead_date = date
            return
        if draft.date is None:
            draft.date = words
        self._taken(piece)

    def _belongs(self, piece: Piece) -> bool:
        marked = self.draft.marked
        return marked is not None and bool(signatures.leads(piece.text, marked.text))

    def _text(self, piece: Piece) -> None:
        if self.draft.signed:
            self._tail(piece)
        elif self.draft.steps:
            self._stair(piece)
        else:
            self._head(piece)

    # unsigned: header and staircase

    def _head(self, piece: Piece) -> None:
        self.draft.heads.append(piece)
        del self.draft.heads[:-_MOST_HEADS]
        self.draft.take(piece.begin, piece.end)
        self.last = piece

    def _stair(self, piece: Piece) -> None:
        """Read words below a By: line: its name goes on, its capacity, another stair, or a new header."""
        step, words = self.draft.steps[-1], _words(piece)
        if _unnamed(step):
            step.capacity, step.words = self._role(step.words), words
            self._taken(piece)
            return
        alone = offices.capacity_alone(words.text)
        near = piece.gap == 0 or piece.row == (self.last.row if self.last else -1)
        hangs = near and bool(_OPEN.search(step.words.text))
        stated = offices.stated_capacity(step.words.text)
        if step.capacity is None and not stated and not hangs and alone and piece.gap <= 1:
            step.capacity = words.cut(*alone)
        elif near and step.capacity is None and (
            hangs
            or _CONTINUES.match(words.text)
            or (not stated and not is_form(step.words.text.split()[-1]))
            or is_form(words.text.split()[0])
        ):
            step.words = step.words.join(words)
        elif near and (offices.stated_capacity(words.text) or (stated and _CONTINUES.match(words.text))):
            if _CONTINUES.match(words.text):
                step.words = step.words.join(words)
            else:
                self.draft.steps.append(Step(words))
        elif signatures.is_human(words.text) and self.following and self.following.role in {Role.BLANK, Role.MARK, Role.TITLE}:
            self.draft.name = words
        else:
            self._close()
            self._head(piece)
            return
        self._taken(piece)

    # signed: what stands under the mark

    def _tail(self, piece: Piece) -> None:
        draft, words = self.draft, _words(piece)
        if words.text.startswith("*"):
            self._starred(piece)
            return
        if piece.fresh and self._continues(piece):
            self._extend(words)
            self._taken(piece)
            return
        if draft.name is None and not draft.titles and not self._heads_next(piece):
            end = signatures.leads(words.text, draft.marked.text) if draft.marked else 0
            if not end and (draft.marked is None or piece.gap <= 1):
                split = signatures.name_end(words.text)
                if not piece.fresh or piece.flows:
                    split = min(split, self._office_inside(words.text) or split)
                human = words.cut(0, split).text
                shared = draft.marked is not None and signatures.shares_word(human, draft.marked.text)
                if signatures.is_human(human) and (draft.marked is None or shared):
                    end = split
            if end:
                self.draft.name = words.cut(0, end)
                self.last = piece
                draft.take(piece.begin, words.start + end)
                rest = words.cut(end)
                if rest.text and piece.fresh and not piece.flows and words.text[end:].lstrip()[0] in ",-–":
                    self._named_office(rest)
                elif rest.text:
                    self._tail(msgspec.structs.replace(piece, text=rest.text, start=rest.start, fresh=False, label=-1))
                return
        if self._note(words, flows=piece.flows, fresh=piece.fresh):
            if self.draft is draft:
                self._taken(piece)
            return
        if self._beneath(piece):
            self._titled(words)
            self._taken(piece)
            return
        if self._employs(piece):
            self._taken(piece)
            return
        self._close()
        self._head(piece)

    def _employs(self, piece: Piece) -> bool:
        """Say whether an entity right under name and office is the signer's employer: a header stands apart below it."""
        following, draft = self.following, self.draft
        if piece.gap or not piece.fresh or draft.name is None or not draft.titles:
            return False
        return following is not None and following.role == Role.TEXT and following.gap > 0 and is_form(piece.text.split()[-1])

    def _heads_next(self, piece: Piece) -> bool:
        """Say whether a human's name is the header of his own signature that follows, not the name under the last one."""
        following = self.following
        if not (piece.fresh and piece.gap and following and following.role == Role.MARK and not following.by):
            return False
        return self.draft.marked is not None and bool(signatures.leads(following.text, self.draft.marked.text))

    def _starred(self, piece: Piece) -> None:
        """Read a footnote: who signed where the stars stand."""
        note = self._footnote(piece)
        words = _words(piece)
        offset = len(words.text) - len(words.text.lstrip("*† "))
        self._close()
        self.draft.footnote, self.draft.signed = note, True
        self._taken(piece)
        rest = words.cut(offset)
        if rest.text[:3].casefold() in {"by ", "by:"}:
            rest = rest.cut(3)
        end = signatures.name_end(rest.text)
        if signatures.is_human(rest.text[:end]):
            self._named(rest)
        else:
            self._note(rest)

    def _continues(self, piece: Piece) -> bool:
        """Say whether the line goes on with the words before it."""
        draft, last = self.draft, self.last
        if last is None or (piece.gap and piece.row != last.row) or not (draft.titles or draft.notes or draft.attorney):
            return False
        if draft.marked and signatures.leads(piece.text, draft.marked.text) and draft.name is None:
            return False
        return bool(_OPEN.search(last.text)) or bool(_CONTINUES.match(piece.text))

    def _extend(self, words: Words) -> None:
        """Join a line to the latest words about the signer, and read them anew."""
        draft = self.draft
        held = (*draft.titles, *draft.notes, *((draft.attorney,) if draft.attorney else ()))
        latest = max(held, key=lambda one: one.start)
        longer = latest.join(words)
        draft.titles = [one for one in draft.titles if one is not latest]
        draft.notes = [one for one in draft.notes if one is not latest]
        if not self._note(longer):
            draft.titles.append(longer)

    def _note(self, words: Words, *, flows: bool = False, fresh: bool = True) -> bool:
        """Take an office, a capacity, an attorney's words; say whether the words were any of these."""
        draft, text = self.draft, words.text
        if ATTORNEY.search(text):
            draft.attorney = words
            draft.notes.append(words)
            by = words.cut(_BY.match(text).end()) if _BY.match(text) else None
            human = by.cut(0, signatures.name_end(by.text)) if by else None
            if human and draft.marked and draft.principal is None and signatures.is_human(human.text):
                draft.principal, draft.name = draft.name or draft.marked, human
            return True
        individually = _INDIVIDUAL.match(text)
        if individually and flows and text[individually.end() :].strip()[:1].isupper():
            self._opened(words.cut(individually.end()), self.last or self.pieces[0])
            return True
        opening = _AS.match(text)
        begins = opening.end() if opening else 0
        plain = text[begins:]
        end = offices.office_end(plain)
        if end and offices.is_office(plain) and not (flows and signatures.case_break(plain[end:])):
            self._titled(words.cut(begins))
            return True
        rest = plain[end:].strip()
        if end and rest and (not fresh or flows or begins):
            self._titled(words.cut(begins, begins + end))
            self._opened(words.cut(begins + end), self.last or self.pieces[0])
            return True
        if re.match(r"(?:individually|personally|in (?:his|her) individual|for (?:him|her|it)self|on behalf of|as|its|for)\b", text, re.IGNORECASE):
            draft.notes.append(words)
            return True
        return False

    def _beneath(self, piece: Piece) -> bool:
        """Say whether unknown words directly under the printed name can only be an office."""
        if piece.gap or not piece.fresh or self.draft.name is None or self.draft.titles or self._signs_next():
            return False
        if self.last is None or self.last.role not in {Role.TEXT, Role.NAME, Role.BY}:
            return False
        heads_next = self.following is not None and (self.following.role != Role.TEXT or self.following.gap == 0)
        return not heads_next and not is_form(piece.text.split()[-1]) and not signatures.is_human(piece.text)

    _ROLES = {
        Role.PROSE: _prose,
        Role.BLANK: _blank,
        Role.MARK: _mark,
        Role.BY: _by,
        Role.NAME: _name,
        Role.BOTH: _both,
        Role.TITLE: _title,
        Role.ITS: _its,
        Role.DATE: _date,
        Role.TEXT: _text,
    }


def drafts(text: str, pieces: Sequence[Piece]) -> list[Draft]:
    """Return the signatures of a signature page, in order of reading."""
    return _Reader(text, pieces).read()


__all__ = ["Draft", "Step", "drafts"]
