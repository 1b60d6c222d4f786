"""Watch list: why a dossier needs somebody today, most urgent reason first, each with its one next action."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Final, NamedTuple

from service_floor.calendar import WorkCalendar
from service_floor.dossiers.life.records import DossierLife
from service_floor.dossiers.life.states import CLOCK_STANDS, OPEN, DossierState
from service_floor.zone import business_day


class WatchReason(StrEnum):
    """Why a dossier is on the list, in order of urgency."""

    WITHOUT_SLIP = "without_slip"
    MISLAID = "mislaid"
    APOLOGY_DUE = "apology_due"
    OVERDUE = "overdue"
    DUE_TODAY = "due_today"
    DUE_SOON = "due_soon"
    TO_ACCEPT = "to_accept"
    WAITING_FOR_SUPPLEMENT = "waiting_for_supplement"
    WAITING_FOR_PAYMENT = "waiting_for_payment"
    TO_HAND_OVER = "to_hand_over"


class NextAction(StrEnum):
    """The one thing to do about a reason."""

    GIVE_SLIP = "give_slip"
    FIND = "find"
    EXPLAIN_DELAY = "explain_delay"
    APOLOGISE = "apologise"
    FINISH = "finish"
    ACCEPT = "accept"
    WAIT = "wait"
    HAND_OVER = "hand_over"


_ACTIONS: Final[Mapping[WatchReason, NextAction]] = {
    WatchReason.WITHOUT_SLIP: NextAction.GIVE_SLIP,
    WatchReason.MISLAID: NextAction.FIND,
    WatchReason.APOLOGY_DUE: NextAction.APOLOGISE,
    WatchReason.OVERDUE: NextAction.FINISH,
    WatchReason.DUE_TODAY: NextAction.FINISH,
    WatchReason.DUE_SOON: NextAction.FINISH,
    WatchReason.TO_ACCEPT: NextAction.ACCEPT,
    WatchReason.WAITING_FOR_SUPPLEMENT: NextAction.WAIT,
    WatchReason.WAITING_FOR_PAYMENT: NextAction.WAIT,
    WatchReason.TO_HAND_OVER: NextAction.HAND_OVER,
}


_BY_STATE: Final[Mapping[DossierState, WatchReason]] = {
    DossierState.NEWLY_REGISTERED: WatchReason.TO_ACCEPT,
    DossierState.SUPPLEMENT_REQUIRED: WatchReason.WAITING_FOR_SUPPLEMENT,
    DossierState.PAYMENT_REQUIRED: WatchReason.WAITING_FOR_PAYMENT,
    DossierState.COMPLETED: WatchReason.TO_HAND_OVER,
}


class Watched(NamedTuple):
    """A dossier on the list, for one reason."""

    code: str
    reason: WatchReason
    action: NextAction


class WatchList:
    """The list of a moment. `soon_days` is how many working days ahead a date is due soon."""

    def __init__(self, calendar: WorkCalendar, now: datetime, soon_days: int) -> None:
        self._now = now
        self._today = business_day(now)
        self._soon_until = calendar.working_day_after(self._today, soon_days)

    def entries(self, lives: Iterable[DossierLife]) -> Iterator[Watched]:
        """Every reason of every dossier. An apology waits for the agency's reason first."""
        for life in lives:
            for reason in self.reasons(life):
                action = _ACTIONS[reason]
                if reason is WatchReason.APOLOGY_DUE and not life.delay_reason:
                    action = NextAction.EXPLAIN_DELAY
                yield Watched(life.code, reason, action)

    def reasons(self, life: DossierLife) -> tuple[WatchReason, ...]:
        """Why this dossier is on the list; empty where it is not."""
        stated = _BY_STATE.get(life.state)
        waits = () if stated is None else (stated,)
        return (*self._owed(life), *self._dated(life), *waits)

    def _owed(self, life: DossierLife) -> Iterator[WatchReason]:
        if life.owes_slip:
            yield WatchReason.WITHOUT_SLIP
        if life.mislaid:
            yield WatchReason.MISLAID
        if life.owes_apology(self._now):
            yield WatchReason.APOLOGY_DUE

    def _dated(self, life: DossierLife) -> Iterator[WatchReason]:
        """By the date, while the clock runs."""
        date = life.appointment
        if date is None or life.state not in OPEN:
            return
        if date.overdue_at(self._now):
            yield WatchReason.OVERDUE
        elif life.state not in CLOCK_STANDS:
            day = business_day(date.due)
            if day <= self._today:
                yield WatchReason.DUE_TODAY
            elif day <= self._soon_until:
                yield WatchReason.DUE_SOON
