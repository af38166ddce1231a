"""The editor's sidecar, `FILE.toml` beside an exhibit: what the exhibit does not say, and corrections of a misreading.

Everything from here is the editor's word: its basis is `editor`, it is never shown as stated, and a correction carries
its reason, by whom and when. An entry that no longer fits the text is a finding, and is left out.
"""

import datetime as dt
from collections.abc import Callable

import msgspec

from sitegen.model.agreement import Agreement, Edit, IssuerMention, SignatureBlock
from sitegen.model.findings import Finding
from sitegen.model.name import fold_space, key
from sitegen.model.text import Basis, Fact, Filing, SourceDocument, Span

_NOWHERE = Span(0, 0)
"""An editor's fact stands on no line of the exhibit."""
PLAIN_FACTS = ("title", "exhibit", "date", "issuer", "securities", "cusip", "schedule", "amendment")
"""Facts of the whole agreement that a correction may set or suppress."""
BLOCK_FACTS = ("signer", "signer_title", "signed_date")
"""Facts of one signature block, named by `block` = its number in the dossier."""
LISTED_FACTS = ("party", "alias", "rule", "block")
"""Facts of a list, which a correction may suppress by their value (`block` by its number)."""
_SCHEDULES = frozenset({"13D", "13G", "both"})
_WEB = "https://"
_DATE = "%Y-%m-%d"


