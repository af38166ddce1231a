"""The grammar of a signature page: pieces become drafts, one for each signature.

A draft is a header (one party or several), a staircase of By: lines, a mark, and what stands under it.
"""

import re
from collections.abc import Callable, Sequence

import msgspec

from sitegen.model.name import split_form
from sitegen.parse import beneath, entities, headers, joint, offices, signatures, staircase
from sitegen.parse.beneath import Place, companies_below, with_marks_below
from sitegen.parse.dates import date_at
from sitegen.parse.drafts import Draft, Heard, Step, inside, is_open
from sitegen.parse.names import ends_in_form, is_form
from sitegen.parse.numbered import numbers
from sitegen.parse.piece import Piece, Role
from sitegen.parse.signatures import ATTORNEY, Words
from sitegen.parse.unbroken import name_above, next_party, party_in_capitals, runs_on, trail
from sitegen.parse.witnesses import Witnesses

_DATED_TRUST = re.compile(r"\b(?:trust|u/?a|u/?t/?[ad]|u/?d/?t|f/?b/?o|agreement|will)\b", re.IGNORECASE)
_STARS = re.compile(r"\(?([*†]{1,4})\)?")
_TRAILING_STARS = re.compile(r"\s*(?:\(?[*†]{1,4}\)?|\(\d\))(?=\s|$)")
_SIGNED_BY = re.compile(r"(?:(?:duly\s)?(?:signed|executed)\s)?by[:\s]\s*", re.IGNORECASE)
_PAGE_NUMBER = re.compile(r"\d{1,2}(?:\.\s|\s(?=[A-Z]{3}))")
"""What stands between two blocks in text without line ends."""
_MOST_HEADS = 60
_MARKING = "*† "


def _words(piece: Piece) -> Words:
    return Words(piece.text, piece.start)


def _part(piece: Piece, words: Words) -> Piece:
    """Return a part of a piece's line as unlabelled words."""
    return msgspec.structs.replace(piece, role=Role.TEXT, text=words.text, start=words.start, label=-1, fresh=False)


