"""Views of the floor for screens: one absolute value per (topic, key). No citizen's name or identity number in any
of them."""

from datetime import date, datetime
from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict

from config.model.moments import When


class Topic(StrEnum):
    """What a client may subscribe to."""

    FLOOR = "floor"
    SERVICES = "services"
    COUNTERS = "counters"
    CALLS = "calls"
    TICKETS = "tickets"
    REPRINTS = "reprints"


class View(BaseModel):
    """A value of the feed. Clients ignore fields that they do not know."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class FloorView(View):
    """Topic `floor`, key `day`: the business day and whether tickets are given."""

    day: date | None
    ended: bool
    ended_at: datetime | None = None
    session: str | None


class ServiceView(View):
    """Topic `services`, key = service id."""

    id: str
    waiting: int
    issued: int
    left_today: int | None
    open_counters: int
    estimate_seconds: int | None


class CounterView(View):
    """Topic `counters`, key = counter id. `number` is the ticket that it has called or serves."""

    id: str
    state: Literal["closed", "open", "paused"]
    officer: str | None
    ticket: str | None
    number: str | None
    ticket_state: Literal["called", "serving"] | None
    pause_reason: str


class CallView(View):
    """Topic `calls`, key = call id: a call or recall of the last minutes, newest last by `called_at`."""

    call: str
    ticket: str
    number: str
    counter: str
    attempt: int
    priority: bool
    called_at: datetime
    over: bool


class TicketView(View):
    """Topic `tickets`, key = ticket id: an open ticket of today. `offline`: a kiosk issued it without the hub."""

    id: str
    number: str
    state: Literal[
        "waiting", "called", "serving", "parked", "no_show", "finished", "cancelled", "expired"
    ]
    service: str
    counter: str | None
    next_services: tuple[str, ...]
    priority: str | None
    priority_confirmed: bool | None
    issued_at: datetime
    arrived_at: datetime
    calls: int
    called_at: datetime | None
    started_at: datetime | None
    parked_until: datetime | None
    slip: str
    offline: bool = False


class ReprintView(View):
    """Topic `reprints`, key = `id`: a reprint requested in the last minutes, at which kiosk, and its outcome; empty
    while nothing has been reported. It also holds what the kiosk needs to print it."""

    id: str
    ticket: str
    reprint: int
    kiosk: str
    reason: str
    asked_at: datetime
    outcome: str
    remark: str
    number: str
    service: str
    priority: str | None
    issued_at: datetime
    offline: bool


class DossierView(View):
    """The answer to a dossier code: its way through the agencies, without its owner's name."""

    code: str
    procedure: str
    agency: str
    status: str
    standing: str
    received_at: When | None
    due_at: When | None
    finished_at: When | None
    note: str


class TicketPlace(View):
    """The answer to a ticket code: the ticket and how many are before it."""

    ticket: TicketView
    ahead: int | None
    estimate_seconds: int | None
