"""Why the floor says no: a code with data. An answer to a person, never an exception."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


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
    NOTHING_CALLED = "nothing_called"
    NOTHING_SERVED = "nothing_served"
    WRONG_STATE = "wrong_state"
    SERVICE_NOT_TAKEN = "service_not_taken"
    REASON_NEEDED = "reason_needed"
    RECALL_TOO_SOON = "recall_too_soon"
    RECALL_LIMIT = "recall_limit"
    PARK_TOO_LONG = "park_too_long"
    NOT_PARKED_HERE = "not_parked_here"
    ALREADY_SAID = "already_said"


@dataclass(frozen=True, slots=True)
class Refusal:
    """A command was refused; `data` fills the placeholders of the sentence in `texts/`."""

    code: RefusalCode
    data: Mapping[str, str | int] = field(default_factory=dict)
