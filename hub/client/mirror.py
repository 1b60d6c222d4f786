"""Mirror of the feed, a cache on the client: each step is parsed once into a change, and every mirror applies it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeVar

from hub.messages import (
    CallView,
    CounterView,
    Delta,
    FloorView,
    ReprintView,
    ServiceView,
    Snapshot,
    TicketView,
    Topic,
)
from hub.messages.views import View

V = TypeVar("V", bound=View)

_VIEWS: Mapping[Topic, type[View]] = {
    Topic.FLOOR: FloorView,
    Topic.SERVICES: ServiceView,
    Topic.COUNTERS: CounterView,
    Topic.CALLS: CallView,
    Topic.TICKETS: TicketView,
    Topic.REPRINTS: ReprintView,
}


@dataclass(frozen=True, slots=True)
class KeyChange:
    """The new view of one key; None removes it."""

    topic: Topic
    key: str
    view: View | None


@dataclass(frozen=True, slots=True)
class Change:
    """One step of the feed as parsed. A snapshot replaces everything; a tick changes no key, only the hub's time."""

    epoch: str
    seq: int
    keys: tuple[KeyChange, ...] = ()
    snapshot: bool = False
    now: datetime | None = None
    rows: int | None = None

    def touches(self, *topics: Topic) -> bool:
        """Whether anything of these topics may have changed."""
        return self.snapshot or any(change.topic in topics for change in self.keys)


class MirrorStep(StrEnum):
    """How a position stands to the mirror's own."""

    NEXT = "next"
    KNOWN = "known"
    GAP = "gap"


class Mirror:
    """Typed reads of the hub's last state. Used by one thread."""

    def __init__(self) -> None:
        self.epoch: str | None = None
        self.seq = 0
        self.rows: int | None = None
        self.hub_now: datetime | None = None
        self._views: dict[Topic, dict[str, View]] = {topic: {} for topic in Topic}

    def step(self, epoch: str, seq: int) -> MirrorStep:
        """Compare a delta's position with the mirror's own."""
        if epoch != self.epoch or seq > self.seq + 1:
            return MirrorStep.GAP
        return MirrorStep.NEXT if seq == self.seq + 1 else MirrorStep.KNOWN

    def take(self, change: Change) -> None:
        """Apply a change that follows the mirror's position, or a snapshot."""
        if change.snapshot:
            self._views = {topic: {} for topic in Topic}
        for key in change.keys:
            if key.view is None:
                self._views[key.topic].pop(key.key, None)
            else:
                self._views[key.topic][key.key] = key.view
        self.epoch, self.seq = change.epoch, change.seq
        self.hub_now = change.now or self.hub_now
        self.rows = self.rows if change.rows is None else change.rows

    @property
    def floor(self) -> FloorView | None:
        """The business day, None before the first snapshot."""
        return self._of(Topic.FLOOR, FloorView).get("day")

    @property
    def services(self) -> Mapping[str, ServiceView]:
        """Services by id."""
        return self._of(Topic.SERVICES, ServiceView)

    @property
    def counters(self) -> Mapping[str, CounterView]:
        """Counters by id."""
        return self._of(Topic.COUNTERS, CounterView)

    @property
    def calls(self) -> Mapping[str, CallView]:
        """Calls of the last minutes by call id."""
        return self._of(Topic.CALLS, CallView)

    @property
    def tickets(self) -> Mapping[str, TicketView]:
        """Tickets that are not over, by id."""
        return self._of(Topic.TICKETS, TicketView)

    @property
    def reprints(self) -> Mapping[str, ReprintView]:
        """Slips that were asked for again in the last minutes, by id."""
        return self._of(Topic.REPRINTS, ReprintView)

    def _of(self, topic: Topic, _view: type[V]) -> Mapping[str, V]:
        return self._views[topic]  # type: ignore[return-value]  # each value was parsed by its topic


def change_of_snapshot(frame: Snapshot) -> Change:
    """Parse a snapshot."""
    keys = tuple(
        KeyChange(topic, key, _VIEWS[topic].model_validate(value))
        for topic, values in frame.state.items()
        for key, value in values.items()
    )
    return Change(frame.epoch, frame.seq, keys, snapshot=True, now=frame.now, rows=frame.rows)


def change_of_delta(frame: Delta) -> Change:
    """Parse a delta."""
    keys = tuple(
        KeyChange(
            put.topic,
            put.key,
            None if put.value is None else _VIEWS[put.topic].model_validate(put.value),
        )
        for put in frame.puts
    )
    return Change(frame.epoch, frame.seq, keys, rows=frame.rows)
