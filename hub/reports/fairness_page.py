"""The fairness report for people: one page of text, and a spreadsheet row for each call. Sentences are in `texts/`."""

from collections import Counter as Tally
from collections.abc import Iterator
from dataclasses import dataclass

from hub.reports.calls import CallSheet, listed_calls
from hub.reports.columns import clock, table
from hub.reports.day_report import DayReport
from hub.reports.names import Names
from hub.reports.report_words import LISTED, ReportWords
from hub.reports.ways_page import WaysPage
from plumbing.sentences import Sentences
from service_floor.queue.audit.fairness import Cause, JudgedCall
from service_floor.queue.audit.fairness_totals import ClaimStanding
from service_floor.zone import local


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
        ways = self._ways
        if self.report.fairness.calls:
            parts += [
                self._list(Cause.UNEXPLAINED),
                self._desks(),
                self._reasons(),
                self._list(Cause.OUT_OF_ORDER),
                self._claims(),
                self._waits(),
            ]
        parts += [ways.listed(), ways.totals(), self._reprints(), self._kiosks()]
        return "\n\n".join("\n".join(lines) for lines in parts if lines) + "\n"

    def rows(self) -> Iterator[tuple[str, ...]]:
        """The headings, then all calls and ways in order of time, for a spreadsheet."""
        sheet = CallSheet(self.names, self.sentences)
        yield sheet.head()
        yield from sheet.rows(listed_calls(self.report), self.report.judge.ways)

    @property
    def _words(self) -> ReportWords:
        return ReportWords(self.sentences)

    @property
    def _ways(self) -> WaysPage:
        report = self.report
        return WaysPage(report.fairness, report.judge.ways, self.names, self._words)

    def _head(self) -> list[str]:
        words = self._words
        span, until = self.report.span, local(self.report.until)
        first, last = words.count(span.first), words.count(span.last)
        return [
            words.say("title", day=span.day),
            words.say("over") if span.over else words.say("not_over", until=until),
            words.say("rows", first=first, last=last, hash=span.closing_hash),
            words.say("plan_kept" if self.report.judge.floor.adopted else "plan", file=self.source),
        ]

    def _conclusion(self) -> list[str]:
        words = self._words
        fairness = self.report.fairness
        ways = self._ways.conclusion()
        if not fairness.calls:
            calls = words.say("no_calls")
        elif fairness.unexplained:
            calls = words.say("not_explained", count=words.count(fairness.unexplained))
        else:
            calls = words.say("all_explained")
        return [calls, *([ways] if ways else [])]

    def _causes(self) -> list[str]:
        words = self._words
        fairness = self.report.fairness
        if not fairness.calls:
            return []
        rows = [
            (words.say(f"cause.{cause}"), words.count(n), words.share(n, fairness.calls))
            for cause, n in fairness.causes.items()
            if n or cause in {Cause.OUT_OF_ORDER, Cause.UNEXPLAINED}
        ]
        calls = words.say("head.calls", count=words.count(fairness.calls))
        onward = words.say("head.onward", count=words.count(fairness.onward))
        return [calls, *table(("", "", ""), rows, 2)[1:], *([onward] if fairness.onward else [])]

    def _list(self, cause: Cause) -> list[str]:
        words = self._words
        calls = [call for call in self.report.judge.calls if call.cause is cause]
        if not calls:
            return []
        head = words.columns("at", "counter", "officer", "number", "longest", "turn", "reason")
        left = len(calls) - LISTED
        more = [f"  {words.say('more', count=words.count(left))}"] if left > 0 else []
        rows = map(self._line, calls[:LISTED])
        return [words.say(f"head.{cause}"), *table(head, rows, 0), *more]

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
        words = self._words
        rows = [
            (
                self.names.counter(desk.counter),
                self.names.officer(desk.officer),
                words.count(desk.calls),
                words.count(desk.causes[Cause.OUT_OF_ORDER]),
                words.count(desk.causes[Cause.UNEXPLAINED]),
                words.count(desk.unconfirmed),
            )
            for desk in self.report.fairness.desks
        ]
        wanted = ("counter", "officer", "calls", "out_of_order", "unexplained", "unconfirmed")
        return [words.say("head.desks"), *table(words.columns(*wanted), rows, 4)]

    def _reasons(self) -> list[str]:
        words = self._words
        counts: Tally[tuple[str, str, str]] = Tally()
        for desk in self.report.fairness.desks:
            for reason, n in desk.reasons.items():
                place = (self.names.counter(desk.counter), self.names.officer(desk.officer))
                counts[(*place, self.names.reason(reason))] += n
        if not counts:
            return []
        rows = [(*each, words.count(n)) for each, n in counts.items()]
        head = words.columns("counter", "officer", "reason", "calls")
        return [words.say("head.reasons"), *table(head, rows, 1)]

    def _claims(self) -> list[str]:
        words = self._words
        rows = [
            (
                self.names.priority(claim.priority),
                words.count(claim.claimed),
                words.count(claim.called),
                *(words.count(claim.standings[each]) for each in ClaimStanding),
            )
            for claim in self.report.fairness.claims
        ]
        wanted = ("priority", "claimed", "called", "confirmed", "rejected", "not_said")
        return [words.say("head.claims"), *table(words.columns(*wanted), rows, 5)] if rows else []

    def _reprints(self) -> list[str]:
        words = self._words
        rows = [
            (
                self.names.officer(each.asker) or words.say("at_the_printer"),
                *map(words.count, (each.reprints, each.tickets)),
                *map(words.count, (each.printed, each.failed, each.unknown)),
            )
            for each in self.report.fairness.reprints
        ]
        wanted = ("asker", "reprints", "tickets", "printed", "failed", "unknown")
        return [words.say("head.reprints"), *table(words.columns(*wanted), rows, 5)] if rows else []

    def _kiosks(self) -> list[str]:
        words = self._words
        rows = [
            (
                each.kiosk,
                words.count(each.offline),
                words.count(each.late),
                clock(each.longest_seconds),
            )
            for each in self.report.figures.kiosks
        ]
        head = words.columns("kiosk", "offline", "late", "handed_in_after")
        return [words.say("head.kiosks"), *table(head, rows, 3)] if rows else []

    def _waits(self) -> list[str]:
        words = self._words
        fairness = self.report.fairness
        rows = [
            (
                self.names.service(waits.service),
                words.count(waits.calls),
                *map(clock, (waits.median, waits.p90, waits.p95, waits.longest)),
            )
            for waits in fairness.waits
        ]
        head = words.columns("service", "calls", "median", "p90", "p95", "most")
        longest = fairness.longest_wait
        if longest is None or longest.waited is None:
            return []
        said = words.say(
            "head.longest",
            number=longest.number,
            service=self.names.service(longest.service),
            waited=clock(longest.waited),
            at=local(longest.at),
            counter=self.names.counter(longest.counter),
        )
        return [words.say("head.waits"), *table(head, rows, 5), said]
