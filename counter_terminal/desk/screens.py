"""Frozen screen states that the views draw. Every text in them is ready for the officer to read."""

from dataclasses import dataclass, field
from datetime import datetime

from counter_terminal.desk.actions import Action, ReasonAsked
from counter_terminal.desk.setup import Named


@dataclass(frozen=True, slots=True)
class Strip:
    """The line at the top: who, where, when, and how hub, scanner and printer are. `printer_wants` somebody to look at it."""

    counter_number: int
    counter_name: str
    officer: str
    counter_state: str
    state_text: str
    connected: bool
    connection_text: str
    scanner_text: str
    now: datetime | None
    printer_text: str = ""
    printer_wants: bool = False


@dataclass(frozen=True, slots=True)
class CurrentTicket:
    """The ticket at the desk. `paper` reports on its slip if the officer must know of it."""

    id: str
    number: str
    service: str
    state_text: str
    detail: str
    priority: str
    priority_confirmed: bool | None
    since: datetime | None
    paper: str = ""
    paper_is_out: bool = False


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """A ticket that this counter could take. `note` marks a number that a kiosk gave without the hub."""

    id: str
    number: str
    service: str
    priority: str
    arrived_at: datetime
    next: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class DossierCard:
    """What a scan has brought up. `papers` are the slips that can be printed of it, and `printing`
    reports on the last one as long as it has not failed. `choices` are the codes of which one is to be chosen first."""

    found: bool
    code: str
    headline: str
    standing: str
    late: bool = False
    lines: tuple[tuple[str, str], ...] = ()
    papers: tuple[Named, ...] = ()
    printing: str = ""
    choices: tuple[Named, ...] = ()


@dataclass(frozen=True, slots=True)
class CameraPane:
    """The desk's camera: whether it gives pictures, and how it is in words."""

    live: bool
    text: str


@dataclass(frozen=True, slots=True)
class EnrolScreen:
    """The hub does not let this terminal in: the code for its technician. Without a code it cannot be reached."""

    strip: Strip
    title: str
    code: str
    remaining: str
    steps: tuple[str, ...]
    notice: str


@dataclass(frozen=True, slots=True)
class SignInScreen:
    """Who sits here? `takes_over` names the colleague who is signed in still; then the desk can be gone back to."""

    strip: Strip
    officers: tuple[Named, ...]
    notice: str = ""
    busy: bool = False
    takes_over: str = ""
    can_leave: bool = False


@dataclass(frozen=True, slots=True)
class PinScreen:
    """An officer has chosen their name and types their PIN. `can_type` False: the hub would refuse any PIN."""

    strip: Strip
    officer: Named
    notice: str = ""
    busy: bool = False
    takes_over: str = ""
    can_type: bool = True


@dataclass(frozen=True, slots=True)
class DeskScreen:
    """An officer at work. `camera` is None without one."""

    strip: Strip
    current: CurrentTicket | None
    actions: frozenset[Action]
    waiting: tuple[WaitingRow, ...]
    parked: tuple[WaitingRow, ...]
    missed: tuple[WaitingRow, ...]
    waiting_count: int
    dossier: DossierCard | None
    camera: CameraPane | None = None
    notice: str = ""
    busy: bool = False
    services: tuple[Named, ...] = field(default=())
    pause_reasons: tuple[Named, ...] = field(default=())
    call_reasons: tuple[Named, ...] = field(default=())
    park_minutes: tuple[int, ...] = field(default=())
    reprint_reasons: tuple[Named, ...] = field(default=())
    no_show_reasons: tuple[Named, ...] = field(default=())
    cancel_reasons: tuple[Named, ...] = field(default=())
    asks: ReasonAsked | None = None


Screen = EnrolScreen | SignInScreen | PinScreen | DeskScreen
