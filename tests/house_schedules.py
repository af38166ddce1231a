"""Structured Schedules 13D and 13G as filers fill them in: who reports, who signs, and what the signatures say."""

from collections.abc import Callable
from typing import NamedTuple
from xml.sax.saxutils import escape

from house_styles import Cast, Said

SIGNED = "2025-05-15"
_PRINTED = "05/15/2025"


class Entry(NamedTuple):
    """One signature: what is signed, and what is said of the signer."""

    signature: str
    title: str


class Person(NamedTuple):
    """A reporting person with the signatures, as printed, and what they say."""

    name: str
    type: str
    entries: list[Entry]
    says: list[Said]


Signing = Callable[[Cast], Person]


def officer(cast: Cast) -> Person:
    party, human, title = cast.entity(), cast.human(), cast.title()
    said = cast.one_of(
        f"{human}, {title}", title, f"{human}/{title}", f"{human} - {title}", f"By: {human}, {title}",
        f"Name: {human}, Title: {title}", f"{human}, as {title}",
    )  # fmt: skip
    mark = cast.one_of(f"/s/ {human}", f"/s/{human}", f"By: /s/ {human}", human, f"/s/ {human.upper()}")
    return Person(party, "CO", [Entry(mark, said)], [_said(party, (), human, title)])


def himself(cast: Cast) -> Person:
    human = cast.human()
    said = cast.one_of(human, "Self", f"{human}, Individually", "Reporting Person", "")
    return Person(human, "IN", [Entry(f"/s/ {human}", said)], [_said(human, (), human)])


def surname_first(cast: Cast) -> Person:
    """Name a person as EDGAR does."""
    given, family = cast.human().split()
    human = f"{given} Q. {family}"
    name = cast.one_of(f"{family} {given} Q.", f"{family.upper()} {given.upper()} Q")
    return Person(name, "IN", [Entry(f"/s/ {human}", human)], [_said(name, (), human)])


def chained(cast: Cast) -> Person:
    """Tell the chain in the title."""
    party, link, role, human, title = cast.entity(), cast.entity(), cast.role(), cast.human(), cast.title()
    said = cast.one_of(
        f"By: {link}, its {role}, By: {human}, {title}",
        f"{human}, {title} of {link}, its {role}",
        f"{title} of {link}, its {role}",
        f"By: {link}, its {role}, {human}, {title}",
        f"{link}, its {role}, By: {human}, {title}",
        f"{human}, {title}, {link}, its {role}",
        f"{human}, {title} of {link}, the {role} of {party}",
    )
    return Person(party, "PN", [Entry(f"/s/ {human}", said)], [_said(party, ((link, role),), human, title)])


def staircase(cast: Cast) -> Person:
    """Tell the chain in the signature."""
    party, outer, inner = cast.entity(), cast.entity(), cast.entity()
    human, title = cast.human(), cast.title()
    chain = ((outer, "general partner"), (inner, "managing member"))
    signature = f"By: {outer}, its general partner, By: {inner}, its managing member, By: /s/ {human}"
    return Person(party, "PN", [Entry(signature, f"{human}, {title}")], [_said(party, chain, human, title)])


def in_steps(cast: Cast) -> Person:
    """Give the company that signs an entry of its own."""
    party, link, human, title = cast.entity(), cast.entity(), cast.human(), cast.title()
    entries = [Entry(link, "General Partner"), Entry(f"/s/ {human}", f"{human}, {title}")]
    return Person(party, "PN", entries, [_said(party, ((link, "general partner"),), human, title)])


def attorney(cast: Cast) -> Person:
    party, human = cast.one_of(cast.entity(), cast.human()), cast.human()
    said = cast.one_of("Attorney-in-Fact", f"{human}, Attorney-in-Fact", f"{human}, attorney-in-fact for {party}")
    return Person(party, "OO", [Entry(f"/s/ {human}", said)], [_said(party, (), human, attorney=True)])


def trust(cast: Cast) -> Person:
    human = cast.human()
    name = f"{human} {cast.one_of('Family', 'Revocable')} Trust {cast.one_of('dated May 3, 1990', 'u/a/d 6/6/1985')}"
    entry = Entry(f"/s/ {human}", cast.one_of("Trustee", f"{human}, Trustee"))
    return Person(name, "OO", [entry], [_said(name, (), human, "Trustee")])


