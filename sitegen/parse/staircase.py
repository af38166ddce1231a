"""The By: lines between a header and its mark: which words go on in the next line, which mark signs a staircase."""

import msgspec

from sitegen.model.name import fold_key
from sitegen.parse import offices
from sitegen.parse.drafts import Draft, Step, continues, of_trust
from sitegen.parse.names import is_form
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
    formed = is_form(step.words.text.rsplit(maxsplit=1)[-1])
    return hangs or not (stated or formed) or is_form(text.split(maxsplit=1)[0])


def names_one(step: str, company: str) -> bool:
    """Say whether a stair's words begin with the name of the company that signs."""
    stated = offices.stated_capacity(step), offices.stated_capacity(company)
    names = [text[: found.name_end] if found else text for found, text in zip(stated, (step, company), strict=True)]
    return bool(names[1]) and fold_key(names[0].rstrip(" ,")) == fold_key(names[1].rstrip(" ,"))


def signed_with(earlier: Draft, draft: Draft) -> Draft:
    """Return a header and its staircase with another draft's mark."""
    return msgspec.structs.replace(
        draft, heads=earlier.heads, steps=earlier.steps, lead_date=earlier.lead_date, start=earlier.start, after=None
    )


__all__ = ["goes_on", "names_one", "role", "signed_with"]
