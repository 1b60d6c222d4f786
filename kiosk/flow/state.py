"""State of the kiosk: what it knows of the world, what one citizen has done, and presses without an answer."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from drivers.protocols import DeviceStatus, Health
from hub.client import EnrolmentPrompt
from hub.messages import CounterView, DossierView, FloorView, ServiceView, TicketPlace
from kiosk.flow.screens import Page, SlipState
from service_floor.procedures.model import Procedure


class DossierStage(StrEnum):
    """How far a dossier look-up is."""

    TYPING = "typing"
    ASKING = "asking"
    FOUND = "found"
    NOT_FOUND = "not_found"
    UNREADABLE = "unreadable"
    GARBLED = "garbled"
    NO_ANSWER = "no_answer"


@dataclass(frozen=True, slots=True)
class Given:
    """A ticket that the hub gave, or this kiosk without it."""

    id: str
    number: str
    service: str
    priority: str | None
    issued_at: datetime
    ahead: int | None
    estimate_seconds: int | None
    offline: bool = False


@dataclass(frozen=True, slots=True)
class Refused:
    """Why the hub gave no ticket."""

    code: str
    data: Mapping[str, str | int]


@dataclass(frozen=True, slots=True)
class Inquiry:
    """A dossier look-up."""

    stage: DossierStage = DossierStage.TYPING
    code: str = ""
    attempt: int = 0
    asked_at: float = 0.0
    dossier: DossierView | None = None


class ReadingStage(StrEnum):
    """What is known of a scanned paper other than a dossier."""

    NOTHING = "nothing"
    ASKING = "asking"
    TICKET = "ticket"
    EXPIRED = "expired"
    READMITTING = "readmitting"
    NOT_READMITTED = "not_readmitted"
    NO_ANSWER = "no_answer"
    CARD = "card"
    OTHER_CENTRE = "other_centre"
    RESULT = "result"
    HEALTH_CARD = "health_card"
    PAYMENT = "payment"
    VNEID = "vneid"
    ENROLMENT = "enrolment"
    PART = "part"
    NO_PROCEDURE = "no_procedure"
    SEVERAL = "several"


@dataclass(frozen=True, slots=True)
class Reading:
    """A paper under the scanner. For an identity card, `code` is the masked number and `proposed` a priority class."""

    stage: ReadingStage = ReadingStage.NOTHING
    code: str = ""
    attempt: int = 0
    asked_at: float = 0.0
    place: TicketPlace | None = None
    readmitted: bool = False
    proposed: str | None = None


@dataclass(frozen=True, slots=True)
class Visit:
    """What one citizen has done since the first page."""

    page: Page = Page.WELCOME
    entered_at: float = 0.0
    touched_at: float = 0.0
    language: str = "vi"
    large_letters: bool = False
    high_contrast: bool = False
    came_from: Page = Page.SERVICES
    service: str | None = None
    priority: str | None = None
    query: str = ""
    keys: str = ""
    hits: tuple[Procedure, ...] = ()
    procedure: Procedure | None = None
    checklist: SlipState = SlipState.NONE
    omitted: int = 0
    inquiry: Inquiry = Inquiry()
    reading: Reading = Reading()
    claimed: str | None = None
    ticket: Given | None = None
    slip: SlipState = SlipState.NONE
    settled_at: float = 0.0
    refused: Refused | None = None
    resume: Page | None = None


@dataclass(frozen=True, slots=True)
class Pending:
    """A press without an answer. `stood_in`: since the hub went, a number held in advance has been asked for."""

    attempt: int
    submitted_at: float
    stood_in: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """What the kiosk knows of the world. `lost_at` is when the hub went; None while it is there or was never seen.

    `reserve` holds how many numbers of each service this kiosk could give now without the hub.
    `enrolment` is set while the hub does not let it in. `reprints` are the ids of those asked for here that have
    been seen to.
    """

    now: float = 0.0
    hub_time: datetime | None = None
    connected: bool = False
    lost_at: float | None = None
    gone_after: float = 3.0
    reserve: Mapping[str, int] = field(default_factory=dict)
    floor: FloorView | None = None
    enrolment: EnrolmentPrompt | None = None
    services: Mapping[str, ServiceView] = field(default_factory=dict)
    counters: Mapping[str, CounterView] = field(default_factory=dict)
    printer: DeviceStatus = field(default_factory=lambda: DeviceStatus(Health.UNKNOWN))
    scanner: Health = Health.UNKNOWN
    code_read_at: float | None = None
    reprints: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class State:
    """All of it. A step makes a new one."""

    known: Known
    visit: Visit
    attempts: int = 0
    pending: tuple[Pending, ...] = ()

    def at(self, page: Page, **changes: Any) -> "State":
        """The same citizen on another page."""
        visit = replace(self.visit, page=page, entered_at=self.known.now, **changes)
        return replace(self, visit=visit)

    def with_visit(self, **changes: Any) -> "State":
        """The same page with something changed."""
        return replace(self, visit=replace(self.visit, **changes))

    def knowing(self, **changes: Any) -> "State":
        """The same citizen in a world that changed."""
        return replace(self, known=replace(self.known, **changes))
