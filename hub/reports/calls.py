"""The judged calls of a day one by one: as a spreadsheet, and compressed so that pages of them can be read from the
cache."""

import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from heapq import merge
from operator import itemgetter
from typing import Final, assert_never

from pydantic import TypeAdapter

from config.letter import printable
from hub.reports.day_report import DayReport
from hub.reports.names import Names
from plumbing.sentences import Sentences
from service_floor.queue.audit.fairness import Cause
from service_floor.queue.audit.fairness_totals import ClaimStanding
from service_floor.queue.audit.ways import Ground, JudgedWay, Way
from service_floor.zone import local

_IN_A_ROW: Final = (
    "at", "counter", "officer", "number", "service", "priority", "claim",
    "cause", "reason", "longest", "turn", "waited_seconds", "onward", "ground", "times_called", "seconds",
)  # fmt: skip
_GROUNDS: Final[Mapping[Cause, Ground]] = {
    Cause.OUT_OF_ORDER: Ground.REASON,
    Cause.UNEXPLAINED: Ground.UNEXPLAINED,
}
_AFTER_SEPARATOR: Final = re.compile(r"([;,|]\s*)(?=[=+\-@])")
_FORMULA: Final = ("=", "+", "-", "@")
_PACKING: Final = 6


@dataclass(frozen=True, slots=True)
class ListedCall:
    """A judged call without machine ids. `claim` is what officers decided today about the claimed priority."""

    at: datetime
    counter: str
    officer: str
    number: str
    service: str
    priority: str | None
    claim: ClaimStanding | None
    cause: Cause
    reason: str
    longest: str | None
    turn: str | None
    waited_seconds: int | None
    onward: bool


class CallFilter(StrEnum):
    """Which calls are wanted."""

    ALL = "all"
    DIFFERENCES = "differences"
    """The called ticket was not the longest waiting one, or not the one next in turn."""
    OUT_OF_ORDER = "out_of_order"
    UNEXPLAINED = "unexplained"
    UNCONFIRMED = "unconfirmed"
    """It went before others by a claimed priority that no officer confirmed or rejected."""


@dataclass(frozen=True, slots=True)
class CallQuery:
    """A filter over the calls of a day; an empty counter or officer is any."""

    only: CallFilter = CallFilter.ALL
    counter: str = ""
    officer: str = ""

    def matches(self, call: ListedCall) -> bool:
        """Whether the call is wanted."""
        if self.counter not in ("", call.counter) or self.officer not in ("", call.officer):
            return False
        match self.only:
            case CallFilter.ALL:
                return True
            case CallFilter.DIFFERENCES:
                return call.cause is not Cause.IN_ORDER
            case CallFilter.UNCONFIRMED:
                unconfirmed = call.claim is ClaimStanding.UNCONFIRMED
                return unconfirmed and call.cause is Cause.PRIORITY
            case CallFilter.OUT_OF_ORDER | CallFilter.UNEXPLAINED:
                return call.cause.value == self.only.value
            case _:
                assert_never(self.only)


@dataclass(frozen=True, slots=True)
class PickedCalls:
    """A page of the wanted calls, and how many there are."""

    calls: tuple[ListedCall, ...]
    count: int


_calls: TypeAdapter[ListedCall] = TypeAdapter(ListedCall)


def listed_calls(report: DayReport) -> Iterator[ListedCall]:
    """All calls in order of time."""
    for call in report.judge.calls:
        yield ListedCall(
            at=call.at,
            counter=call.counter,
            officer=call.officer,
            number=call.number,
            service=call.service,
            priority=call.priority,
            claim=report.claim(call),
            cause=call.cause,
            reason=call.reason,
            longest=call.longest,
            turn=call.turn,
            waited_seconds=None if call.waited is None else int(call.waited.total_seconds()),
            onward=call.onward,
        )


def pack(calls: Iterable[ListedCall]) -> bytes:
    """Compress calls: a busy day into some hundred kilobytes."""
    return zlib.compress(b"\n".join(map(_calls.dump_json, calls)), _PACKING)


def unpack(packed: bytes) -> Iterator[ListedCall]:
    """The calls that were packed."""
    lines = zlib.decompress(packed)
    return map(_calls.validate_json, lines.split(b"\n")) if lines else iter(())


def page_of_calls(packed: bytes, wanted: CallQuery, first: int, most: int) -> PickedCalls:
    """At most `most` of the wanted calls, from number `first` on, counted from 0."""
    found, count = [], 0
    for call in filter(wanted.matches, unpack(packed)):
        if first <= count < first + most:
            found.append(call)
        count += 1
    return PickedCalls(tuple(found), count)


@dataclass(frozen=True, slots=True)
class CallSheet:
    """Rows of a spreadsheet in one language, with cells that no spreadsheet parses as a formula."""

    names: Names
    sentences: Sentences

    def head(self) -> tuple[str, ...]:
        """The headings."""
        return tuple(self._say(f"column.{name}") for name in _IN_A_ROW)

    def rows(
        self, calls: Iterable[ListedCall], ways: Iterable[JudgedWay]
    ) -> Iterator[tuple[str, ...]]:
        """Calls and ways in order of time."""
        both = merge(
            ((call.at, self._cells(call)) for call in calls),
            ((way.at, self._way(way)) for way in ways),
            key=itemgetter(0),
        )
        return (tuple(map(_harmless, cells)) for _, cells in both)

    def _cells(self, call: ListedCall) -> Iterable[str]:
        return (
            f"{local(call.at):%H:%M:%S}",
            self.names.counter(call.counter),
            self.names.officer(call.officer),
            call.number,
            self.names.service(call.service),
            self.names.priority(call.priority),
            self._say(f"claim.{call.claim}") if call.claim else "",
            self._say(f"cause.{call.cause}"),
            self.names.reason(call.reason),
            call.longest or "",
            call.turn or "",
            "" if call.waited_seconds is None else str(call.waited_seconds),
            self._say("column.yes") if call.onward else "",
            self._say(f"ground.{_GROUNDS.get(call.cause, Ground.RULE)}"),
            "",
            "",
        )

    def _way(self, way: JudgedWay) -> Iterable[str]:
        notes = (("own_priority", way.own_priority), ("elsewhere", way.elsewhere))
        noted = [self._say(key) for key, held in notes if held]
        reprinted = way.way is Way.REPRINTED
        reason = (
            self._say(f"reprint_reason.{way.reason}")
            if reprinted
            else self.names.way_reason(way.reason)
        )
        return (
            f"{local(way.at):%H:%M:%S}",
            self.names.counter(way.counter),
            self.names.officer(way.officer) or way.device,
            way.number,
            self.names.service(way.service),
            *("", ""),
            self._say(f"way.{way.way}"),
            " ".join(filter(None, [reason, *noted])),
            *("", "", "", ""),
            self._say(f"ground.{way.ground}"),
            "" if way.calls is None else str(way.calls),
            "" if way.seconds is None else str(way.seconds),
        )

    def _say(self, key: str) -> str:
        return self.sentences.say(f"fairness.{key}")


def _harmless(cell: str) -> str:
    """A cell as text: one that begins like a formula would be executed by the program that opens the file (CSV
    injection). So would what follows a semicolon, where that separates the cells, as in many offices here."""
    cell = _AFTER_SEPARATOR.sub(r"\1'", printable(cell))
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
