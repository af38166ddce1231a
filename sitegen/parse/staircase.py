"""The By: lines between a header and its mark: which words go on in the next line, which mark signs a staircase."""

from collections.abc import Sequence

import msgspec

from sitegen.model.name import NameKey, fold_key
from sitegen.parse import offices
from sitegen.parse.drafts import Draft, Step, continues, of_trust
from sitegen.parse.names import ends_in_form, is_form
from sitegen.parse.signatures import Words


def role(step: Step) -> Words:
    """Return the capacity that a nameless By: line states: `By its General Partner`."""
    return step.words.cut(*(offices.capacity_alone(step.words.text) or (0, None)))


def goes_on(step: Step, text: str, *, hangs: bool, stated: bool) -> bool:
    """Say whether a By: line's entity or its capacity goes on in the line below."""
    if (continues(text) or of_trust(text)) and (step.capacity is None or stated):
        return True
    if step.capacity is not None:
        return False
    formed = ends_in_form(step.words.text)
    return hangs or not (stated or formed) or is_form("".join(text.split(maxsplit=1)[:1]))


def standing_for(waiting: Sequence[Draft], draft: Draft) -> list[bool]:
    """Say of each staircase without a mark whether a mark below signs it: it ends at the company that signs.

    Or at one whose own staircase stands here too and ends there.
    """
    if not draft.steps and len(draft.heads) > 1:  # a stack of parties over one mark
        return [True] * len(waiting)
    ending: dict[NameKey | None, list[int]] = {}
    for at, one in enumerate(waiting):
        ending.setdefault(_name(one.steps[-1].words.text), []).append(at)
    ending.pop(None, None)
    signing = list(map(_name, [draft.steps[-1].words.text] if draft.steps else _heads(draft)))
    found = [False] * len(waiting)
    while signing:
        for at in ending.pop(signing.pop(), ()):
            found[at] = True
            signing += map(_name, _heads(waiting[at])[-1:])
    return found


def _heads(draft: Draft) -> list[str]:
    return [head.text for head in draft.heads]


def _name(text: str) -> NameKey | None:
    stated = offices.stated_capacity(text)
    bare = (text[: stated.name_end] if stated else text).rstrip(" ,")
    return fold_key(bare) if bare else None


def signed_with(earlier: Draft, draft: Draft) -> Draft:
    """Return a header and its staircase with another draft's mark."""
    return msgspec.structs.replace(
        draft,
        heads=earlier.heads,
        steps=earlier.steps,
        lead_date=earlier.lead_date,
        start=min(earlier.start, draft.start),  # its column may stand behind the mark's in the text
        end=max(earlier.end, draft.end),
        after=None,
    )


__all__ = ["goes_on", "role", "signed_with", "standing_for"]
