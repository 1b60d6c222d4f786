"""A dossier as the floor knows it, and how it stands to its deadline. Never its owner's name."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum, StrEnum

from service_floor.vietnamese.text import clean
from service_floor.zone import business_day

When = datetime | date
"""A moment, or a day of which no source gave the time. A time is never made up for it."""


class DossierStatus(IntEnum):
    """The ten statuses of the national exchange set."""

    NEWLY_REGISTERED = 1
    ACCEPTED = 2
    NOT_ACCEPTED = 3
    IN_PROGRESS = 4
    SUPPLEMENT_REQUIRED = 5
    PAYMENT_REQUIRED = 6
    WITHDRAWN = 7
    STOPPED = 8
    COMPLETED = 9
    RETURNED = 10

    @property
    def code(self) -> str:
        """The name on the wire and in `texts/`."""
        return self.name.lower()


class ReceptionChannel(StrEnum):
    """How a dossier comes, in the order of the national numbers 1 to 3."""

    IN_PERSON = "in_person"
    ONLINE = "online"
    POST = "post"


class Standing(StrEnum):
    """How a dossier stands to its deadline."""

    ON_TIME = "on_time"
    DUE_TODAY = "due_today"
    OVERDUE = "overdue"
    WAITING_FOR_CITIZEN = "waiting_for_citizen"
    DONE = "done"
    DONE_LATE = "done_late"
    NOT_ACCEPTED = "not_accepted"
    STOPPED = "stopped"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Dossier:
    """One case in the register. A higher `version` replaces a lower one."""

    code: str
    procedure: str
    procedure_name: str
    agency: str
    status: DossierStatus
    received_at: When | None = None
    due_at: When | None = None
    finished_at: When | None = None
    note: str = ""
    version: int = 1


_BY_STATUS = {
    DossierStatus.NOT_ACCEPTED: Standing.NOT_ACCEPTED,
    DossierStatus.STOPPED: Standing.STOPPED,
    DossierStatus.WITHDRAWN: Standing.WITHDRAWN,
    # The clock stands still while the citizen has to bring or pay something.
    DossierStatus.SUPPLEMENT_REQUIRED: Standing.WAITING_FOR_CITIZEN,
    DossierStatus.PAYMENT_REQUIRED: Standing.WAITING_FOR_CITIZEN,
}
_DONE = frozenset({DossierStatus.COMPLETED, DossierStatus.RETURNED})


def standing(dossier: Dossier, now: datetime) -> Standing:
    """How the dossier stands at `now`."""
    if dossier.status in _BY_STATUS:
        return _BY_STATUS[dossier.status]
    due = dossier.due_at
    if dossier.status in _DONE:
        finished = dossier.finished_at
        late = due is not None and finished is not None and _is_after(finished, due)
        return Standing.DONE_LATE if late else Standing.DONE
    if due is None:
        return Standing.ON_TIME
    if _is_after(now, due):
        return Standing.OVERDUE
    return Standing.DUE_TODAY if _day_of(due) == business_day(now) else Standing.ON_TIME


def _is_after(when: When, due: When) -> bool:
    """Whether a deadline is missed: a deadline that is a day lasts to its end, and a day may hold any of its moments."""
    if isinstance(when, datetime) and isinstance(due, datetime):
        return when > due
    return _day_of(when) > _day_of(due)


def _day_of(when: When) -> date:
    return business_day(when) if isinstance(when, datetime) else when


def masked(name: str) -> str:
    """A person's name as initials, all that may be kept of it: Nguyễn Văn An becomes N. V. A."""
    return " ".join(f"{word[0].upper()}." for word in clean(name).split())
