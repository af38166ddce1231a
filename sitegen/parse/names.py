"""Names in running text: where a printed name ends.

A name goes on while its words are capitalised, through connecting words, brackets and legal forms; a comma belongs
to it only before a legal form or a person's suffix.
"""

import re
from collections.abc import Callable

from sitegen.parse.lexicon import words

_TOKEN = re.compile(r"\S+")
_SPACED_FORM = re.compile(
    r"(?:L\. ?L\. ?[CP]\.?|L\. P\.?|S\. ?[àa]\. ?r\. ?l\.?(?: II| I\b)?|S\. ?[àa] ?r\. ?l\.?(?: II| I\b)?|S\. A\."
    r"|S\.? ?A\.?(?: ?B\.?| ?P\.? ?I\.?)? de C\.? ?V\.?|S\.? de R\.? ?L\.? de C\.? ?V\.?"
    r"|N\. V\.|B\. V\.|P\. ?L\. ?C\.?|G\. P\.)(?=[\s,;.)]|\Z)",
    re.IGNORECASE,
)
_FORM = re.compile(
    r"""(?: l\.?l\.?l\.?p | p?\.?l\.?l\.?[cp] | l\.?p | l\.?c | u\.?l\.?c | inc(?:orporated)? | corp(?:oration)?
    | ltda? | limited | p\.?l\.?c | co | company | s\.?a\.?(?:\.?[rs]\.?l?)? | s\.?[àa]\.?(?:r\.?l)? | sarl | r\.?l
    | s\.?c\.?(?:a|sp|s) | s\.?p\.?a | s\.?e | s\.?r\.?l | n\.?v | b\.?v | a\.?g | gmbh | k\.?g(?:aa)? | k\.?k | n\.?a
    | a\.?/?s\.?a? | ab | oyj? | pte | pty | pvt | bhd | sdn | s\.?i\.?c\.?a\.?v | trust | partnership | fund )\.?\Z""",
    re.IGNORECASE | re.VERBOSE,
)
_WEAK = words("company trust partnership fund limited co sa ag as se ab na")
"""Forms that are also plain words of a name: `Trust Company`, `Limited Partners`."""
_NEVER_BEHIND_COMMA = words("fund partnership")
_LOWER_FORMS = words("plc p.l.c gmbh s.a s.p.a n.v b.v a.s a/s s.r.l sarl llc lp l.p a.g")
_STOPPED_FORMS = words("inc corp ltd ltda co cia pte pty pvt bhd sdn jr sr esq")
"""Forms and suffixes to which a full stop belongs; one behind `Limited` or `LLC` ends a sentence."""
_SUFFIX = re.compile(
    r"(?:jr|sr|i{1,3}|iv|v|vi|2d|3d|2nd|3rd|4th|esq|ph\.?\s?d|m\.?d|j\.?d|cfa|cpa)\.?\Z", re.IGNORECASE
)
_INITIALS = re.compile(r"(?:[^\W\d_]\.)+\Z")
_CONNECTORS = words("of for the and & de la le du des del di da van von der den zu y e et al el bin binti ibn dos das")
_ABBREVIATIONS = words("mr mrs ms dr st mt co cos bros no dep assoc inv mgmt intl int'l nat'l ins sir prof rev hon fin")
_STOPS = words(
    """
    schedule schedules statement statements form rule common class ordinary preferred stock pursuant whereas witnesseth
    now each all such any this these and/or or in on dated date cusip hereby agree agrees as issuer filed by with at is
    are
    """
)
"""Words, however capitalised, at which a name in running text has ended."""
DESCRIBED_IN_CAPITALS = (
    r"AN?\s(?:[A-Z][A-Z.'-]*\s){0,6}?(?:CORPORATION|PARTNERSHIP|COMPANY|BANK|ASSOCIATION|TRUST|L\.?L\.?C\.?|INDIVIDUAL|CITIZEN"
    r"|RESIDENT)(?![\w-])(?:\sOF\s(?:THE\s)?[A-Z]+(?:\s[A-Z]+)?(?=\s?[,;]|\sAND\s))?"
)
"""What a name in capitals is: `A NEW YORK CORPORATION`."""
_DESCRIBED = re.compile(DESCRIBED_IN_CAPITALS)
_LETTERED = words("class series tier tranche category fund trust group vitamin hepatitis")
"""Words behind which a letter A is a name's own."""
_NEVER_FIRST = words("common class schedule statement rule form dated date cusip")
_MONTHS = words("january february march april may june july august september october november december")
_LONGEST_NAME = 400
_MOST_JOINED = 12
_BRACKET = re.compile(r"\(([^()\":]{1,60})\)(?=[\s,;.)]|\Z)")
_ENUMERATOR = re.compile(r"(?:[ivx]{1,5}|[a-z]|\d{1,3})\Z")
_MOST_IN_BRACKET = 4
_INNER_CAPITAL = re.compile(r"[a-z]{1,2}[A-Z][a-z]")
"""How some names begin: `eSpecimen`, `iSpecimen`."""


