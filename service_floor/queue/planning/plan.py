"""Plan of the queues: the services, counters, hours, limits, priority and calling rules that a centre has decided.
Never changes in a day."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from enum import StrEnum
from itertools import chain


@dataclass(frozen=True, slots=True)
class Series:
    """A band of ticket numbers: `prefix` and a number of at least `width` digits from `first` to `last`."""

    prefix: str
    width: int
    first: int
    last: int

    def label(self, n: int) -> str:
        """The number as printed, e.g. A042."""
        return f"{self.prefix}{n:0{self.width}d}"


@dataclass(frozen=True, slots=True)
class Quota:
    """Limits on the tickets issued; None is unlimited."""

    per_day: int | None = None
    per_session: int | None = None


@dataclass(frozen=True, slots=True)
class Service:
    """What a queue is for; it belongs to an agency.

    `sessions` names the sessions in which tickets are issued; () is all.
    """

    id: str
    name: str
    agency: str
    series: Series
    quota: Quota = Quota()
    sessions: tuple[str, ...] = ()
    typical: timedelta = timedelta(minutes=6)


@dataclass(frozen=True, slots=True)
class Counter:
    """Where an officer serves.

    `profile`: tiers of service ids; a later tier is taken only when the earlier ones are empty.
    """

    id: str
    number: int
    name: str
    profile: tuple[tuple[str, ...], ...]

    def takes(self, service: str) -> bool:
        """Whether the service stands in any tier."""
        return service in chain.from_iterable(self.profile)


@dataclass(frozen=True, slots=True)
class Session:
    """A part of the day in which the doors are open; `days` are ISO weekdays 1 (Monday) to 7."""

    name: str
    days: frozenset[int]
    start: time
    end: time


@dataclass(frozen=True, slots=True)
class Hours:
    """Opening hours. Tickets stop `stop_before_close` before a session ends; `closed_days` are holidays, `extra_days`
    open although their weekday is closed (swapped working days)."""

    sessions: tuple[Session, ...]
    stop_before_close: timedelta = timedelta(0)
    closed_days: frozenset[date] = frozenset()
    extra_days: Mapping[date, int] | None = None


class PriorityRule(StrEnum):
    """How priority classes go before others."""

    STRICT = "strict"
    INTERLEAVED = "interleaved"


@dataclass(frozen=True, slots=True)
class PriorityClass:
    """A reason to be called earlier. A lower `rank` goes first."""

    id: str
    name: str
    rank: int


@dataclass(frozen=True, slots=True)
class CallingRules:
    """How tickets are called: interleaved is one priority ticket after every `normal_per_priority` others."""

    priority: PriorityRule = PriorityRule.STRICT
    normal_per_priority: int = 3
    recall_limit: int = 3
    recall_hold_off: timedelta = timedelta(seconds=10)
    readmit_delay: timedelta = timedelta(0)
    kiosk_readmit: bool = False
    park_limit: timedelta = timedelta(minutes=30)
    reprint_limit: int = 3


@dataclass(frozen=True, slots=True)
class Officer:
    """Who may sit where and when. `counters` None is any, `shifts` are names of sessions, none named is all."""

    id: str
    counters: frozenset[str] | None = None
    substitutes_for: tuple[str, ...] = ()
    shifts: tuple[str, ...] = ()

    def sits_at(self, counter: str) -> bool:
        """Whether this is one of the officer's own counters."""
        return self.counters is None or counter in self.counters


@dataclass(frozen=True, slots=True)
class FloorPlan:
    """Everything the rules need to know of a centre, by id. A kiosk may hold `lease_numbers` of each service in
    advance.

    A plan that names no officers takes any; with `pin_sign_in` an officer must be proven before signing in. `printers`
    are the kiosks that print slips, in the centre's order.
    """

    services: Mapping[str, Service]
    counters: Mapping[str, Counter]
    priorities: Mapping[str, PriorityClass]
    hours: Hours
    calling: CallingRules = CallingRules()
    lease_numbers: int = 5
    officers: Mapping[str, Officer] = field(default_factory=dict)
    pin_sign_in: bool = False
    printers: tuple[str, ...] = ()
