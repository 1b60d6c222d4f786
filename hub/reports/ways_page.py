"""The part of the fairness report on ways in and out of the queue: its conclusion, totals and list."""

from collections.abc import Iterable
from dataclasses import dataclass

from hub.reports.columns import table
from hub.reports.names import Names
from hub.reports.report_words import LISTED, ReportWords
from hub.reports.way_rows import worth_a_look
from service_floor.queue.audit.fairness_totals import DayFairness
from service_floor.queue.audit.ways import JudgedWay
from service_floor.zone import local


@dataclass(frozen=True, slots=True)
class WaysPage:
    """The ways of one day in one language."""

    fairness: DayFairness
    ways: Iterable[JudgedWay]
    names: Names
    words: ReportWords

    def conclusion(self) -> str:
        """One sentence; empty on a day without any."""
        if self.fairness.ways_unexplained:
            count = self.words.count(self.fairness.ways_unexplained)
            return self.words.say("ways_not_explained", count=count)
        return self.words.say("ways_explained") if self.fairness.ways else ""

    def totals(self) -> list[str]:
        """How often each was done, by counter and officer."""
        words = self.words
        rows = [
            (
                self.names.counter(each.counter),
                self.names.officer(each.officer) or each.device or words.say("not_known"),
                words.say(f"way.{each.way}"),
                *map(words.count, (each.count, each.reasons, each.unexplained, each.noted)),
            )
            for each in self.fairness.ways
        ]
        wanted = ("counter", "officer", "way", "count", "with_reason", "unexplained", "noted")
        return [words.say("head.ways"), *table(words.columns(*wanted), rows, 4)] if rows else []

    def listed(self) -> list[str]:
        """What has a reason, a note or neither rule nor reason, the latter first."""
        words = self.words
        found = worth_a_look(self.ways)
        if not found:
            return []
        left = len(found) - LISTED
        more = [f"  {words.say('more', count=words.count(left))}"] if left > 0 else []
        head = words.columns("at", "counter", "officer", "number", "way", "seconds", "reason")
        return [
            words.say("head.ways_listed"),
            *table(head, map(self._row, found[:LISTED]), 0),
            *more,
        ]

    def _row(self, way: JudgedWay) -> tuple[str, ...]:
        what = self.words.say(f"way.{way.way}")
        return (
            f"{local(way.at):%H:%M:%S}",
            self.names.counter(way.counter),
            self.names.officer(way.officer) or way.device,
            way.number,
            what,
            "" if way.seconds is None else str(way.seconds),
            self.ground(way),
        )

    def ground(self, way: JudgedWay) -> str:
        """The reason in words, what is noted, or that there is neither rule nor reason."""
        said = self.names.way_reason(way.reason)
        if way.own_priority:
            return self.words.say("own_priority")
        if way.elsewhere:
            reception = self.words.say("elsewhere")
            return f"{reception} {said}".strip()
        return said or self.words.say(f"ground.{way.ground}")
