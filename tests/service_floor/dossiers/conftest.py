"""A small centre with a hub's hands: it decides, folds, and keeps what happened."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

import pytest

from service_floor.calendar import LimitUnit, WorkCalendar
from service_floor.dossiers.deadlines.appointment import TimeLimit
from service_floor.dossiers.deeds.content import DossierContent
from service_floor.dossiers.deeds.slips import ReportAppointmentSlip
from service_floor.dossiers.deeds.taking import TakeDossier
from service_floor.dossiers.life.books import MemoryBooks
from service_floor.dossiers.life.cases import DoneBy, DossierEvent
from service_floor.dossiers.life.plan import (
    AgencyCodes,
    DossierPlan,
    FeeItem,
    ProcedureVersion,
    ReceiptSeries,
    RequiredPaper,
)
from service_floor.dossiers.life.records import DossierLife, PaperKind, PersonRef, TickedPaper
from service_floor.dossiers.model import ReceptionChannel
from service_floor.dossiers.rules import DossierCommands, DossierOrder, decide
from service_floor.queue.actors import Role
from service_floor.queue.refusals import Refusal, RefusalCode
from service_floor.zone import ZONE

BIRTH, LAND, OPEN_ENDED = "1.001193", "1.013949", "2.000884"
PROCEDURES = (
    ProcedureVersion(
        BIRTH,
        "QĐ 1",
        date(2025, 7, 1),
        "tp",
        limits=(TimeLimit(same_day=True),),
        papers=(RequiredPaper("form"), RequiredPaper("birth")),
    ),
    ProcedureVersion(
        LAND,
        "QĐ 1",
        date(2025, 7, 1),
        "tnmt",
        until=date(2026, 11, 30),
        cases=("sell", "give"),
        limits=(
            TimeLimit(10, LimitUnit.WORKING_DAYS),
            TimeLimit(15, LimitUnit.DAYS, case="give"),
        ),
        papers=(
            RequiredPaper("form"),
            RequiredPaper("deed", "sell"),
            RequiredPaper("gift", "give"),
        ),
        fees=(FeeItem("Lệ phí", 100_000), FeeItem("Phí", 50_000, "give")),
    ),
    ProcedureVersion(
        LAND,
        "QĐ 2",
        date(2026, 11, 24),
        "tnmt",
        cases=("sell", "give"),
        limits=(TimeLimit(5, LimitUnit.WORKING_DAYS),),
        papers=(RequiredPaper("form"),),
        fees=(FeeItem("Lệ phí", 100_000),),
    ),
    ProcedureVersion(OPEN_ENDED, "QĐ 1", date(2025, 7, 1), "tp", limits=(TimeLimit(3),)),
)
PLAN = DossierPlan(
    agencies={"tp": AgencyCodes("H56.14"), "tnmt": AgencyCodes("H56.20", 101)},
    procedures={
        code: tuple(each for each in PROCEDURES if each.code == code)
        for code in (BIRTH, LAND, OPEN_ENDED)
    },
    calendar=WorkCalendar(),
    receipts={"PT": ReceiptSeries("PT", 1, 999), "BL": ReceiptSeries("BL", 501, 503)},
    codes_per_desk=5,
)


def person(name: str) -> PersonRef:
    return PersonRef(f"p-{name:0<8}", "ab" * 32)


AN, BINH = person("an"), person("binh")


def ticked(*keys: str) -> tuple[TickedPaper, ...]:
    return tuple(TickedPaper(key, PaperKind.ORIGINAL) for key in keys)


def birth(**changes: Any) -> DossierContent:
    papers = ticked("form", "birth")
    given = {"applicant": AN, "owner": BINH, "papers": papers, "version": "QĐ 1", **changes}
    return DossierContent(BIRTH, case="", channel=ReceptionChannel.IN_PERSON, **given)


def land(case: str = "sell", **changes: Any) -> DossierContent:
    papers = ticked("form", "deed" if case == "sell" else "gift")
    given = {"applicant": AN, "owner": AN, "papers": papers, "version": "QĐ 1", **changes}
    return DossierContent(LAND, case=case, channel=ReceptionChannel.IN_PERSON, **given)


class Office:
    """A hub without a journal: Wednesday 18 November 2026, nine in the morning."""

    def __init__(self, plan: DossierPlan = PLAN) -> None:
        self.plan = plan
        self.books = MemoryBooks()
        self.now = datetime(2026, 11, 18, 9, 0, tzinfo=ZONE)
        self.events: list[tuple[DossierEvent, datetime]] = []
        self.ids = count(1)
        self.role = Role.COUNTER
        self.by = DoneBy("lan", "counter-1", "q1")

    def try_(self, command: DossierCommands) -> tuple[DossierEvent, ...] | Refusal:
        order = DossierOrder(command, self.role, self.by, self.now, f"id{next(self.ids)}")
        before = dict(self.books.records)
        decision = decide(self.plan, self.books, order)
        assert self.books.records == before, "deciding changed the books"
        if isinstance(decision, Refusal):
            assert frozenset(decision.data) == decision.code.data_fields
            return decision
        for event in decision:
            self.fold(event)
        return decision

    def fold(self, event: DossierEvent) -> None:
        event.fold(self.books, self.now)
        self.events.append((event, self.now))

    def do(self, command: DossierCommands) -> Any:
        """What happened; the only event, where it is one."""
        decision = self.try_(command)
        assert not isinstance(decision, Refusal), decision
        return decision[0] if len(decision) == 1 else decision

    def refused(self, command: DossierCommands) -> tuple[RefusalCode, Mapping[str, str | int]]:
        decision = self.try_(command)
        assert isinstance(decision, Refusal), decision
        return decision.code, decision.data

    def as_(self, role: Role, officer: str = "", agency: str = "") -> "Office":
        """The same office for another person."""
        self.role = role
        self.by = DoneBy(officer or role.value, f"{role.value}-1", "", agency)
        return self

    def desk(self, officer: str = "lan", device: str = "counter-1") -> "Office":
        self.role = Role.COUNTER
        self.by = DoneBy(officer, device, "q1")
        return self

    def later(self, **delta: float) -> None:
        self.now += timedelta(**delta)

    def at(self, text: str) -> "Office":
        self.now = datetime.fromisoformat(text).replace(tzinfo=ZONE)
        return self

    def life(self, code: str) -> DossierLife:
        life = self.books.find(DossierLife, code)
        assert life is not None
        return life

    def seen(self, code: str) -> int:
        return self.life(code).changes

    def take(self, content: DossierContent | None = None, visit: str = "v1") -> str:
        """The code of a dossier that was taken, with its slip printed."""
        code = str(self.do(TakeDossier(content or land(), visit)).dossier)
        self.printed(code)
        return code

    def printed(self, code: str, slip: int = 1) -> None:
        role, by = self.role, self.by
        self.desk().do(ReportAppointmentSlip(code, slip, "printed"))
        self.role, self.by = role, by


@pytest.fixture
def office() -> Office:
    return Office()