class _Reader:
    def __init__(self, text: str, pieces: Sequence[Piece]) -> None:
        self.text = text
        self.pieces = pieces
        self.drafts: list[Draft] = []
        self.waiting: list[Draft] = []
        """Headers with a staircase that no mark has ended yet."""
        self.draft = Draft()
        self.last: Piece | None = None
        """The piece that the draft took last."""
        self.following: Piece | None = None
        """The next piece that is no ruled line."""
        self.companies_below = companies_below(pieces)
        self.numbers = numbers(pieces)
        """The signs of numbered footnotes that name who signed."""
        self.note = ""
        """The sign of a footnote that stands before what comes next on its line."""
        self.witnesses = Witnesses(pieces)
        self.beside = joint.Beside(pieces)
        self.dates_trail = trail(pieces)

    def read(self) -> list[Draft]:
        roles: dict[str, Callable[[Piece], None]] = {
            Role.PROSE: lambda _: self._close(),
            Role.BLANK: self._blank,
            Role.MARK: self._mark,
            Role.BY: self._by,
            Role.NAME: self._name,
            Role.BOTH: self._name,
            Role.TITLE: lambda piece: self._to_next_party(piece, self._title),
            Role.ITS: self._its,
            Role.DATE: self._date,
            Role.PARTY: self._party,
            Role.WITNESS: self._witness,
            Role.TEXT: self._text,
        }
        for index, piece in enumerate(self.pieces):
            ahead = (later for later in self.pieces[index + 1 : index + 4] if later.role != Role.BLANK)
            self.following = next(ahead, None)
            if piece.text or piece.role in {Role.BLANK, Role.MARK}:
                roles[piece.role](piece)
        self._close()
        return self.drafts + self.waiting

    # beginning and ending drafts

    def _close(self) -> None:
        """End the draft; a mark also signs the staircases before it that end at the company it stands for."""
        draft = self.draft
        if draft.signed_for(draft.after) and self.drafts[-1:] == [draft.after]:
            self.draft = draft = staircase.signed_with(self.drafts.pop(), draft)
        if draft.signed:
            signed, theirs = joint.apart(draft), staircase.standing_for(self.waiting, draft)
            for earlier, its in zip(self.waiting, theirs, strict=True):
                self.drafts += [staircase.signed_with(earlier, each) for each in signed] if its else [earlier]
            self.waiting = []
            self.drafts += signed
        elif draft.heads and draft.steps:
            self.waiting.append(draft)
        self.draft = Draft()
        self.last = None

    def _follow(self) -> None:
        """Begin a draft that no header opens: a further signer of the same party, or one who signs for himself."""
        before, last = self.draft, self.last
        inside = last is not None and last.flows
        before.untold = before.untold or (inside and runs_on(before))
        self._close()
        self.draft.after, self.draft.untold = before, inside and before.untold

    def _taken(self, piece: Piece) -> None:
        self.draft.take(piece.begin, piece.end)
        self.last = piece

    def _hear(self, heard: Heard, piece: Piece) -> None:
        """Go on after words under a mark: what they left begins the next header."""
        if heard.left is None or not heard.left.text:
            self._taken(piece)
            return
        self._close()
        left = heard.left
        dated = date_at(left.text, 0)
        if dated:
            self.draft.lead_date, left = left.cut(0, dated.end), left.cut(dated.end)
        number = _PAGE_NUMBER.match(left.text)
        left = left.cut(number.end()) if number else left
        if left.text:
            self._head(_part(piece, left))

    def _head(self, piece: Piece) -> None:
        self.witnesses.ended()
        self.draft.heads.append(headers.unmarked(piece))
        del self.draft.heads[:-_MOST_HEADS]
        self._taken(piece)

    def _stars_at(self, piece: Piece) -> str:
        found = _STARS.match(self.text, piece.begin)
        return found[1] if found else ""

    # marks

    def _blank(self, piece: Piece) -> None:
        """Take a ruled line for a mark's place only behind By:, or right above a printed name."""
        draft, following = self.draft, self.following
        named = following is not None and following.role in {Role.NAME, Role.TEXT}
        if draft.signed:
            apart = "_" in piece.text and draft.mark is None and following and signatures.is_human(following.text)
            if not ((piece.by or apart) and draft.name and named):
                return
            self._follow()
        elif not piece.by:
            human = following and (following.role == Role.NAME or signatures.is_human(following.text))
            if not ("_" in piece.text and named and human and following and following.gap <= 1):
                return
        self.draft.signed, self.draft.by = True, piece.by
        self._taken(piece)

    def _mark(self, piece: Piece) -> None:
        draft = self.draft
        if self._is_star_of_mark(piece):
            draft.stars = piece.text.strip("()")
            self._taken(piece)
            return
        between = self.text[self.last.end : piece.begin] if self.last else ""
        if draft.signed and joint.is_further(piece, self.last, draft, between, self.following):
            draft.beside.append(Draft(signed=True))
            self._taken(piece)
            self._marked(piece, draft.beside[-1])
            return
        awaited = (
            draft.name is not None
            and draft.mark is None
            and not draft.stars
            and signatures.shares_word(draft.name.text, piece.text)
        )
        if draft.signed and not awaited:
            self._follow()
        draft = self.draft
        if draft.steps and draft.steps[-1].nameless:
            draft.role = staircase.role(draft.steps.pop())
        draft.signed, draft.by = True, piece.by or draft.by
        if not (draft.heads or draft.steps):
            draft.witness, draft.doubtful = self.witnesses.have(piece), self.beside.is_doubtful(piece)
        note, self.note = self.note or (self._stars_at(piece) if piece.by else ""), ""
        if note:
            draft.footnote, draft.after = note, None
        self._taken(piece)
        stars = _STARS.fullmatch(piece.text)
        if stars:
            draft.stars, draft.mark = stars[1], _words(piece)
        else:
            self._marked(piece, draft)

    def _is_star_of_mark(self, piece: Piece) -> bool:
        """Say whether a footnote's sign stands alone on the line below the mark that it belongs to."""
        draft, last = self.draft, self.last
        alone = piece.fresh and not (piece.by or piece.flows) and _STARS.fullmatch(piece.text) is not None
        right = last is not None and last.role == Role.MARK and last.row < piece.row and piece.gap <= 1
        return alone and right and draft.marked is not None and not draft.stars

    def _says_attorney(self, piece: Piece) -> bool:
        """Say whether a name is an attorney's: words on its line or the title below say so."""
        below = self.following if self.following and self.following.role in {Role.TITLE, Role.ITS, Role.TEXT} else None
        below = None if below and below.role == Role.TEXT and below.gap else below
        return bool(ATTORNEY.search(piece.text) or (below and ATTORNEY.search(below.text)))

    def _marked(self, piece: Piece, draft: Draft) -> None:
        """Read the words behind `/s/`: the name, a footnote's stars, and whatever else stands on the line."""
        words = _words(piece)
        slash = self.text.find("/", piece.begin, piece.start) if piece.by else piece.begin
        begin = piece.start if slash < 0 else slash
        end = signatures.name_end(words.text[: signatures.doubled(words.text) or None])
        stop = inside(words.text[:end]) or end
        if piece.flows and (own := name_above(draft, words.text)):
            end = stop = own
        stars = _TRAILING_STARS.match(words.text, end) if stop == end else None
        if stars:
            number = stars[0].strip()
            stars_alone = "".join(character for character in number if character in _MARKING.strip())
            draft.stars = number if number in self.numbers else stars_alone
            unexplained = not draft.stars and not (draft.heads or draft.steps)
            draft.untold = draft.untold or (unexplained and (piece.flows or not piece.fresh))
        name, rest = words.cut(0, stop), words.cut(stars.end() if stars else stop)
        if name.text:
            draft.marked = name
            draft.mark = Words(self.text[begin : name.end], begin)
        draft.several = joint.holds_two(name, rest, self.following)
        if rest.text and not draft.several:
            self._under(_part(piece, rest))

    def _star_before(self, piece: Piece) -> None:
        """Read `*Ada Testperson` where a mark should be: the sign of a footnote, and the name signed for."""
        if self.draft.signed:
            self._follow()
        draft, words = self.draft, _words(piece)
        stars = len(words.text) - len(words.text.lstrip(_MARKING))
        draft.signed = draft.by = True
        draft.stars, draft.mark = words.text[:stars].strip(), words
        draft.marked = words.cut(stars, stars + signatures.name_end(words.text[stars:]))
        self._taken(piece)

    # labels

    def _by(self, piece: Piece) -> None:
        draft, words = self.draft, _words(piece)
        note, self.note = self.note or self._stars_at(piece), ""
        end = signatures.name_end(words.text)
        whole, _, behind = words.text.partition(",")
        # `Specimen Trustees (HK) Limited`, `Specimen Trustees (HK) II, L.P.`: the legal form tells a company
        formed = split_form(whole)[1] or is_form(behind.split(",")[0].strip())
        firm = whole[end:].lstrip().startswith("(") and bool(formed)
        firm = firm or self._trust_goes_on(piece)
        human = not firm and signatures.is_human(words.text[:end]) and not offices.capacity_alone(words.text[:end])
        if words.text[0] in _MARKING:
            self._star_before(piece)
        elif note:
            self._close()
            self.draft.footnote, self.draft.signed = note, True
            self._hear(self.draft.named(words), piece)
        elif draft.signed and human and draft.name and draft.attorney is None and self._says_attorney(piece):
            draft.represented(draft.name, words.cut(0, end))
            draft.attorney = words if ATTORNEY.search(words.text) else None
            self._taken(piece)
        elif human or (draft.signed and draft.name is None and draft.says_marked(words.text)):
            if draft.signed and draft.name is not None:
                self._follow()
            self.draft.by = self.draft.by or not self.draft.signed
            self.draft.signed = True
            self._hear(self.draft.named(words, flows=piece.flows), piece)
        elif draft.signed and ATTORNEY.search(words.text):
            draft.attorney = words
            self._taken(piece)
        else:
            if draft.signed and (draft.name is not None or draft.titles or piece.gap > 1):
                self._follow()
            self.draft.steps.append(Step(words))
            self._taken(piece)

    def _trust_goes_on(self, piece: Piece) -> bool:
        """Say whether a name behind By: is its settlor's, and the line below ends the name of the trust."""
        below = self.following
        return bool(
            below
            and below.role == Role.TEXT
            and below.row > piece.row
            and not below.gap
            and below.indent >= piece.indent
            and entities.ends_trust(below.text)
        )

    def _name(self, piece: Piece) -> None:
        draft, words = self.draft, _words(piece)
        known = draft.name is not None or draft.date is not None
        if draft.signed and draft.name and piece.gap and not signatures.shares_word(draft.name.text, words.text):
            self._close()
            draft = self.draft
        if self._beside(piece):
            self._taken(piece)
        elif draft.signed and known and ends_in_form(words.text):
            self._close()
            self._head(piece)
        elif draft.signed:
            self._hear(draft.named(words, flows=piece.flows), piece)
        elif signatures.is_human(words.text[: signatures.name_end(words.text)]):
            draft.name = words
            self._taken(piece)
        else:
            self._head(piece)

    def _title(self, piece: Piece) -> None:
        """Take an office; in text without line ends, the next party may stand behind it."""
        draft, words = self.draft, _words(piece)
        if not draft.signed and draft.steps:
            draft.steps[-1].capacity = draft.steps[-1].capacity or words
            self._taken(piece)
            return
        signs = self.following is not None and self.following.role in {Role.BY, Role.MARK}
        end = offices.office_end(words.text) or (signatures.case_break(words.text) if piece.flows else 0)
        rest = words.text[end:].lstrip() if piece.flows or (signs and not is_open(words.text)) else ""
        apart = bool(end and rest) and rest[0] not in ",-–—/(&;" and not rest.startswith("of ")
        if not apart and piece.flows and (party := self._next_party(words.text)):
            apart, end = True, party
        if apart and (piece.flows or ends_in_form(rest)):
            draft.titled(words.cut(0, end))
            self._hear(Heard(understood=True, left=words.cut(end)), piece)
        else:
            draft.titled(words)
            self._taken(piece)

    def _next_party(self, text: str) -> int:
        """Return where a company in capitals begins behind a title: `Vice President, Division A FUND, L.P.`; else 0."""
        signs = self.following is not None and self.following.role in {Role.BY, Role.MARK}
        return party_in_capitals(text) if signs else 0

    def _its(self, piece: Piece) -> None:
        if self.draft.signed or not self.draft.steps:
            self._title(piece)
        else:
            self.draft.steps[-1].capacity = _words(piece)
            self._taken(piece)

    def _date(self, piece: Piece) -> None:
        """Tell the date of a mark from the date above the next header."""
        draft, following, words = self.draft, self.following, _words(piece)
        if not draft.signed:
            if draft.heads and not piece.gap and piece.label < 0 and _DATED_TRUST.search(draft.heads[-1].text):
                self._head(piece)
            else:
                draft.lead_date = words
            return
        beside = following is not None and following.role == Role.TEXT and following.row == piece.row
        beside = beside and following is not None and not draft.says_marked(following.text)
        between = beside and not piece.fresh and draft.name is not None
        if (
            self._opens_row(piece)
            or (beside and not (between and self.dates_trail))
            or (piece.gap and draft.name is not None and bool(self.drafts or draft.lead_date))
        ):
            self._close()
            self.draft.lead_date, self.draft.between = words, between
            return
        draft.date = draft.date or words
        self._taken(piece)

    def _opens_row(self, piece: Piece) -> bool:
        """Say whether a date stands before the By: or the mark of its own row, the block above being done."""
        following, last = self.following, self.last
        signs = following is not None and (following.role == Role.BY or following.by) and following.row == piece.row
        return signs and piece.fresh and last is not None and last.row < piece.row and self.draft.name is not None

    def _party(self, piece: Piece) -> None:
        """Take a party's name behind a label; right under an officer's name, it is the company he signs for."""
        draft = self.draft
        if draft.signed and not (draft.heads or draft.steps or piece.gap) and (draft.titles or draft.name):
            self._company(piece)
            return
        if draft.signed or draft.steps:
            self._close()
        self._head(piece)

    def _witness(self, piece: Piece) -> None:
        self._close()
        self.witnesses.announced(piece)

    # words without a label

    def _text(self, piece: Piece) -> None:
        number = self.numbers and piece.text.partition(")")[0] + ")"
        if number in self.numbers and piece.text == number:
            self._close()
            self.note = number
        elif number in self.numbers:
            self._footnote(piece, number)
        elif self.draft.signed:
            self._under(piece)
        elif self.draft.steps:
            self._stair(piece)
        elif step := headers.agent_below(self.draft.heads, piece):
            del self.draft.heads[len(self.draft.heads) - step.lines :]
            self.draft.steps.append(Step(step.name, step.role))
            self._taken(piece)
        else:
            self._head(piece)

    def _stair(self, piece: Piece) -> None:
        """Read words below a By: line: its name goes on, its capacity, another stair, or a new header."""
        draft, words = self.draft, _words(piece)
        step = draft.steps[-1]
        near = piece.gap == 0 or (self.last is not None and piece.row == self.last.row)
        hangs = near and is_open(step.words.text)
        alone, stated = offices.capacity_alone(words.text), offices.stated_capacity(step.words.text)
        if step.nameless:
            step.capacity, step.words = staircase.role(step), words
        elif alone and not (step.capacity or stated or (hangs and near)) and (piece.gap <= 1 or alone[0]):
            step.capacity = words.cut(*alone)
        elif near and staircase.goes_on(step, words.text, hangs=hangs, stated=stated is not None):
            step.words = step.words.join(words)
        elif near and offices.stated_capacity(words.text):
            draft.steps.append(Step(words))
        elif (
            self.following
            and self.following.role in {Role.BLANK, Role.MARK, Role.TITLE}
            and signatures.is_human(words.text)
        ):
            draft.name = words
        else:
            self._close()
            self._head(piece)
            return
        self._taken(piece)

    def _to_next_party(self, piece: Piece, read: Callable[[Piece], None]) -> None:
        """Read words about a signer; on a line that goes on to the next mark, up to where the next party begins."""
        signs = self.following is not None and self.following.role in {Role.BY, Role.MARK}
        words = _words(piece)
        end = next_party(words, self.draft.heads) if self.draft.signed and piece.flows and signs else 0
        if not end:
            read(piece)
            return
        read(msgspec.structs.replace(piece, text=words.cut(0, end).text))
        left = words.cut(end)
        if self.draft.signed:
            self._hear(Heard(understood=True, left=left), piece)
        else:
            self._head(_part(piece, left))

    def _under(self, piece: Piece) -> None:
        self._to_next_party(piece, self._beneath)

    def _beneath(self, piece: Piece) -> None:
        """Read words under a mark: the name, an office, an attorney's words, a footnote, or the next header."""
        draft, words, at = self.draft, _words(piece), Place(self.draft, self.last, self.following)
        if self._named_above(piece, at) or self._listed(piece):
            self._taken(piece)
        elif words.text[0] == "*":
            self._footnote(piece)
        elif draft.witness and not beneath.is_header(piece, at):
            self._taken(piece)
        elif piece.fresh and (beneath.goes_on(piece, at) or beneath.is_department(piece, at)):
            self._hear(draft.extend(words, self.last.text if self.last else ""), piece)
        elif not beneath.heads_next(piece, at) and self._names(piece, at):
            heard = draft.named(words, flows=piece.flows or not piece.fresh)
            again = _part(piece, heard.left) if heard.left and heard.left.text != words.text else None
            if again and not draft.titles and not draft.notes:
                self._under(again)
            else:
                self._hear(heard, piece)
        elif beneath.is_company(piece, at) or self._below(piece):
            self._company(piece)
        else:
            heard = draft.note(words, flows=piece.flows, fresh=piece.fresh)
            if heard.understood:
                self._hear(heard, piece)
            elif beneath.is_office_beneath(piece, at):
                draft.titled(words)
                self._taken(piece)
            else:
                self._close()
                self._head(piece)

    def _names(self, piece: Piece, at: Place) -> bool:
        """Say whether words begin with the printed name of the human above; perhaps once more, in full."""
        draft = self.draft
        return (not draft.titles and beneath.is_name(piece, at)) or draft.restates_mark(piece.text)

    def _beside(self, piece: Piece) -> bool:
        """Take the printed names of humans whose marks stand side by side."""
        return bool(self.draft.beside) and joint.named(self.draft, _words(piece))

    def _listed(self, piece: Piece) -> bool:
        """Take one of those for whom an attorney signs, listed below his words; a blank line may open the list."""
        listed = self.draft.represents
        if not self.draft.begins_list or len(listed) >= _MOST_HEADS or (piece.gap and listed):
            return False
        if not listed and piece.text[:1].islower():  # `each of …`: the sentence goes on
            return False
        listed.append(piece)
        return True

    def _named_above(self, piece: Piece, at: Place) -> bool:
        """Say whether a line has names that are known: those of several marks, or of the person signed for."""
        draft = self.draft
        principal = piece.fresh and not piece.gap and beneath.is_principal(piece, at)
        draft.principal_named = draft.principal_named or principal
        return principal or self._beside(piece)

    def _below(self, piece: Piece) -> bool:
        """Say whether a page prints each company below its officer, and this is one."""
        begun = bool(self.draft.heads) and self.draft.heads[-1] is self.last
        return piece.start in self.companies_below and (begun or not self.draft.heads)

    def _company(self, piece: Piece) -> None:
        """Take the company that an officer signs for: below his office, where none stands above his mark."""
        draft, heads = self.draft, [piece]
        if draft.heads and draft.heads[-1] is self.last:
            draft.heads.append(piece)
        self._taken(piece)
        officer: Draft | None = draft
        while officer is not None and not (officer.heads or officer.steps):
            officer.heads = heads
            officer = officer.after if officer.after and officer.after.titles else None

    def _footnote(self, piece: Piece, sign: str = "") -> None:
        """Read a footnote: who signed where the stars, or its number, stand."""
        words = _words(piece)
        rest = words.cut(len(sign) or len(words.text) - len(words.text.lstrip(_MARKING)))
        opening = _SIGNED_BY.match(rest.text)
        rest = rest.cut(opening.end()) if opening else rest
        self._close()
        self.draft.footnote, self.draft.signed = sign or self._stars_at(piece), True
        if signatures.is_human(rest.text[: signatures.name_end(rest.text)]):
            self.draft.named(rest)
        else:
            self.draft.note(rest)
        self._taken(piece)


def drafts(text: str, pieces: Sequence[Piece]) -> list[Draft]:
    """Return the signatures of a signature page in order of reading, and the staircases that none of them ends."""
    return _Reader(text, list(with_marks_below(pieces))).read()


__all__ = ["drafts"]
