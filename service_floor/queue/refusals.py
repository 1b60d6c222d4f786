"""Refusals: the answer of the rules to a command that is not possible, as a code with data. Never an exception."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Self


class RefusalCode(StrEnum):
    """Base of the refusal codes. A member is its code, then the names of its data.

    The data are the placeholders that the sentence in `texts/` may use. Services, counters, tickets and officers are
    ids, `number` is a ticket's printed number, `opens_at` is HH:MM, `per` is day or session, `minutes` is the requested
    time.
    """

    data_fields: frozenset[str]

    def __new__(cls, code: str, *data_fields: str) -> Self:
        member = str.__new__(cls, code)
        member._value_ = code
        member.data_fields = frozenset(data_fields)
        return member


class CommonRefusal(RefusalCode):
    """Codes that several concerns of the queue use. A concern's own codes stand in its module."""

    UNKNOWN_SERVICE = "unknown_service", "service"
    UNKNOWN_COUNTER = "unknown_counter", "counter"
    UNKNOWN_TICKET = "unknown_ticket", "ticket"
    NOT_OPEN_YET = "not_open_yet", "opens_at"
    CLOSED_FOR_TODAY = "closed_for_today"
    OUTSIDE_SESSION = "outside_session", "opens_at"
    QUOTA_USED_UP = "quota_used_up", "service", "limit", "per"
    SERIES_USED_UP = "series_used_up", "service", "last"
    COUNTER_CLOSED = "counter_closed", "counter"
    COUNTER_PAUSED = "counter_paused", "counter", "reason"
    COUNTER_BUSY = "counter_busy", "counter", "number"
    NOT_SIGNED_IN = "not_signed_in", "counter"
    NOTHING_CALLED = "nothing_called", "counter"
    NOTHING_SERVED = "nothing_served", "counter"
    WRONG_STATE = "wrong_state", "number", "state"
    SERVICE_NOT_TAKEN = "service_not_taken", "counter", "service"
    REASON_NEEDED = "reason_needed"
    NOT_PARKED_HERE = "not_parked_here", "number", "counter"
    CALLED_ELSEWHERE = "called_elsewhere", "number", "counter"
    ALREADY_SAID = "already_said", "outcome"


@dataclass(frozen=True, slots=True)
class Refusal:
    """A refused command; `data` fills the placeholders of the sentence in `texts/`."""

    code: RefusalCode
    data: Mapping[str, str | int] = field(default_factory=dict)
