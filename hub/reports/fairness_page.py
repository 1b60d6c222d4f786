"""The fairness report for people: one page of text, and a row for each call for a spreadsheet. Words are in `texts/`."""

from collections import Counter as Tally
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from hub.reports.calls import Sheet, listed
from hub.reports.columns import clock, table
from hub.reports.day_report import DayReport
from hub.reports.names import Names
from plumbing.sentences import Sentences
from service_floor.queue.audit.fairness import Cause, JudgedCall
from service_floor.queue.audit.fairness_totals import ClaimStanding
from service_floor.zone import local

LISTED: Final = 40
"""Calls that stand one by one on the page; a spreadsheet has all."""


@dataclass(frozen=True, slots=True)
class FairnessPage:
    """One report in one language. `source` names the configuration that it was judged by."""

    report: DayReport
    names: Names
    sentences: Sentences
    source: str

    def text(self) -> str:
        """The page."""
        parts = [self._head(), self._conclusion(), self._causes()]
        if self.report.fairness.calls:
            parts += [
                self._list(Cause.UNEXPLAINED),
                self._desks(),
                self._reasons(),
                self._list(Cause.OUT_OF_ORDER),
                self._claims(),
                self._waits(),
            ]
        parts += [self._reprints(), self._kiosks()]
        return "\n\n".join("\n".join(lines) for lines in parts if lines) + "\n"

    def rows(self) -> Iterator[tuple[str, ...]]:
        """The heading and all calls in order of time, for a spreadsheet."""
        sheet = Sheet(self.names, self.sentences)
        yield sheet.head()
        yield from map(sheet.row, listed(self.report))

    def _say(self, key: str, **data: object) -> str:
        return self.sentences.say(f"fairness.{key}", **data)

    def _count(self, number: int) -> str:
        return f"{number:,}".replace(",", self._say("thousands"))

    def _share(self, number: int, whole: int) -> str:
        return f"{100 * number / whole:.1f} %".replace(".", self._say("decimal"))

    def _columns(self, *names: str) -> list[str]:
        return [self._say(f"column.{name}") for name in names]

    def _head(self) -> list[str]:
        span, until = self.report.span, local(self.report.until)
        first, last = self._count(span.first), self._count(span.last)
        return [
            self._say("title", day=span.day),
            self._say("over") if span.over else self._say("not_over", until=until),
            self._say("rows", first=first, last=last, hash=span.closing_hash),
            self._say("plan_kept" if self.report.judge.floor.adopted else "plan", file=self.source),
        ]

    def _conclusion(self) -> list[str]:
        fairness = self.report.fairness
        if not fairness.calls:
            return [self._say("no_calls")]
        if fairness.unexplained:
            return [self._say("not_explained", count=self._count(fairness.unexplained))]
        return [self._say("all_explained")]

    def _causes(self) -> list[str]:
        fairness = self.report.fairness
        if not fairness.calls:
            return []
        rows = [
            (self._say(f"cause.{cause}"), self._count(n), self._share(n, fairness.calls))
            for cause, n in fairness.causes.items()
            if n or cause in {Cause.OUT_OF_ORDER, Cause.UNEXPLAINED}
        ]
        calls = self._say("head.calls", count=self._count(fairness.calls))
        onward = self._say("head.onward", count=self._count(fairness.onward))
        return [calls, *table(("", "", ""), rows, 2)[1:], *([onward] if fairness.onward else [])]

    def _list(self, cause: Cause) -> list[str]:
        calls = [call for call in self.report.judge.calls if call.cause is cause]
        if not calls:
            return []
        head = self._columns("at", "counter", "officer", "number", "longest", "turn", "reason")
        left = len(calls) - LISTED
        more = [f"  {self._say('more', count=self._count(left))}"] if left > 0 else []
        rows = map(self._line, calls[:LISTED])
        return [self._say(f"head.{cause}"), *table(head, rows, 0), *more]

    def _line(self, call: JudgedCall) -> tuple[str, ...]:
        return (
            f"{local(call.at):%H:%M:%S}",
            self.names.counter(call.counter),
            self.names.officer(call.officer),
            call.number,
            call.longest or "",
            call.turn or "",
            self.names.reason(call.reason),
        )

    def _desks(self) -> list[str]:
        rows = [
            (
                self.names.counter(desk.counter),
                self.names.officer(desk.officer),
                self._count(desk.calls),
                self._count(desk.causes[Cause.OUT_OF_ORDER]),
                self._count(desk.causes[Cause.UNEXPLAINED]),
                self._count(desk.unconfirmed),
            )
            for desk in self.report.fairness.desks
        ]
        wanted = ("counter", "officer", "calls", "out_of_order", "unexplained", "unconfirmed")
        return [self._say("head.desks"), *table(self._columns(*wanted), rows, 4)]

    def _reasons(self) -> list[str]:
        counts: Tally[tuple[str, str, str]] = Tally()
        for desk in self.report.fairness.desks:
            for reason, n in desk.reasons.items():
                place = (self.names.counter(desk.counter), self.names.officer(desk.officer))
                counts[(*place, self.names.reason(reason))] += n
        if not counts:
            return []
        rows = [(*each, self._count(n)) for each, n in counts.items()]
        head = self._columns("counter", "officer", "reason", "calls")
        return [self._say("head.reasons"), *table(head, rows, 1)]

    def _claims(self) -> list[str]:
        rows = [
            (
                self.names.priority(claim.priority),
                self._count(claim.claimed),
                self._count(claim.called),
                *(self._count(claim.standings[each]) for each in ClaimStanding),
            )
            for claim in self.report.fairness.claims
        ]
        wanted = ("priority", "claimed", "called", "confirmed", "rejected", "not_said")
        return [self._say("head.claims"), *table(self._columns(*wanted), rows, 5)] if rows else []

    def _reprints(self) -> list[str]:
        rows = [
            (
                self.names.officer(each.asker) or self._say("at_the_printer"),
                *map(self._count, (each.reprints, each.tickets)),
                *map(self._count, (each.printed, each.failed, each.unknown)),
            )
            for each in self.report.fairness.reprints
        ]
        wanted = ("asker", "reprints", "tickets", "printed", "failed", "unknown")
        return [self._say("head.reprints"), *table(self._columns(*wanted), rows, 5)] if rows else []

    def _kiosks(self) -> list[str]:
        rows = [
            (
                each.kiosk,
                self._count(each.offline),
                self._count(each.late),
                clock(each.longest_seconds),
            )
            for each in self.report.figures.kiosks
        ]
        head = self._columns("kiosk", "offline", "late", "handed_in_after")
        return [self._say("head.kiosks"), *table(head, rows, 3)] if rows else []

    def _waits(self) -> list[str]:
        fairness = self.report.fairness
        rows = [
            (
                self.names.service(waits.service),
                self._count(waits.calls),
                *map(clock, (waits.median, waits.p90, waits.p95, waits.longest)),
            )
            for waits in fairness.waits
        ]
        head = self._columns("service", "calls", "median", "p90", "p95", "most")
        longest = fairness.longest_wait
        if longest is None or longest.waited is None:
            return []
        said = self._say(
            "head.longest",
            number=longest.number,
            service=self.names.service(longest.service),
            waited=clock(longest.waited),
            at=local(longest.at),
            counter=self.names.counter(longest.counter),
        )
        return [self._say("head.waits"), *table(head, rows, 5), said]
