"""What one entity is to another: roles that a defined term names, and roles that exclude each other."""

import re

from sitegen.model.agreement import PartyMention
from sitegen.model.name import fold_key, key, split_form
from sitegen.model.text import Fact

_ROLE_TERM = re.compile(
    r"(?P<whose>.+?),?\s+(?P<role>general partner|managing member|sole member|managing general partner|manager|"
    r"investment manager|investment adviser|investment advisor|trustee)",
    re.IGNORECASE,
)
_KINDS = (("general partner", "partner"), ("member", "member"), ("trustee", "trustee"))
_COMPANIES = frozenset(("llc", "lc", "pllc", "inc", "corp", "na", "plc"))
_PARTNERSHIPS = frozenset(("lp", "lllp"))


def defined_role(principal: PartyMention, agent: PartyMention) -> tuple[str, Fact] | None:
    """Find a defined term of `agent` that names its role to `principal`: ("AOF General Partner") beside ("AOF")."""
    names = {fold_key(alias.value) for alias in principal.aliases}
    names |= {fold_key(principal.name.value), fold_key(split_form(principal.name.value)[0])}
    for alias in agent.aliases:
        found = _ROLE_TERM.fullmatch(alias.value)
        if found and fold_key(found["whose"].removeprefix("the ").removeprefix("The ")) in names:
            return found["role"].lower().replace("advisor", "adviser"), alias
    return None


def kind_of_role(role: str) -> str | None:
    """Return what a role makes of the other entity: a partnership, a company of members, a trust; else None."""
    return next((kind for words, kind in _KINDS if role.endswith(words)), None)


def exclude(one: str, other: str) -> bool:
    """Tell whether no entity has both roles to another: a general partner's is a partnership, a member's is none."""
    kinds = kind_of_role(one), kind_of_role(other)
    return None not in kinds and kinds[0] != kinds[1]


def unfit(role: str, name: str) -> bool:
    """Tell whether the legal form in a name has no such role: an LLC has no general partner, an L.P. no member."""
    form, kind = key(name).form, kind_of_role(role)
    return (kind == "partner" and form in _COMPANIES) or (kind == "member" and form in _PARTNERSHIPS)
