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
    silenceable: bool = True
    """Whether the settings may silence it. Not what breaks an address or stops a build, nor what is about silencing."""


class Finding(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
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
        "The file's ending is not one that sitegen reads (.txt, .htm, .html, .nc, .xml, .pdf). It was left out of the "
        "site.",
        "Rename it if it is an exhibit; else move it out of content/.",
    ),
    Rule(
        "SG106",
        "error",
        "File cannot be read",
        "The operating system refused to give the file's bytes, or ended the process that parsed it, twice. It was "
        "left out of the site.",
        "Check the file's permissions and that it still exists; of a process that ended, whether memory ran short.",
    ),
    Rule(
        "SG107",
        "warning",
        "Too much in one submission",
        "The submission holds more documents, or a longer header, than sitegen reads. What is beyond was left out of "
        "the site.",
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
        "SG109",
        "warning",
        "XML with a document type",
        "The XML declares a document type or entities, which EDGAR's never does and which can swell a small file "
        "beyond any memory. It was left out of the site.",
        "Get the file from EDGAR again.",
    ),
    Rule(
        "SG110",
        "warning",
        "Not a readable Schedule 13D or 13G",
        "The XML is broken, is another kind of filing than a structured Schedule 13D or 13G, or has far more fields "
        "than any filing's. It was left out of the site: half a schedule could say something wrong of a person.",
        "Get the file from EDGAR again, or move it out of content/.",
    ),
    Rule(
        "SG111",
        "warning",
        "PDF reader not installed",
        "The file is a PDF, and PDFs are read by an extra that is not installed. It was left out of the site.",
        "Install it with: pip install 'sitegen[pdf]'.",
    ),
    Rule(
        "SG112",
        "warning",
        "PDF cannot be read",
        "The PDF is encrypted, broken, a scan without text, or larger than any exhibit. It was left out of the site.",
        "Use the exhibit's text or HTML from EDGAR instead.",
    ),
    Rule(
        "SG201",
        "note",
        "No joint filing agreement here",
        "Nothing in the file reads as an agreement to file jointly. No dossier was made. Where the text speaks of one, "
        "its words are given.",
        "Nothing where one person files; else store the exhibit that the words name.",
    ),
    Rule(
        "SG202",
        "warning",
        "More than sitegen reads",
        "The file holds an agreement or a schedule far longer than any filing's, or far more agreements. What the "
        "message names was left out of the site.",
        "Cut the exhibit out of the file and save it alone.",
    ),
    Rule(
        "SG203",
        "warning",
        "Several file together without an agreement",
        "The filing names several reporting persons, and the file neither holds a joint filing agreement nor speaks of "
        "one. Rule 13d-1(k)(1)(iii) has them agree in writing that the statement is filed on behalf of each. No "
        "dossier was made.",
        "Look for the agreement among the filing's exhibits, or in the filing that this one amends.",
    ),
    Rule(
        "SG301",
        "note",
        "No date",
        "The agreement prints no date of its own, or its signatures bear different ones. None was put in its place.",
        "State the date in the exhibit's .toml file if another source gives it.",
    ),
    Rule(
        "SG302",
        "note",
        "No issuer named",
        "Neither the agreement nor a filing header or cover names the company whose securities are reported.",
        "State the issuer in the exhibit's .toml file.",
    ),
    Rule(
        "SG303",
        "note",
        "No schedule named",
        "Neither the agreement nor a filing header says whether Schedule 13D or 13G is filed. An agreement on any "
        "filing under Section 13 names none on purpose, and raises nothing.",
        "Nothing, or state the schedule in the exhibit's .toml file.",
    ),
    Rule(
        "SG304",
        "note",
        "Which filing is meant",
        "The text dates a filing without naming it. No filing was taken to be the one that is meant.",
        "Look the date up in the issuer's filings on EDGAR.",
    ),
    Rule(
        "SG305",
        "note",
        "No EDGAR identifiers",
        "The filing's header gives no accession number, so no address at the SEC can be made of it. An exhibit that "
        "was stored without a header raises nothing: its dossier says what is not in it.",
        "State the accession number in the exhibit's .toml file, or store the whole submission.",
    ),
    Rule(
        "SG306",
        "warning",
        "Agreement and header name different issuers",
        "The issuer that the agreement names shares no word with the subject company of the filing's header. "
        "The agreement's was kept, without a CIK.",
        "Check whether the issuer was renamed or the wrong exhibit was filed.",
    ),
    Rule(
        "SG307",
        "warning",
        "Rule that does not exist",
        "The agreement cites a rule that Regulation 13D-G (17 CFR 240.13d-1 to 13d-102) does not have, or a paragraph "
        "that the rule never had. The citation is shown as printed.",
        "Joint filings stand in Rule 13d-1(k)(1); before the agreement is filed, mend the citation.",
    ),
    Rule(
        "SG308",
        "warning",
        "Rule of another time",
        "Release 34-39538 moved joint filings from Rule 13d-1(f)(1) to Rule 13d-1(k)(1), effective February 17, 1998. "
        "The agreement cites the one that did not hold on its day. The citation is shown as printed.",
        "Before it is filed, cite Rule 13d-1(k)(1). In a filed agreement the words were copied from an older one, or "
        "the date was misread: look at it in the source.",
    ),
    Rule(
        "SG309",
        "warning",
        "A second issuer",
        "The agreement is about the securities of one company, and in another sentence of those of a company of "
        "another name: words may have been left from another agreement. The first was taken as the issuer.",
        "Check which company is meant; a sidecar file can state the issuer.",
    ),
    Rule(
        "SG310",
        "warning",
        "Date that no calendar has",
        "The agreement prints a day that its month does not have. It was not read as a date.",
        "Look for the right day in the filing; a sidecar file can state the date.",
    ),
    Rule(
        "SG311",
        "note",
        "Block without printed name or title",
        "Under the signature mark for a company stands neither a printed name nor a title. The signer is the name in "
        "the mark, and nothing says as what.",
        "Nothing, if the exhibit is so; else check whether lines were lost when it was saved.",
    ),
    Rule(
        "SG312",
        "warning",
        "Signature not read",
        "A signature mark stands where no party could be told from the lines around it. No block was made of it.",
        "See how the page was read with `sitegen show FILE`; a sidecar file can say who signed for whom.",
    ),
    Rule(
        "SG313",
        "warning",
        "Dated after it was filed",
        "The agreement, or a signature, bears a date later than the day on which the filing's header says it was "
        "filed. Both are shown as printed.",
        "Check the year first: in January the old or the next one is soon written.",
    ),
    Rule(
        "SG314",
        "warning",
        "Signature of another time",
        "A signature bears a date more than 60 days from the agreement's own. Both are shown as printed.",
        "Check whether the signature page belongs to another agreement, or a year is wrong.",
    ),
    Rule(
        "SG315",
        "warning",
        "Schedule differs from the form filed",
        "The agreement speaks of another schedule, or of an amendment, than the form that the filing's header names. "
        "The agreement's words were kept.",
        "Check whether the exhibit of another filing was attached.",
    ),
    Rule(
        "SG316",
        "warning",
        "Name in the list of parties not read",
        "Among the parties that the text lists stand words that hold a company's form and could not be read as a name. "
        "The list may be longer than what was read.",
        "Compare the list in the exhibit with the parties shown.",
    ),
    Rule(
        "SG321",
        "error",
        "Sidecar not understood",
        "The TOML file beside the exhibit could not be read, so nothing of it was used.",
        "Mend the line or the setting that the message names; README.md lists what a sidecar may hold.",
    ),
    Rule(
        "SG322",
        "warning",
        "Editor's entry does not fit",
        "What the sidecar says does not fit what the exhibit says or how it is read. The exhibit stays as read.",
        "Look at the exhibit again, then mend the entry or take it out.",
    ),
    Rule(
        "SG401",
        "warning",
        "Party without a signature",
        "The agreement names this party, but none of the signature blocks is its own.",
        "Check whether a signature page is missing from the exhibit.",
    ),
    Rule(
        "SG402",
        "warning",
        "Signature of none of the parties",
        "A signature block's printed name is none of the parties that the agreement names, or could be two of them. "
        "The block stands as printed.",
        "Check the name; if it is a party's other name, say so in a sidecar file.",
    ),
    Rule(
        "SG403",
        "note",
        "Name spelled differently in its block",
        "The signature page prints a party's name otherwise than the agreement's text, beyond capitals and small "
        "letters. Both printings are shown; the party is the same. Names that differ in punctuation alone are told in "
        "one note.",
        "",
    ),
    Rule(
        "SG404",
        "note",
        "Title names another party",
        "The signer's title names another party than the one signed for. It is shown as printed and makes no link.",
        "",
    ),
    Rule(
        "SG405",
        "warning",
        "Company signed for by different people",
        "In one block one person signs for a company, in another block only someone else does.",
        "Check that both were authorized; two officers of one company may well be.",
    ),
    Rule(
        "SG406",
        "warning",
        "Power of attorney not in the exhibit",
        "Someone signs as attorney-in-fact, and the filing neither holds the power of attorney, as far as it is stored "
        "here, nor does the exhibit say where it is filed.",
        "Look for the power of attorney among the filing's other exhibits.",
    ),
    Rule(
        "SG407",
        "note",
        "Signs through an entity that is no party",
        "By: lines name entities that are not among the parties of the agreement. One note names them all; there is "
        "none in Schedules 13G, which do not ask who stands behind a filer.",
        "Nothing, unless an entity should have joined the filing: who acts for a holder may hold beneficially, too.",
    ),
    Rule(
        "SG408",
        "note",
        "Same agreement in two files",
        "Two files hold one agreement: word for word, or with the same date, parties and signers, and no other issuer. "
        "Each has its dossier; pages of names and indexes count it once. The note stands with the copies, not with the "
        "one that is counted.",
        "",
    ),
    Rule(
        "SG409",
        "warning",
        "One name, several CIKs",
        "Agreements give different CIKs to one printed name of a company: two companies may share it, or one CIK is "
        "wrong. They stand on one page.",
        "If they are two companies, say so with `sitegen separate`, naming the agreements.",
    ),
    Rule(
        "SG410",
        "warning",
        "Decision that does not fit",
        "An entry in identities.toml is about a name in this agreement, and the agreement does not hold the name. "
        "The entry changes nothing here.",
        "Mend the name or the agreement in the entry that the message names, or take it out.",
    ),
    Rule(
        "SG411",
        "warning",
        "Capacities that contradict",
        "A block states what an entity is to the one it signs for, and another block, a defined term or that one's "
        "legal form says otherwise: a partnership has a general partner, a limited liability company has members, a "
        "trust has a trustee. Each is shown as printed.",
        "Check the block's lines: the entity may sign for another one of the staircase, or the words may be wrong.",
    ),
    Rule(
        "SG502",
        "note",
        "Text changed after publication",
        "The agreement's address was published with another text; links to its lines may now show other words.",
        "Nothing, if the change is a correction: git holds the earlier text. Else restore the file.",
    ),
    Rule(
        "SG503",
        "error",
        "Address lost",
        "An address that the ledger of the named git revision holds is missing now: links to it would lead nowhere.",
        "Restore the lines of content/permalinks from that revision; lines are only ever added.",
        silenceable=False,
    ),
    Rule(
        "SG504",
        "error",
        "Address changed hands",
        "An address is held by another identity than at the named git revision: links to it would show someone else.",
        "Put the line of that revision before the others of the same address in content/permalinks.",
        silenceable=False,
    ),
    Rule(
        "SG601",
        "warning",
        "Page setting not understood",
        "A line in the front matter of one of the site's own pages is no known setting or has no usable value. "
        "The page was made without it.",
        "Write title, menu (true or false) and order (a whole number), one a line, between two lines of ---.",
    ),
    Rule(
        "SG602",
        "error",
        "Page name not usable",
        "The name of one of the site's own pages is an address that the site keeps for itself, or no address at all. "
        "The page was left out.",
        "Rename the file: small letters, digits and hyphens, and none of the site's own folders.",
    ),
    Rule(
        "SG603",
        "error",
        "Page not readable",
        "One of the site's own pages is not UTF-8 text. The page was left out.",
        "Save the file as UTF-8.",
    ),
    Rule(
        "SG604",
        "warning",
        "Silencing that fits nothing",
        "An entry of [[silence]] in the settings names a code and files, and no file that it names raises the code.",
        "Mend the path or the code of the entry, or take it out: what it silenced may be settled.",
        silenceable=False,
    ),
    Rule(
        "SG611",
        "error",
        "Link to no page",
        "A link in double brackets, in a note or a page of the editor's, names no page of the site, or lines that the "
        "agreement does not have. The site is not built: a reader would be sent astray.",
        "Write a name as an agreement prints it, a short name, an address such as parties/quillfeather-lp, or the end "
        "of an exhibit's path. `sitegen link NAME` finds addresses.",
        silenceable=False,
    ),
    Rule(
        "SG612",
        "error",
        "Link to several pages",
        "A link in double brackets could mean any of several pages. The site is not built: a guess could point at "
        "someone else.",
        "Write the address of the page that is meant; the message lists them.",
        silenceable=False,
    ),
    Rule(
        "SG613",
        "error",
        "Note of no page",
        "The name of a file in content/notes is the address of no page, so that the note would be lost. The site is "
        "not built.",
        "Name the file as the page's address is: content/notes/parties/SLUG.md for parties/SLUG/.",
        silenceable=False,
    ),
    Rule(
        "SG614",
        "error",
        "Note not understood",
        "A file in content/notes stands in no section's folder, is no UTF-8 text, or a line of its front matter is no "
        "known setting or has no usable value. The site is not built.",
        "Write title, author and date (2026-01-31), one a line, between two lines of ---; all may be left out.",
        silenceable=False,
    ),
)

RULES: dict[str, Rule] = {rule.code: rule for rule in sorted(_TABLE, key=lambda rule: rule.code)}
"""All finding codes, in order of code."""
