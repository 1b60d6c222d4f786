"""Plan of the dossier rules: agencies with their codes, versions of procedures, calendar, and the limits of the centre."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta

from service_floor.calendar import WorkCalendar
from service_floor.dossiers.deadlines.appointment import CUT_OFF, TimeLimit
from service_floor.dossiers.life.rule_sets import STANDARD, RuleSet
from service_floor.dossiers.model import ReceptionChannel
from service_floor.procedures.model import national_code


@dataclass(frozen=True, slots=True)
class RequiredPaper:
    """A paper that a case of a procedure asks for; an empty `case` is every case."""

    key: str
    case: str = ""


@dataclass(frozen=True, slots=True)
class FeeItem:
    """A fee as it is set, in đồng; an empty `case` is every case, None every channel."""

    name: str
    amount: int
    case: str = ""
    channel: ReceptionChannel | None = None

    def __post_init__(self) -> None:
        if self.amount <= 0:
            raise ValueError(f"a fee of {self.amount}")


@dataclass(frozen=True, slots=True)
class ProcedureVersion:
    """A procedure as published for a time. `version` names the publication, `until` is its last day."""

    code: str
    version: str
    effective_from: date
    agency: str
    until: date | None = None
    cases: tuple[str, ...] = ()
    limits: tuple[TimeLimit, ...] = ()
    papers: tuple[RequiredPaper, ...] = ()
    fees: tuple[FeeItem, ...] = ()

    def is_in_force(self, day: date) -> bool:
        """Whether dossiers are taken by this version on that day."""
        return self.effective_from <= day and (self.until is None or day <= self.until)

    def required(self, case: str) -> frozenset[str]:
        """The keys of the papers that a case needs."""
        return frozenset(paper.key for paper in self.papers if paper.case in ("", case))

    def charged(self, case: str, channel: ReceptionChannel) -> tuple[FeeItem, ...]:
        """The fees of a case by a channel."""
        return tuple(
            fee for fee in self.fees if fee.case in ("", case) and fee.channel in (None, channel)
        )


@dataclass(frozen=True, slots=True)
class AgencyCodes:
    """What the codes of an agency begin with, such as H56.14, and the number at which each day begins."""

    prefix: str
    first: int = 1


@dataclass(frozen=True, slots=True)
class ReceiptSeries:
    """A series of receipt numbers, such as a bought book of them."""

    name: str
    first: int = 1
    last: int = 9_999_999


@dataclass(frozen=True, slots=True)
class DossierPlan:
    """All that decides about dossiers beside what has happened. `centre` is the place of what lies in the centre."""

    agencies: Mapping[str, AgencyCodes]
    procedures: Mapping[str, tuple[ProcedureVersion, ...]]
    calendar: WorkCalendar
    receipts: Mapping[str, ReceiptSeries] = field(default_factory=dict)
    rule_sets: tuple[RuleSet, ...] = STANDARD
    centre: str = "centre"
    cut_off: time = CUT_OFF
    undo_within: timedelta = timedelta(minutes=1)
    due_soon_days: int = 2
    codes_per_desk: int = 200

    def version_on(self, procedure: str, day: date) -> ProcedureVersion | None:
        """The version of a procedure in force on a day, the latest where several are; None where there is none."""
        versions = self.procedures.get(national_code(procedure), ())
        in_force = (each for each in versions if each.is_in_force(day))
        return max(in_force, key=lambda each: each.effective_from, default=None)
