"""Interface between the writer and the concern that decides: requests in, answers and news out.

The writer batches, commits and recovers; it does not know what a command means. A decider holds the state that it folds
from the journal, decides on commands and answers questions. `LiveFloor` is the one for the floor.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, Protocol, TypeVar

from hub.floor.feed import EncodedPut
from hub.journal.journal import Page, Recorded
from hub.messages import Answer, WireError
from service_floor.queue.actors import Actor
from service_floor.queue.commands import Command

View = TypeVar("View")
View_co = TypeVar("View_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Request:
    """A command of a device; the callback `reply` takes the text of the answer, on the event loop."""

    actor: Actor
    req: str
    command: Command
    reply: Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Inquiry(Generic[View]):
    """A question about an id or number; the callback `reply` takes the view or the error code, on the event loop."""

    code: str
    reply: Callable[[View | WireError], None]


Item = Request | Inquiry[View]
Reply = tuple[Callable[[Any], None], Any]


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the journal and the day stand; `day` is None while the journal cannot be written."""

    day: date | None
    rows: int
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class CommandOutcome:
    """Result of one round of the writer: news for the feed, then answers."""

    puts: tuple[EncodedPut, ...]
    replies: tuple[Reply, ...]
    standing: Standing


class Decider(Protocol[View_co]):
    """State and decisions of one concern. Used only by the writer's thread; thrown away after an exception."""

    @property
    def day(self) -> date | None:
        """The business day, None before the first."""

    @property
    def counts(self) -> Mapping[str, int]:
        """What has happened today, for the health page."""

    def restore(self, recorded: Iterable[Recorded]) -> None:
        """Fold the journal's events. Raises ImpossibleEventError or LookupError where they do not fit each other."""

    def time_is_due(self, now: datetime) -> bool:
        """Whether time has brought events that are not recorded yet."""

    def let_time_pass(self, page: Page, now: datetime) -> None:
        """Record the events that are due."""

    def carry_out(self, page: Page, request: Request, now: datetime) -> Answer:
        """Authorise, decide, record the events."""

    def follow_up(self, page: Page, request: Request, now: datetime) -> None:
        """Record what an accepted request brings about beside its own events, once its answer is kept."""

    def look_up(self, code: str) -> View_co | WireError:
        """Answer a question from the state; nothing changes."""

    def take_puts(self, now: datetime) -> tuple[EncodedPut, ...]:
        """The news for the feed since the last call."""

    def each_second(self) -> None:
        """Refresh what changes without an event: estimates and gauges."""
