"""Addresses from names: made once, never changed by what is learned later (CONTRACT: Slugs)."""

import hashlib
import re
import unicodedata

from sitegen.model.name import fold_space, split_form

LONGEST = 60
"""Characters of a slug, at most."""

_PLAIN_LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe", "ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "đ": "d", "Đ": "d"}
    | {"ð": "d", "Ð": "d", "þ": "th", "Þ": "th", "ı": "i"}
    | dict.fromkeys("'‘’ʼ`´.", ""),
)
_BREAK = re.compile(r"[^a-z0-9]+")
_RESERVED = re.compile(r"[a-z0-9]{1,2}|0-9|all|graph|index")


def _ascii(text: str) -> str:
    text = unicodedata.normalize("NFKD", text.translate(_PLAIN_LETTERS)).encode("ascii", "ignore").decode().lower()
    return _BREAK.sub("-", text).strip("-")


def _cut(slug: str, longest: int) -> str:
    """Shorten at a word, or inside the first word where it alone is too long."""
    if len(slug) <= longest:
        return slug
    whole = slug[: longest + 1].rpartition("-")[0]
    return whole or slug[:longest]


def name_slug(name: str, longest: int = LONGEST) -> str:
    """Return a name's slug: words are cut before the legal ending, which stays; empty when nothing is left in ASCII."""
    name = fold_space(name)
    slug = _ascii(name)
    if len(slug) <= longest:
        return slug
    stem, form = split_form(name)
    ending = _ascii(name[len(stem) :]) if form else ""
    if not ending:
        return _cut(slug, longest)
    return f"{_cut(_ascii(stem), longest - len(ending) - 1)}-{ending}"


def agreement_slug(date: str | None, issuer: str | None, first_party: str | None) -> str:
    """Return date part, then the issuer without its legal ending, else the first party's slug."""
    day = date or "undated"
    room = LONGEST - len(day) - 1
    subject = name_slug(split_form(fold_space(issuer))[0], room) if issuer else ""
    subject = subject or (name_slug(first_party, room) if first_party else "")
    return f"{day}-{subject or 'agreement'}"


def from_key(key: str) -> str:
    """Return the slug of a name that leaves nothing in ASCII: `x-` and 8 hex digits."""
    return f"x-{hashlib.sha256(key.encode()).hexdigest()[:8]}"


def is_reserved(slug: str) -> bool:
    """Tell whether the site needs this segment for itself: index letters, `all`, `graph`, `index`."""
    return _RESERVED.fullmatch(slug) is not None


def with_digits(slug: str, text_sha256: str, key: str, digits: int) -> str:
    """Return a newcomer's slug after a collision: never a running number, which would depend on order."""
    mark = hashlib.sha256(f"{text_sha256}\n{key}".encode()).hexdigest()[:digits]
    return f"{_cut(slug, LONGEST - digits - 1)}-{mark}"