def is_form(token: str) -> bool:
    """Say whether one word is a legal form, or the end of one: `L.P.`, `Inc`, `GmbH`."""
    return _FORM.match(token.rstrip(",;:")) is not None


def ends_in_form(text: str) -> bool:
    """Say whether the last word is a legal form; no words at all are none."""
    return is_form("".join(text.rsplit(maxsplit=1)[-1:]))


def suffix_at(text: str, at: int) -> int | None:
    """Return the end of the legal form or person's suffix that begins here: what may stand behind a name's comma."""
    spaced = _SPACED_FORM.match(text, at)
    if spaced:
        return spaced.end()
    found = _TOKEN.match(text, at)
    if not found:
        return None
    word = found[0].rstrip(",;:)")
    plain = word.rstrip(".").casefold()
    form = (_is_capital(word) or plain in _LOWER_FORMS) and _FORM.match(word) and plain not in _NEVER_BEHIND_COMMA
    if not form and not _SUFFIX.match(word):
        return None
    return at + len(word if keeps_stop(word) else word.rstrip("."))


def read_name(text: str, start: int, joins: Callable[[str], bool] = lambda _: False) -> int | None:
    """Return where the name that begins at `start` of a folded text ends, or None when no name begins there.

    `joins` says whether a candidate holding "and" is one name: only the rest of the agreement can tell
    "Research and Management Company" from two parties.
    """
    found = _TOKEN.match(text, start)
    if not found or not (_is_capital(found[0]) or found[0].casefold() == "the"):
        return None
    first = found[0].rstrip(",;:.").casefold()
    if first in _NEVER_FIRST or (first in _STOPS and len(first) <= len("in")):
        return None
    return _Reading(text, start, joins).read()


def _is_capital(token: str) -> bool:
    bare = token.lstrip("'\"(")
    return bare[:1].isupper() or bare[:1].isdigit() or _INNER_CAPITAL.match(bare) is not None


def keeps_stop(word: str) -> bool:
    """Say whether a full stop behind a word is an abbreviation's: `Inc.`, `L.P.`, but not `Limited.`."""
    plain = word.rstrip(".").casefold()
    return plain in _STOPPED_FORMS or "." in plain


