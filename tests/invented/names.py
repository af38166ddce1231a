"""Names that are plainly invented: a word for each number, so that hundreds of thousands differ and none recurs."""

from collections.abc import Sequence
from math import prod

_FIRST = (
    "Quill", "Blot", "Inkle", "Foolscap", "Parch", "Vellum", "Thimble", "Bramble", "Cinder", "Dapple", "Ember",
    "Fennel", "Gossamer", "Hazel", "Juniper", "Kettle", "Larkspur", "Marrow", "Nettle", "Oriel", "Pewter", "Rushlight",
    "Saffron", "Tansy", "Umber", "Verbena", "Wicker", "Yarrow", "Zephyr", "Bracken", "Clover", "Damson",
)  # fmt: skip
_LAST = (
    "wick", "feather", "down", "mere", "thwaite", "holt", "combe", "fen", "garth", "shaw", "dell", "croft", "hythe",
    "lea", "stow", "beck", "moor", "gate", "rigg", "scar", "tarn", "wold", "haugh", "knoll",
)  # fmt: skip
_THINGS = (
    "Lantern", "Teapot", "Button", "Gimlet", "Bellows", "Sundial", "Whistle", "Anvil", "Marble", "Pinwheel", "Cobbler",
    "Turnip", "Abacus", "Compass", "Trellis", "Bobbin", "Hammock", "Kazoo", "Monocle", "Parasol", "Quoits", "Samovar",
    "Tambourine", "Weathercock", "Yodel", "Zither", "Doorknob", "Galosh", "Haystack", "Inkwell", "Jigsaw",
)  # fmt: skip
_TRADES = (
    "Robotics", "Foods", "Telephone", "Textiles", "Biologics", "Railways", "Software", "Minerals", "Ceramics", "Energy",
    "Airlines", "Pharmaceuticals", "Semiconductors", "Insurance", "Shipping", "Toys", "Paper",
)  # fmt: skip
_ISSUER_FORMS = (", Inc.", " Corporation", " plc", ", N.V.", " Corp.", " Ltd.", " Holdings, Inc.")
_GIVEN = (
    "Ada", "Bela", "Cora", "Dan", "Edda", "Fenn", "Gerta", "Hollis", "Ines", "Jonas", "Kaya", "Ludo", "Mira", "Nils",
    "Orla", "Piet", "Rhea", "Sami", "Tilda", "Ugo", "Vera", "Wim", "Xenia", "Yara", "Zeno", "Anselm", "Britta",
    "Casimir", "Dorit", "Emil", "Frieda", "Gideon",
)  # fmt: skip
_FAMILY_FIRST = ("Mock", "Sample", "Faux", "Test", "Feign", "Sham", "Dummy", "Pseudo", "Invent", "Placebo", "Notreal",
                 "Madeup", "Fable", "Figment", "Phantas", "Make")  # fmt: skip
_FAMILY_LAST = ("well", "by", "ley", "son", "ton", "berg", "mann", "ini", "ovic", "sen", "wright", "ford", "ham",
                "stein", "quist", "dottir", "ette", "er", "kin")  # fmt: skip
_INITIALS = tuple(f"{letter}." for letter in "BCDEFGHJKLMNPQRSTVWZ")
_STRIDE = 2_147_483_647
_NUMERALS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


def numeral(number: int) -> str:
    """Return 1 to 12 as a Roman numeral."""
    return _NUMERALS[number - 1]


def sponsor(number: int) -> str:
    """Return the word that all companies of a sponsor share."""
    (first, last), more = _choose(number, _FIRST, _LAST)
    return first + last + (f" {_THINGS[(more - 1) % len(_THINGS)]}" if more else "")


def issuer(number: int) -> str:
    """Return a listed company's name."""
    (thing, trade, form), more = _choose(number, _THINGS, _TRADES, _ISSUER_FORMS)
    return (f"{sponsor(more)} " if more else "") + f"{thing} {trade}{form}"


def person(number: int) -> str:
    """Return a human's name."""
    (given, first, last, middle), more = _choose(number, _GIVEN, _FAMILY_FIRST, _FAMILY_LAST, _INITIALS)
    return f"{given} {middle} {first}{last}" + (f"-{sponsor(more)}" if more else "")


def _choose(number: int, *parts: Sequence[str]) -> tuple[list[str], int]:
    """Return one of each part, a different choice for each number, and how often all choices were used up."""
    more, left = divmod(number, prod(map(len, parts)))
    left = left * _STRIDE % prod(map(len, parts))  # a prime, so neighbours look unlike and none meets another
    found = []
    for part in parts:
        left, at = divmod(left, len(part))
        found.append(part[at])
    return found, more
