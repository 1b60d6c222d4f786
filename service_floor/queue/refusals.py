"""Why the floor says no: a code with data. An answer to a person, never an exception."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class RefusalCode(StrEnum):
    """Every reason for which a command can be refused."""

    UNKNOWN_SERVICE = "unknown_service"
    UNKNOWN_COUNTER = "unknown_counter"
    UNKNOWN_TICKET = "unknown_ticket"
    UNKNOWN_CALL = "unknown_call"
    UNKNOWN_PRIORITY = "unknown_priority"
    NOT_OPEN_YET = "not_open_yet"
    CLOSED_FOR_TODAY = "closed_for_today"
    OUTSIDE_SESSION = "outside_session"
    QUOTA_USED_UP = "quota_used_up"
    SERIES_USED_UP = "series_used_up"
    NOBODY_WAITING = "nobody_waiting"
    COUNTER_CLOSED = "counter_closed"
    COUNTER_PAUSED = "counter_paused"
    COUNTER_BUSY = "counter_busy"
    COUNTER_TAKEN = "counter_taken"
    NOT_SIGNED_IN = "not_signed_in"
    UNKNOWN_OFFICER = "unknown_officer"
    NOT_YOUR_COUNTER = "not_your_counter"
    NOT_YOUR_SHIFT = "not_your_shift"
    PIN_NEEDED = "pin_needed"
    NOTHING_CALLED = "nothing_called"
    NOTHING_SERVED = "nothing_served"
    WRONG_STATE = "wrong_state"
    SERVICE_NOT_TAKEN = "service_not_taken"
    REASON_NEEDED = "reason_needed"
    RECALL_TOO_SOON = "recall_too_soon"
    RECALL_LIMIT = "recall_limit"
    PARK_TOO_LONG = "park_too_long"
    NOT_PARKED_HERE = "not_parked_here"
    CALLED_ELSEWHERE = "called_elsewhere"
    NOT_AT_A_KIOSK = "not_at_a_kiosk"
    NO_PRIORITY = "no_priority"
    ALREADY_SAID = "already_said"
    LEASES_OFF = "leases_off"
    LEASE_LIMIT = "lease_limit"
    NOT_LEASED = "not_leased"
    UNKNOWN_KIOSK = "unknown_kiosk"
    NO_SLIP_PRINTER = "no_slip_printer"
    REPRINT_LIMIT = "reprint_limit"
    REPRINT_UNDER_WAY = "reprint_under_way"


@dataclass(frozen=True, slots=True)
class Refusal:
    """A command was refused; `data` fills the placeholders of the sentence in `texts/`."""

    code: RefusalCode
    data: Mapping[str, str | int] = field(default_factory=dict)


# What `data` holds for each code: the placeholders that its sentence may use. Services, counters, tickets and officers
# are ids, `number` is a ticket's printed number, `opens_at` is HH:MM, `per` is day or session, `minutes` is what was asked.
DATA_FIELDS: Final[Mapping[RefusalCode, frozenset[str]]] = MappingProxyType(
    {
        RefusalCode.UNKNOWN_SERVICE: frozenset({"service"}),
        RefusalCode.UNKNOWN_COUNTER: frozenset({"counter"}),
        RefusalCode.UNKNOWN_TICKET: frozenset({"ticket"}),
        RefusalCode.UNKNOWN_CALL: frozenset({"call"}),
        RefusalCode.UNKNOWN_PRIORITY: frozenset({"priority"}),
        RefusalCode.NOT_OPEN_YET: frozenset({"opens_at"}),
        RefusalCode.CLOSED_FOR_TODAY: frozenset(),
        RefusalCode.OUTSIDE_SESSION: frozenset({"opens_at"}),
        RefusalCode.QUOTA_USED_UP: frozenset({"service", "limit", "per"}),
        RefusalCode.SERIES_USED_UP: frozenset({"service", "last"}),
        RefusalCode.NOBODY_WAITING: frozenset({"counter"}),
        RefusalCode.COUNTER_CLOSED: frozenset({"counter"}),
        RefusalCode.COUNTER_PAUSED: frozenset({"counter", "reason"}),
        RefusalCode.COUNTER_BUSY: frozenset({"counter", "number"}),
        RefusalCode.COUNTER_TAKEN: frozenset({"counter", "officer"}),
        RefusalCode.NOT_SIGNED_IN: frozenset({"counter"}),
        RefusalCode.UNKNOWN_OFFICER: frozenset({"officer"}),
        RefusalCode.NOT_YOUR_COUNTER: frozenset({"counter", "officer"}),
        RefusalCode.NOT_YOUR_SHIFT: frozenset({"officer", "session"}),
        RefusalCode.PIN_NEEDED: frozenset({"officer"}),
        RefusalCode.NOTHING_CALLED: frozenset({"counter"}),
        RefusalCode.NOTHING_SERVED: frozenset({"counter"}),
        RefusalCode.WRONG_STATE: frozenset({"number", "state"}),
        RefusalCode.SERVICE_NOT_TAKEN: frozenset({"counter", "service"}),
        RefusalCode.REASON_NEEDED: frozenset(),
        RefusalCode.RECALL_TOO_SOON: frozenset({"seconds"}),
        RefusalCode.RECALL_LIMIT: frozenset({"limit"}),
        RefusalCode.PARK_TOO_LONG: frozenset({"minutes", "limit"}),
        RefusalCode.NOT_PARKED_HERE: frozenset({"number", "counter"}),
        RefusalCode.CALLED_ELSEWHERE: frozenset({"number", "counter"}),
        RefusalCode.NOT_AT_A_KIOSK: frozenset({"number"}),
        RefusalCode.NO_PRIORITY: frozenset({"number"}),
        RefusalCode.ALREADY_SAID: frozenset({"outcome"}),
        RefusalCode.LEASES_OFF: frozenset(),
        RefusalCode.LEASE_LIMIT: frozenset({"service", "limit"}),
        RefusalCode.NOT_LEASED: frozenset({"number"}),
        RefusalCode.UNKNOWN_KIOSK: frozenset({"kiosk"}),
        RefusalCode.NO_SLIP_PRINTER: frozenset(),
        RefusalCode.REPRINT_LIMIT: frozenset({"number", "limit"}),
        RefusalCode.REPRINT_UNDER_WAY: frozenset({"number", "kiosk"}),
    }
)
