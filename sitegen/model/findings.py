"""Findings: problems as values, and the table of codes. A published code keeps its meaning."""

import msgspec

from sitegen.model.text import Span


class Rule(msgspec.Struct, frozen=True):
    """What a finding code means and how to settle it (`sitegen rules CODE`)."""

    code: str
    severity: str
    """`error`, `warning` or `note`."""
    title: str
    meaning: str
    """Why it is raised, and what sitegen did about it."""
    settle: str
    """What a person can do; empty when nothing is to be done."""


class Finding(msgspec.Struct, frozen=True, omit_defaults=True):
    """One problem or remark. Line numbers and printing come at report time."""

    code: str
    message: str
    """What and where, in plain words, ending in a full stop."""
    span: Span | None = None
    """Where in the agreement's text, when it has a place there."""

    @property
    def severity(self) -> str:
        """Severity of the code."""
        return RULES[self.code].severity


_TABLE = (
    Rule(
        "SG101",
        "warning",
        "Empty file",
        "The file holds no text at all. It was left out of the site.",
        "Put the exhibit's text into the file, or remove it.",
    ),
    Rule(
        "SG102",
        "warning",
        "Not a text",
        "The file's bytes are not text in any encoding that EDGAR uses. It was left out of the site.",
        "Check that the file was saved as text, HTML or XML; a PDF needs the ending .pdf.",
    ),
    Rule(
        "SG103",
        "note",
        "Encoding found by its bytes",
        "The file is not UTF-8; the encoding named in the message fits all its bytes and was used.",
        "Nothing is to be done unless letters look wrong: then save the file as UTF-8.",
    ),
    Rule(
        "SG104",
        "warning",
        "File too large",
        "The file is larger than sitegen reads. It was left out of the site.",
        "Cut the exhibit out of the submission and save it alone.",
    ),
    Rule(
        "SG105",
        "note",
        "Not an exhibit",
        "The file's ending is not one that sitegen reads (.txt, .htm, .html, .nc, .xml). It was left out of the site.",
        "Rename it if it is an exhibit; else move it out of content/.",
    ),
    Rule(
        "SG106",
        "error",
        "File cannot be read",
        "The operating system refused to give the file's bytes. It was left out of the site.",
        "Check the file's permissions and that it still exists.",
    ),
    Rule(
        "SG107",
        "warning",
        "Too many documents in one submission",
        "The submission holds more documents than sitegen reads. Those after the limit were left out of the site.",
        "Save the documents that matter alone.",
    ),
    Rule(
        "SG108",
        "warning",
        "Too many table cells",
        "The document has more table cells than are told apart, so columns near its end may read as one. Real filings "
        "do not come near the limit.",
        "Check the signature blocks against the source, or cut the exhibit out of the document.",
    ),
    Rule(
        "SG108",
        "warning",
        "Too many table cells",
        "The document has more table cells than are told apart, so columns near its end may read as one. Real filings "
        "do not come near the limit.",
        "Check the signature blocks against the source, or cut the exhibit out of the document.",
    ),
    Rule(
        "SG108",
        "warning",
        "Too many table cells",
        "The document has more table cells than are told apart, so columns near its end may read as one. Real filings "
        "do not come near the limit.",
        "Check the signature blocks against the source, or cut the exhibit out of the document.",
    ),
    Rule(
        "SG108",
        "warning",
        "Too many table cells",
        "The document has more table cells than are told apart, so columns near its end may read as one. Real filings "
        "do not come near the limit.",
        "Check the signature blocks against the source, or cut the exhibit out of the document.",
    ),
    Rule(
        "SG201",
        "note",
        "No joint filing agreement here",
        "Nothing in the file reads as an agreement to file jointly. No dossier was made.",
        "Nothing, if that is right; else see how the file was read with `sitegen show FILE`.",
    ),
    Rule(
        "SG502",
        "note",
        "Text changed after publication",
        "The agreement's address was published with another text; links to its lines may now show other words.",
        "Nothing, if the change is a correction: git holds the earlier text. Else restore the file.",
    ),
)

RULES: dict[str, Rule] = {rule.code: rule for rule in _TABLE}
"""All finding codes, in order of code."""
