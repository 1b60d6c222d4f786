"""Content of a dossier as it is taken, its validation against the version of the procedure, and its first record."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import ClassVar

from service_floor.dossiers.codes import DossierCode, parse_dossier_code
from service_floor.dossiers.deadlines.appointment import (
    Appointment,
    appoint,
    limit_for,
    promised,
)
from service_floor.dossiers.life.books import Books
from service_floor.dossiers.life.cases import DossierCase
from service_floor.dossiers.life.plan import FeeItem, ProcedureVersion
from service_floor.dossiers.life.records import (
    MOST_COPIES,
    AppointmentSlip,
    DossierLife,
    Fee,
    LastDeed,
    PersonRef,
    Terms,
    TickedPaper,
)
from service_floor.dossiers.life.rule_sets import rules_on
from service_floor.dossiers.life.states import Delivery, DossierState
from service_floor.dossiers.model import ReceptionChannel
from service_floor.dossiers.numbering.series import CodeRefusal, dossier_code, next_number
from service_floor.procedures.model import national_code
from service_floor.queue.floor import ImpossibleEventError
from service_floor.queue.refusals import Refusal, RefusalCode
from service_floor.zone import business_day


class TakingRefusal(RefusalCode):
    """Why a dossier is not taken. `procedure` is a code, `version` the publication in force, `count` of papers."""

    UNKNOWN_PROCEDURE = "unknown_procedure", "procedure"
    PROCEDURE_CHANGED = "procedure_changed", "procedure", "version"
    UNKNOWN_CASE = "unknown_case", "procedure", "case"
    PAPERS_NOT_TICKED = "papers_not_ticked", "count"
    PAPER_TWICE = "paper_ticked_twice", "paper"
    NO_COPIES = "wrong_number_of_copies", "limit"
    DATE_NEEDED = "appointment_date_needed"
    DATE_PAST = "appointment_date_past"
    DATE_IS_SET = "appointment_date_is_set"
    HANDED_IN_ALREADY = "dossier_handed_in_already", "dossier"


@dataclass(frozen=True, slots=True)
class DossierContent:
    """What is taken: the procedure with the version that the desk showed, the papers as ticked, and the persons.

    `promised` is a date of the officer, for a procedure without a limit. `follows` is an earlier list of missing papers.
    """

    __pydantic_config__: ClassVar = {"extra": "forbid"}
    procedure: str
    version: str
    case: str
    channel: ReceptionChannel
    papers: tuple[TickedPaper, ...]
    applicant: PersonRef
    owner: PersonRef
    copies: int = 1
    delivery: Delivery = Delivery.COUNTER
    promised: datetime | None = None
    follows: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """What a dossier is entered with, beside its content: agency, versions, the fees as set, and where it lies."""

    agency: str
    terms: Terms
    fees: tuple[FeeItem, ...]
    place: str


def entry(
    case: DossierCase, content: DossierContent, version: ProcedureVersion, at: datetime
) -> Entry:
    """The entry of a dossier by the rules of that moment."""
    terms = Terms(rules_on(business_day(at), case.plan.rule_sets).name, version.version)
    fees = version.charged(content.case, content.channel)
    return Entry(version.agency, terms, fees, case.plan.centre)


def version_shown(
    case: DossierCase, content: DossierContent, at: datetime
) -> ProcedureVersion | Refusal:
    """The version in force then, which must be the one that the desk showed."""
    version = case.plan.version_on(content.procedure, business_day(at))
    if version is None:
        return Refusal(TakingRefusal.UNKNOWN_PROCEDURE, {"procedure": content.procedure})
    if version.version != content.version:
        data = {"procedure": content.procedure, "version": version.version}
        return Refusal(TakingRefusal.PROCEDURE_CHANGED, data)
    return fitting(version, content)


def version_kept(case: DossierCase, procedure: str, version: str) -> ProcedureVersion | None:
    """The version under which a dossier was taken; None where the catalogue has dropped it."""
    versions = case.plan.procedures.get(national_code(procedure), ())
    return next((each for each in versions if each.version == version), None)


def fitting(version: ProcedureVersion, content: DossierContent) -> ProcedureVersion | Refusal:
    """The version where it has the case; refused too without a single copy, and with too many."""
    if content.case not in (version.cases or ("",)):
        data = {"procedure": content.procedure, "case": content.case}
        return Refusal(TakingRefusal.UNKNOWN_CASE, data)
    if not 0 < content.copies <= MOST_COPIES:
        return Refusal(TakingRefusal.NO_COPIES, {"limit": MOST_COPIES})
    return version


def unticked(
    version: ProcedureVersion, group: str, papers: tuple[TickedPaper, ...]
) -> Refusal | None:
    """The refusal where a paper of the case was not looked at, or one was ticked twice."""
    ticked = [paper.key for paper in papers]
    twice = next((key for key in ticked if ticked.count(key) > 1), None)
    if twice is not None:
        return Refusal(TakingRefusal.PAPER_TWICE, {"paper": twice})
    count = len(version.required(group) - set(ticked))
    return Refusal(TakingRefusal.PAPERS_NOT_TICKED, {"count": count}) if count else None


def date_of(
    case: DossierCase,
    version: ProcedureVersion | None,
    group: str,
    channel: ReceptionChannel,
    given: datetime | None,
) -> Appointment | Refusal:
    """The date by the limit of the version; a person gives one only where there is no limit."""
    at, plan = case.now, case.plan
    limit = None if version is None else limit_for(version.limits, group, channel)
    date = None if limit is None else appoint(plan.calendar, limit, at, plan.cut_off)
    if date is not None:
        return date if given is None else Refusal(TakingRefusal.DATE_IS_SET)
    if given is None:
        return Refusal(TakingRefusal.DATE_NEEDED)
    return promised(given) if given > at else Refusal(TakingRefusal.DATE_PAST)


def fresh_code(case: DossierCase, agency: str) -> str | Refusal:
    """The next code of an agency today."""
    codes = case.plan.agencies.get(agency)
    if codes is None:
        return Refusal(CodeRefusal.UNKNOWN_AGENCY, {"agency": agency})
    day = business_day(case.now)
    return dossier_code(codes.prefix, day, next_number(case.books, codes, day))


def first_record(
    dossier: str, content: DossierContent, entered: Entry, state: DossierState, last: LastDeed
) -> DossierLife:
    """The record of a new dossier."""
    fees = tuple(Fee(n, fee.name, fee.amount) for n, fee in enumerate(entered.fees, 1))
    return DossierLife(
        code=dossier,
        agency=entered.agency,
        procedure=content.procedure,
        case=content.case,
        terms=entered.terms,
        channel=content.channel,
        applicant=content.applicant,
        owner=content.owner,
        state=state,
        place=entered.place,
        papers=content.papers,
        copies=content.copies,
        delivery=content.delivery,
        last=last,
        follows=content.follows,
        fees=fees,
    )


def free_code(books: Books, dossier: str) -> DossierCode:
    """A new code taken apart. Raises ImpossibleEventError where it is not one, or has its dossier."""
    code = parse_dossier_code(dossier)
    if code is None or code.text != dossier or books.find(DossierLife, dossier) is not None:
        raise ImpossibleEventError(f"{dossier} is not a free dossier code")
    return code


def with_new_slip(life: DossierLife, due: datetime | None) -> tuple[AppointmentSlip, ...]:
    """The slips with one more, which replaces those before it."""
    old = tuple(replace(slip, void=True) for slip in life.slips)
    return (*old, AppointmentSlip(len(old) + 1, due))
