"""Events of the kiosk. `trigger` names each in the transition table; a tap is named by its button."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from drivers.protocols import DeviceStatus, Health, PrintOutcome
from hub.messages import (
    CounterView,
    DossierView,
    FloorView,
    ReprintView,
    ServiceView,
    TicketPlace,
    TicketView,
)
from kiosk.flow.screens import Button


class Trigger(StrEnum):
    """Events other than taps, as the transition table names them."""

    TYPED = "typed"
    SCANNED = "scanned"
    TICKET_GIVEN = "ticket_given"
    TICKET_REFUSED = "ticket_refused"
    DOSSIER_ANSWERED = "dossier_answered"
    PLACE_ANSWERED = "place_answered"
    READMITTED = "readmitted"
    FLOOR_CHANGED = "floor_changed"
    CONNECTED = "connected"
    DISCONNECTED = "disconnected"
    PRINTER_CHANGED = "printer_changed"
    SCANNER_CHANGED = "scanner_changed"
    RESERVE_CHANGED = "reserve_changed"
    REPRINTS_ASKED = "reprints_asked"
    SLIP_DONE = "slip_done"
    TIME_PASSED = "time_passed"


@dataclass(frozen=True, slots=True)
class Tapped:
    """A button was pressed."""

    button: Button
    value: str = ""

    @property
    def trigger(self) -> Button:
        return self.button


@dataclass(frozen=True, slots=True)
class Typed:
    """A key of the on-screen keyboard: one character, `space`, `backspace` or `clear`."""

    key: str
    trigger: Trigger = field(default=Trigger.TYPED, init=False)


@dataclass(frozen=True, slots=True)
class Scanned:
    """The scanner read something; a damaged code, which is to be scanned again, has no text.

    `rivals` are other codes in sight that are as useful and mean something else.
    """

    text: str
    rivals: tuple[str, ...] = ()
    trigger: Trigger = field(default=Trigger.SCANNED, init=False)


@dataclass(frozen=True, slots=True)
class TicketGiven:
    """The hub gave a ticket. Attempt 0 belongs to a press of before the program started."""

    attempt: int
    ticket: TicketView
    ahead: int | None
    estimate_seconds: int | None
    trigger: Trigger = field(default=Trigger.TICKET_GIVEN, init=False)


@dataclass(frozen=True, slots=True)
class TicketRefused:
    """The hub refused a ticket."""

    attempt: int
    code: str
    data: Mapping[str, str | int] = field(default_factory=dict)
    trigger: Trigger = field(default=Trigger.TICKET_REFUSED, init=False)


@dataclass(frozen=True, slots=True)
class DossierAnswered:
    """What the hub knows of a dossier code; None where it knows nothing, with the code of the reason."""

    attempt: int
    dossier: DossierView | None
    reason: str = ""
    trigger: Trigger = field(default=Trigger.DOSSIER_ANSWERED, init=False)


@dataclass(frozen=True, slots=True)
class PlaceAnswered:
    """Where a scanned ticket stands; None if the hub does not know it, with the code of the reason."""

    attempt: int
    place: TicketPlace | None
    reason: str = ""
    trigger: Trigger = field(default=Trigger.PLACE_ANSWERED, init=False)


@dataclass(frozen=True, slots=True)
class Readmitted:
    """Who missed a call waits again; or does not, with the code of the reason."""

    attempt: int
    reason: str = ""
    trigger: Trigger = field(default=Trigger.READMITTED, init=False)


@dataclass(frozen=True, slots=True)
class FloorChanged:
    """The floor as of the hub's last message."""

    floor: FloorView | None
    services: Mapping[str, ServiceView]
    counters: Mapping[str, CounterView]
    trigger: Trigger = field(default=Trigger.FLOOR_CHANGED, init=False)


@dataclass(frozen=True, slots=True)
class Connected:
    """The hub is there."""

    trigger: Trigger = field(default=Trigger.CONNECTED, init=False)


@dataclass(frozen=True, slots=True)
class Disconnected:
    """The hub is gone."""

    trigger: Trigger = field(default=Trigger.DISCONNECTED, init=False)


@dataclass(frozen=True, slots=True)
class ReserveChanged:
    """How many numbers of each service this kiosk could give now without the hub."""

    left: Mapping[str, int]
    trigger: Trigger = field(default=Trigger.RESERVE_CHANGED, init=False)


@dataclass(frozen=True, slots=True)
class PrinterChanged:
    """The printer's condition has changed."""

    status: DeviceStatus
    trigger: Trigger = field(default=Trigger.PRINTER_CHANGED, init=False)


@dataclass(frozen=True, slots=True)
class ScannerChanged:
    """The scanner is there, or is not."""

    health: Health
    trigger: Trigger = field(default=Trigger.SCANNER_CHANGED, init=False)


@dataclass(frozen=True, slots=True)
class ReprintsAsked:
    """Staff want these slips again at this kiosk, and nothing is known of them here; `now` is the hub's time of day."""

    wanted: tuple[ReprintView, ...]
    now: datetime | None
    trigger: Trigger = field(default=Trigger.REPRINTS_ASKED, init=False)


@dataclass(frozen=True, slots=True)
class SlipDone:
    """What became of a print job; `reprint` counts from 1, 0 is the first print."""

    job: str
    outcome: PrintOutcome
    reason: str = ""
    reprint: int = 0
    trigger: Trigger = field(default=Trigger.SLIP_DONE, init=False)


@dataclass(frozen=True, slots=True)
class TimePassed:
    """The clock: `now` in seconds of any steady clock, and the hub's time of day where it is known."""

    now: float
    hub_time: datetime | None = None
    trigger: Trigger = field(default=Trigger.TIME_PASSED, init=False)


Event = (
    Tapped
    | Typed
    | Scanned
    | TicketGiven
    | TicketRefused
    | DossierAnswered
    | PlaceAnswered
    | Readmitted
    | FloorChanged
    | Connected
    | Disconnected
    | ReserveChanged
    | PrinterChanged
    | ScannerChanged
    | ReprintsAsked
    | SlipDone
    | TimePassed
)
