"""What the user reads in the terminal: findings with their line, a build's summary, the rules, how a file was read."""

import textwrap
from collections.abc import Callable, Iterator
from urllib.parse import quote

import msgspec

from sitegen import __version__
from sitegen.build import Result
from sitegen.model.findings import RULES, Finding, Rule
from sitegen.model.text import Lines

_WIDTH = 100
_LEVELS = {"error": "error", "warning": "warning", "note": "notice"}


class Located(msgspec.Struct, frozen=True):
    """A finding, the file that it is about, and the text that it was read from."""

    path: str
    finding: Finding
    lines: Lines | None
    exact: bool = False
    """Whether the text's lines are the file's own: not where the text was derived from HTML, XML or PDF."""
    reason: str | None = None
    """Why the settings silence it; None when they do not."""

    @property
    def range(self) -> tuple[int, int] | None:
        """First and last line, inclusive."""
        span = self.finding.span
        return self.lines.range(span) if self.lines is not None and span is not None else None


def findings_text(found: list[Located]) -> Iterator[str]:
    """Yield findings as a compiler would print them: place, severity, code, message, the line and a caret."""
    standing = [one for one in found if one.reason is None]
    for one in standing:
        where = one.range
        place = one.path
        if where:
            place += f":{where[0]}" if one.exact else f", line {where[0]} of its text"
        yield f"{place}: {one.finding.severity} {one.finding.code}: {one.finding.message}"
        if where and one.lines is not None and one.finding.span is not None:
            line = one.lines.span(where[0])
            text = one.lines.get(where[0])
            start = one.finding.span.start - line.start
            width = max(1, min(one.finding.span.end, line.end) - one.finding.span.start)
            yield f"    {text.expandtabs()[:_WIDTH].rstrip()}"
            column = len(text[:start].expandtabs())
            if column < _WIDTH:
                yield f"    {' ' * column}{'^' * min(width, _WIDTH - column)}"
    yield summary([one.finding for one in standing], len(found) - len(standing))


def summary(findings: list[Finding], silenced: int = 0) -> str:
    """Return how many findings there are of each severity, and how many more are silenced."""
    counts = [(sum(1 for found in findings if found.severity == level), level) for level in _LEVELS]
    said = [f"{count} {level}{'' if count == 1 else 's'}" for count, level in counts if count]
    return (", ".join(said) or "no findings") + (f"; {silenced} silenced" if silenced else "")


def findings_json(found: list[Located]) -> Iterator[str]:
    """Yield findings as a JSON array; `silenced` is the reason, null where a finding stands."""
    rows = [
        {
            "path": one.path,
            "code": one.finding.code,
            "severity": one.finding.severity,
            "message": one.finding.message,
            "lines": one.range,
            "silenced": one.reason,
        }
        for one in found
    ]
    yield msgspec.json.format(msgspec.json.encode(rows), indent=2).decode()


def findings_github(found: list[Located]) -> Iterator[str]:
    """Yield findings as workflow commands, which GitHub shows beside the lines of a pull request."""
    for one in found:
        if one.reason is not None:
            continue
        where = one.range
        lines = f",line={where[0]},endLine={where[1]}" if where and one.exact else ""
        place = _escaped(one.path).replace(":", "%3A").replace(",", "%2C")
        title = f"{one.finding.code} {RULES[one.finding.code].title}"
        yield f"::{_LEVELS[one.finding.severity]} file={place}{lines},title={title}::{_escaped(one.finding.message)}"


def findings_sarif(found: list[Located]) -> Iterator[str]:
    """Yield findings as a SARIF 2.1.0 log, which code scanners and editors read; its levels are our severities."""
    codes = sorted({one.finding.code for one in found})
    driver = {
        "name": "sitegen",
        "version": __version__,
        "rules": [_sarif_rule(RULES[code]) for code in codes],
    }
    results = [_sarif_result(one, codes.index(one.finding.code)) for one in found]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    log = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}
    yield msgspec.json.format(msgspec.json.encode(log), indent=2).decode()


def _sarif_rule(rule: Rule) -> dict[str, object]:
    return {
        "id": rule.code,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": rule.meaning},
        "help": {"text": rule.settle or "Nothing is to be done."},
        "defaultConfiguration": {"level": rule.severity},
    }


def _sarif_result(one: Located, rule: int) -> dict[str, object]:
    place: dict[str, object] = {"artifactLocation": {"uri": quote(one.path)}}
    message = one.finding.message
    span = one.finding.span
    if span is not None and one.lines is not None:
        first, last = one.lines.range(span)
        if one.exact:
            place["region"] = {
                "startLine": first,
                "startColumn": span.start - one.lines.span(first).start + 1,
                "endLine": last,
                "endColumn": min(span.end, one.lines.span(last).end) - one.lines.span(last).start + 1,
            }
        else:
            message = f"{message} (Line {first} of the text that was derived from the file.)"
    return {
        "ruleId": one.finding.code,
        "ruleIndex": rule,
        "level": one.finding.severity,
        "message": {"text": message},
        "locations": [{"physicalLocation": place}],
        "suppressions": [] if one.reason is None else [{"kind": "external", "justification": one.reason}],
    }


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


PRINTERS: dict[str, Callable[[list[Located]], Iterator[str]]] = {
    "text": findings_text,
    "json": findings_json,
    "github": findings_github,
    "sarif": findings_sarif,
}
"""Forms that `sitegen check` prints findings in."""


def rule_text(code: str) -> str:
    """Return what a finding code means and how to settle it."""
    rule = RULES[code]
    accepted = "To accept it as it is, silence it for the file, with a reason, by an entry [[silence]] of the settings."
    if "left out of the site" in rule.meaning:
        accepted += " That reads nothing: the file stays left out."
    parts = [
        f"{rule.code} ({rule.severity}): {rule.title}",
        rule.meaning,
        rule.settle,
        accepted if rule.silenceable else "It cannot be silenced.",
    ]
    return "\n".join(textwrap.fill(part, _WIDTH) for part in parts if part)


def rules_list() -> Iterator[str]:
    """Yield all finding codes, a line each."""
    for rule in RULES.values():
        yield f"{rule.code}  {rule.severity:8}{rule.title}"


def causes_text(result: Result) -> Iterator[str]:
    """Yield why each file was written or removed, in that order."""
    for path, cause in result.causes:
        yield f"{path}: {cause}"


def result_text(result: Result, output: str) -> Iterator[str]:
    """Yield a build's summary."""
    counts = result.counts
    noted = [f"{number} {level}{'' if number == 1 else 's'}" for level, number in counts.findings.items() if number]
    yield (
        f"{_many(counts.agreements, 'agreement')}, {_many(counts.parties, 'party', 'parties')}, "
        f"{_many(counts.signers, 'signer')}, {_many(counts.issuers, 'issuer')}; "
        f"{_many(counts.blocks, 'signature block')}."
    )
    silenced = f"; {counts.silenced:,} silenced" if counts.silenced else ""
    yield f"Findings: {', '.join(noted) if noted else 'none'}{silenced}."
    yield f"{_many(result.pages, 'page')} in {output}: {result.written} files written, {result.removed} removed."
    if result.postponed:
        yield "Another change came first: pages of the whole site follow."
    for remark in result.remarks:
        yield f"Note: {remark}"


def _many(number: int, noun: str, plural: str = "") -> str:
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"