class Correction(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One `[[set]]` or `[[suppress]]`."""

    fact: str
    reason: str
    by: str
    date: dt.date
    value: str | None = None
    """What holds instead (`set`); which item of a list is meant (`suppress`)."""
    was: str | None = None
    """What was read when the correction was written: when the reading changes, the correction no longer fits."""
    block: int | None = None
    """Number of the signature block in the dossier, from 1."""
    agreement: int | None = None
    """Number of the agreement in a file that holds several, from 1."""


class Sidecar(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"edits": "set"}):
    """What `FILE.toml` may hold."""

    accession: str | None = None
    filed: dt.date | None = None
    form: str | None = None
    issuer: str | None = None
    issuer_cik: str | None = None
    edgar_url: str | None = None
    ciks: dict[str, str] = {}
    """CIK by a party's name."""
    edits: tuple[Correction, ...] = ()
    suppress: tuple[Correction, ...] = ()


def read_sidecar(name: str, data: bytes) -> tuple[Sidecar, tuple[Finding, ...]]:
    """Read a sidecar; one that cannot be understood says nothing, and a finding says why."""
    try:
        sidecar = msgspec.toml.decode(data, type=Sidecar)
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        return Sidecar(), (Finding("SG321", f"{name} was left out: {str(error).rstrip('.')}."),)
    if sidecar.edgar_url and not sidecar.edgar_url.startswith(_WEB):
        message = f"{name}: edgar_url was left out: {sidecar.edgar_url!r} does not begin with {_WEB}."
        return msgspec.structs.replace(sidecar, edgar_url=None), (Finding("SG321", message),)
    return sidecar, ()


def apply(
    sidecar: Sidecar, document: SourceDocument, agreement: Agreement, ordinal: int, of: int
) -> tuple[SourceDocument, Agreement]:
    """Return the document and agreement with the editor's words in them; `ordinal` of `of` agreements in the file."""
    findings: list[Finding] = []
    agreement = _supply(sidecar, agreement, findings)
    for table, change in ((sidecar.edits, _set), (sidecar.suppress, _suppress)):
        for correction in table:
            if correction.agreement is None and of > 1:
                findings.append(_unfit(correction, "say which agreement of the file is meant, agreement = 1"))
            elif correction.agreement in {None, ordinal + 1}:
                agreement = _correct(agreement, correction, change, findings)
    if findings:
        agreement = msgspec.structs.replace(agreement, findings=agreement.findings + tuple(findings))
    return _filed(sidecar, document), agreement


def _editors(value: str) -> Fact:
    return Fact(fold_space(value), _NOWHERE, Basis.EDITOR)


def _filed(sidecar: Sidecar, document: SourceDocument) -> SourceDocument:
    """Add what the sidecar says of the filing; what a header says stays."""
    filing = document.filing or Filing()
    known = msgspec.structs.replace(
        filing,
        accession=filing.accession or (_editors(sidecar.accession) if sidecar.accession else None),
        form=filing.form or (_editors(sidecar.form) if sidecar.form else None),
        filed=filing.filed or (_editors(sidecar.filed.isoformat()) if sidecar.filed else None),
        url=_editors(sidecar.edgar_url) if sidecar.edgar_url else None,
    )
    return document if known == Filing() else msgspec.structs.replace(document, filing=known)


def _supply(sidecar: Sidecar, agreement: Agreement, findings: list[Finding]) -> Agreement:
    """Add issuer and CIKs that the exhibit does not say; where it does, the exhibit stays and a finding tells."""
    issuer = agreement.issuer
    if sidecar.issuer and issuer is None:
        issuer = IssuerMention(_editors(sidecar.issuer))
    elif sidecar.issuer and issuer and key(sidecar.issuer) != key(issuer.name.value):
        findings.append(_conflict("issuer", sidecar.issuer, issuer.name.value))
    if sidecar.issuer_cik and issuer:
        if issuer.cik is None:
            issuer = msgspec.structs.replace(issuer, cik=_editors(sidecar.issuer_cik.zfill(10)))
        elif issuer.cik.value != sidecar.issuer_cik.zfill(10):
            findings.append(_conflict("issuer_cik", sidecar.issuer_cik, issuer.cik.value))
    parties = list(agreement.parties)
    for name, cik in sidecar.ciks.items():
        places = [index for index, party in enumerate(parties) if key(party.name.value) == key(name)]
        if len(places) != 1:
            message = f"The sidecar gives a CIK to {name!r}, which is the name of {len(places)} parties."
            findings.append(Finding("SG322", message))
        elif parties[places[0]].cik is None:
            parties[places[0]] = msgspec.structs.replace(parties[places[0]], cik=_editors(cik.zfill(10)))
    return msgspec.structs.replace(agreement, issuer=issuer, parties=tuple(parties))


def _conflict(fact: str, theirs: str, ours: str) -> Finding:
    message = f"The sidecar says {fact} is {theirs!r}; the exhibit says {ours!r}, which stays."
    return Finding("SG322", message)


def _unfit(correction: Correction, why: str) -> Finding:
    return Finding("SG322", f"The correction of {correction.fact} by {correction.by} was left out: {why}.")


_Change = Callable[[Agreement, Correction], Agreement | str]
"""Gives the corrected agreement, or why the correction does not fit."""


def _correct(agreement: Agreement, correction: Correction, change: _Change, findings: list[Finding]) -> Agreement:
    changed = change(agreement, correction)
    if isinstance(changed, str):
        findings.append(_unfit(correction, changed))
        return agreement
    edit = Edit(
        fact=correction.fact,
        value=None if change is _suppress else correction.value,
        was=correction.was or (correction.value if change is _suppress else None),
        block=correction.block,
        reason=correction.reason,
        by=correction.by,
        date=correction.date.strftime(_DATE),
    )
    return msgspec.structs.replace(changed, edits=(*agreement.edits, edit))


def _now(agreement: Agreement, fact: str) -> Fact | None:
    if fact == "issuer":
        return agreement.issuer.name if agreement.issuer else None
    found: Fact | None = getattr(agreement, fact)
    return found


def _differs(correction: Correction, now: Fact | None) -> str:
    """Say why a correction no longer fits what is read; empty when it does."""
    if correction.was is None or (now and fold_space(correction.was) == now.value):
        return ""
    return f"it corrects {correction.was!r}, but the exhibit is now read as {now.value if now else 'saying nothing'!r}"


def _set(agreement: Agreement, correction: Correction) -> Agreement | str:
    value = correction.value
    if not value or not value.strip():
        return "it has no value"
    if correction.fact in BLOCK_FACTS:
        return _change_block(agreement, correction, _editors(value))
    if correction.fact not in PLAIN_FACTS:
        return f"only {', '.join((*PLAIN_FACTS, *BLOCK_FACTS))} can be set"
    why = _differs(correction, _now(agreement, correction.fact)) or _unusable(correction.fact, value)
    if why:
        return why
    if correction.fact == "issuer":
        return msgspec.structs.replace(agreement, issuer=IssuerMention(_editors(value)))
    return msgspec.structs.replace(agreement, **{correction.fact: _editors(value)})


def _unusable(fact: str, value: str) -> str:
    if fact == "schedule" and value not in _SCHEDULES:
        return "a schedule is 13D, 13G or both"
    if fact == "date" and not any(_is_date(value, form) for form in (_DATE, "%Y-%m", "%Y")):
        return "a date is written 2003-11-17, 2003-11 or 2003"
    return ""


def _is_date(value: str, form: str) -> bool:
    try:
        return dt.datetime.strptime(value, form).strftime(form) == value  # noqa: DTZ007 -- a day has no zone
    except ValueError:
        return False


def _change_block(agreement: Agreement, correction: Correction, value: Fact | None) -> Agreement | str:
    index = (correction.block or 0) - 1
    if not 0 <= index < len(agreement.blocks):
        return f"block must be a number from 1 to {len(agreement.blocks)}"
    name = {"signer": "signer", "signer_title": "title", "signed_date": "signed"}[correction.fact]
    block = agreement.blocks[index]
    why = _differs(correction, getattr(block, name))
    if why:
        return why
    blocks = list(agreement.blocks)
    blocks[index] = msgspec.structs.replace(block, **{name: value})
    return msgspec.structs.replace(agreement, blocks=tuple(blocks))


def _suppress(agreement: Agreement, correction: Correction) -> Agreement | str:
    if correction.fact in PLAIN_FACTS:
        now = _now(agreement, correction.fact)
        if now is None:
            return "the exhibit is read as saying none"
        return _differs(correction, now) or msgspec.structs.replace(agreement, **{correction.fact: None})
    if correction.fact in BLOCK_FACTS:
        return _change_block(agreement, correction, None)
    if correction.fact not in LISTED_FACTS:
        return f"only {', '.join((*PLAIN_FACTS, *BLOCK_FACTS, *LISTED_FACTS))} can be suppressed"
    changed = {"party": _without_party, "alias": _without_alias, "rule": _without_rule, "block": _without_block}[
        correction.fact
    ](agreement, correction)
    return "nothing of that value is read" if changed is None else changed


def _without_block(agreement: Agreement, correction: Correction) -> Agreement | None:
    index = (correction.block or 0) - 1
    if not 0 <= index < len(agreement.blocks):
        return None
    return msgspec.structs.replace(agreement, blocks=agreement.blocks[:index] + agreement.blocks[index + 1 :])


def _without_rule(agreement: Agreement, correction: Correction) -> Agreement | None:
    rules = tuple(rule for rule in agreement.rules if rule.value != correction.value)
    return None if rules == agreement.rules else msgspec.structs.replace(agreement, rules=rules)


def _without_alias(agreement: Agreement, correction: Correction) -> Agreement | None:
    parties = tuple(
        msgspec.structs.replace(
            party, aliases=tuple(alias for alias in party.aliases if alias.value != correction.value)
        )
        for party in agreement.parties
    )
    return None if parties == agreement.parties else msgspec.structs.replace(agreement, parties=parties)


def _without_party(agreement: Agreement, correction: Correction) -> Agreement | None:
    """Take out a name that is no party; what resolved to it stands as printed."""
    gone = next((at for at, party in enumerate(agreement.parties) if party.name.value == correction.value), None)
    if gone is None:
        return None

    def moved(index: int | None) -> int | None:
        return None if index is None or index == gone else index - (index > gone)

    def renumbered(block: SignatureBlock) -> SignatureBlock:
        chain = tuple(msgspec.structs.replace(link, party=moved(link.party)) for link in block.chain)
        return msgspec.structs.replace(
            block, party=moved(block.party), chain=chain, title_party=moved(block.title_party)
        )

    return msgspec.structs.replace(
        agreement,
        parties=agreement.parties[:gone] + agreement.parties[gone + 1 :],
        terms=tuple(msgspec.structs.replace(term, party=moved(term.party)) for term in agreement.terms),
        blocks=tuple(renumbered(block) for block in agreement.blocks),
    )