class _Reading:
    """One name being read: `end` is where it ends as far as it is read, `at` where the next token begins."""

    def __init__(self, text: str, start: int, joins: Callable[[str], bool]) -> None:
        self.text, self.start, self.joins = text, start, joins
        self.limit = min(len(text), start + _LONGEST_NAME)
        self.at = start
        self.end: int | None = None
        self.words = 0
        self.formed = False
        """Whether a legal form that is no plain word has been read."""

    def read(self) -> int | None:
        while self._step():
            self.at += self.text[self.at : self.at + 1] == " "
        return self.end

    def _step(self) -> bool:
        """Read one token, bracket or spaced form; say whether the name goes on."""
        found = _TOKEN.match(self.text, self.at, self.limit)
        if not found:
            return False
        token = found[0]
        if token.startswith("("):
            return self._bracket()
        plain = token.rstrip(",;:").rstrip(".)").casefold()
        if self.words and (spaced := _SPACED_FORM.match(self.text, self.at)):
            return self._ended(spaced.end(), formed=True)
        if self._is_stop(token, plain, found.end()):
            return False
        if token in _CONNECTORS or plain in {"of", "and"}:
            return self._connector(plain, found.end())
        return self._word(token)

    def _bracket(self) -> bool:
        """Read `(Bermuda)`: a capitalised word or a few, no defined term, no enumerator."""
        found = _BRACKET.match(self.text, self.at, self.limit)
        if not found or self.end is None or not _is_capital(found[1]) or _ENUMERATOR.match(found[1]):
            return False
        if len(found[1].split()) > _MOST_IN_BRACKET:
            return False
        return self._ended(found.end(), formed=False)

    def _connector(self, plain: str, end: int) -> bool:
        """Read `of`, `and`, `de`: the name goes on only with a capitalised word behind it."""
        following = _TOKEN.match(self.text, end + 1, self.limit)
        if not following or not _is_capital(following[0]) or following[0].rstrip(",;:.").casefold() in _NEVER_FIRST:
            return False
        if self.formed and plain not in {"of", "&"}:
            return False
        if plain == "and" and self.words:
            longer = read_name(self.text, following.start(), self.joins) if self.words < _MOST_JOINED else None
            if longer is not None and self.joins(self.text[self.start : longer]):
                self.end = longer
            return False
        self.at = end
        self.words += 1
        return True

    def _word(self, token: str) -> bool:
        bare = token.rstrip(",;:")
        plain = bare.rstrip(".").casefold()
        if not _is_capital(bare) and not (self.words and plain.rstrip(")") in _LOWER_FORMS):
            return False
        form = bool(self.words) and _FORM.match(bare) is not None
        if self.formed and not form and not self._edgar_goes_on(bare):
            return False
        self.words += 1
        if bare.endswith(")") and "(" not in bare:
            self.end = self.at + len(bare) - 1
            return False
        if bare.endswith(".") and not self._abbreviated(bare, form=form):
            self.end = self.at + len(bare) - 1
            return False
        strong = form and (plain.replace(".", "") not in _WEAK or bare.endswith("."))
        return self._ended(self.at + len(bare), formed=strong)

    def _ended(self, end: int, *, formed: bool) -> bool:
        """Take the name to end here; go on, behind a comma only into a legal form or suffix."""
        self.at = self.end = end
        self.formed = formed
        while self.text[self.at : self.at + 1] == ",":
            further = suffix_at(self.text, self.at + 2)
            if further is None:
                return False
            self.at = self.end = further
            self.formed = True
        return self.text[self.at : self.at + 1] not in {";", ":", ")"}

    def _abbreviated(self, bare: str, *, form: bool) -> bool:
        plain = bare.rstrip(".").casefold()
        if form:
            return keeps_stop(bare)
        return bool(_INITIALS.match(bare) or plain in _ABBREVIATIONS or keeps_stop(bare))

    def _edgar_goes_on(self, word: str) -> bool:
        """Say whether a name in capitals goes on behind its form, as EDGAR prints it: `DUNMORE CORP DEL NEW`."""
        read = self.text[self.start : self.end]
        return word.isupper() and word.isalpha() and read.isupper() and not read.endswith(".")

    def _is_stop(self, word: str, plain: str, end: int) -> bool:
        """Say whether the name has ended: a word of the sentence, "The" of the next, a date's month."""
        if word in {"A", "AN"} and self.words and _DESCRIBED.match(self.text, end - len(word)):
            return self.text[: end - len(word)].rstrip().rpartition(" ")[2].casefold() not in _LETTERED
        if plain in _MONTHS and self.text[end + 1 : end + 2].isdigit():
            return True
        return bool(self.words) and (word == "The" or (plain in _STOPS and plain not in _CONNECTORS))
