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

    `profile`: tiers of service ids; a later tier is taken only when the earlier ones are empty. A `reception` issues,
    readmits and moves tickets of every service, also of those that it does not take.
    """

    id: str
    number: int
    name: str
    profile: tuple[tuple[str, ...], ...]
    reception: bool = False

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
    """How tickets are called: interleaved is one priority ticket after every `normal_per_priority` others.

    A called citizen is promised `recall_limit` calls and `no_show_wait` from the first of them. A visit that is over
    sooner than `shortest_visit` after its first call needs a reason. A kiosk gives at most `issue_pace` tickets a minute.
    """

    priority: PriorityRule = PriorityRule.STRICT
    normal_per_priority: int = 3
    recall_limit: int = 3
    recall_hold_off: timedelta = timedelta(seconds=10)
    no_show_wait: timedelta = timedelta(seconds=60)
    shortest_visit: timedelta = timedelta(seconds=5)
    readmit_delay: timedelta = timedelta(0)
    kiosk_readmit: bool = False
    park_limit: timedelta = timedelta(minutes=30)
    reprint_limit: int = 3
    issue_pace: int = 30


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
    are the kiosks that print slips, in the centre's order. `announcers` are the agents that announce some counters only.
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
    announcers: Mapping[str, frozenset[str]] = field(default_factory=dict)
    centre: str = ""

    def is_served(self, service: str) -> bool:
        """Whether any counter takes the service."""
        return any(counter.takes(service) for counter in self.counters.values())