def two_officers(cast: Cast) -> Person:
    party, signers = cast.entity(), [(cast.human(), "Director"), (cast.human(), "Secretary")]
    entries = [Entry(f"/s/ {human}", f"{human}, {title}") for human, title in signers]
    return Person(party, "CO", entries, [_said(party, (), human, title) for human, title in signers])


def _said(
    party: str,
    chain: tuple[tuple[str, str | None], ...],
    human: str,
    title: str | None = None,
    *,
    attorney: bool = False,
) -> Said:
    return Said(party, chain, human, title, attorney, SIGNED)


SIGNINGS: tuple[Signing, ...] = (
    officer, himself, surname_first, chained, staircase, in_steps, attorney, trust, two_officers,
)  # fmt: skip

Form = Callable[[list[Person], str], str]
"""Writes the XML of a schedule about an issuer."""


def schedule_13d(persons: list[Person], issuer: str) -> str:
    named = "".join(
        f"<reportingPersonInfo><reportingPersonCIK>{number:010}</reportingPersonCIK>"
        f"{_element('reportingPersonName', person.name)}{_element('typeOfReportingPerson', person.type)}"
        "</reportingPersonInfo>"
        for number, person in enumerate(persons, 999_100)
    )
    signed = "".join(
        f"<signaturePerson>{_element('signatureReportingPerson', person.name)}{_details(person)}</signaturePerson>"
        for person in persons
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<edgarSubmission xmlns="http://www.sec.gov/edgar/schedule13D">\n'
        "<headerData><submissionType>SCHEDULE 13D</submissionType></headerData>\n<formData><coverPageHeader>"
        "<securitiesClassTitle>Common Stock</securitiesClassTitle><dateOfEvent>05/12/2025</dateOfEvent><issuerInfo>"
        "<issuerCIK>0000999998</issuerCIK><issuerCUSIP>000000AA1</issuerCUSIP>"
        f"{_element('issuerName', issuer)}</issuerInfo></coverPageHeader>\n"
        f"<reportingPersons>{named}</reportingPersons>\n"
        f"<items1To7><item1>{_element('issuerName', issuer)}</item1></items1To7>\n"
        f"<signatureInfo>{signed}</signatureInfo></formData></edgarSubmission>\n"
    )


def schedule_13g(persons: list[Person], issuer: str) -> str:
    named = "".join(
        f"<coverPageHeaderReportingPersonDetails>{_element('reportingPersonName', person.name)}"
        "<citizenshipOrOrganization>DE</citizenshipOrOrganization>"
        f"{_element('typeOfReportingPerson', person.type)}</coverPageHeaderReportingPersonDetails>"
        for person in persons
    )
    signed = "".join(
        f"<signatureInformation>{_element('reportingPersonName', person.name)}{_details(person)}</signatureInformation>"
        for person in persons
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<edgarSubmission xmlns="http://www.sec.gov/edgar/schedule13g" '
        'xmlns:com="http://www.sec.gov/edgar/common">\n'
        "<headerData><submissionType>SCHEDULE 13G</submissionType></headerData>\n<formData><coverPageHeader>"
        "<securitiesClassTitle>Common Stock</securitiesClassTitle>"
        "<eventDateRequiresFilingThisStatement>03/31/2025</eventDateRequiresFilingThisStatement><issuerInfo>"
        f"<issuerCik>0000999998</issuerCik>{_element('issuerName', issuer)}<issuerCusip>000000AA1</issuerCusip>"
        "</issuerInfo></coverPageHeader>\n"
        f"{named}\n<items><item1>{_element('issuerName', issuer)}</item1></items>\n{signed}\n</formData>"
        "</edgarSubmission>\n"
    )


def _element(name: str, words: str) -> str:
    return f"<{name}>{escape(words)}</{name}>"


def _details(person: Person) -> str:
    return "".join(
        f"<signatureDetails>{_element('signature', entry.signature)}{_element('title', entry.title)}"
        f"<date>{_PRINTED}</date></signatureDetails>"
        for entry in person.entries
    )


FORMS: tuple[Form, ...] = (schedule_13d, schedule_13g)
