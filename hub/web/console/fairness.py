"""Fairness report of a day for supervisors, call by call: made in a worker process, parsed in a worker thread."""

import asyncio
import csv
import io
from dataclasses import dataclass, field
from datetime import date
from typing import Final
from urllib.parse import urlencode

from pydantic import TypeAdapter
from starlette.responses import Response
from starlette.routing import Route

from hub.errors import HubError
from hub.reports.calls import CallFilter, CallQuery, CallSheet, PickedCalls, page_of_calls, unpack
from hub.reports.day_report import FairnessOfDay, StatisticsOfDay
from hub.reports.report_cache import CachedReport, ReportQueueFullError
from hub.reports.way_rows import unpack_ways
from hub.web.console.access.page_guard import HOME, PageGuard, Visit
from hub.web.console.areas import MAY_SEE, Area
from hub.web.console.rendering import HEADERS, Wording
from hub.web.console.sources import ConsoleSources
from plumbing.executors import in_thread
from service_floor.queue.audit.statistics import KioskFigures
from service_floor.zone import local

ON_A_PAGE: Final = 100
TIMEOUT_SECONDS: Final = 3.0
"""Timeout of a browser's wait for a report; then the page shows that it is being made, and reloads."""
_LONGEST: Final = 40
_MOST_PAGES: Final = 10_000

_fairness: TypeAdapter[FairnessOfDay] = TypeAdapter(FairnessOfDay)
_statistics: TypeAdapter[StatisticsOfDay] = TypeAdapter(StatisticsOfDay)


@dataclass(frozen=True, slots=True)
class ReportQuery:
    """What is looked at: a day, and which of its calls; `page` counts from 1."""

    day: date
    wanted: CallQuery
    page: int

    def address(self, **changes: str | int) -> str:
        """The address of another query on the same day, at its list."""
        own = {
            "day": self.day.isoformat(),
            "only": self.wanted.only.value,
            "counter": self.wanted.counter,
            "officer": self.wanted.officer,
        }
        query = {key: value for key, value in (own | changes).items() if value}
        return f"{HOME}/fairness?{urlencode(query)}#list"


@dataclass(frozen=True, slots=True)
class FairnessPages:
    """The report's page and its spreadsheet."""

    sources: ConsoleSources
    guard: PageGuard
    _making: dict[date, "asyncio.Task[tuple[CachedReport | None, str]]"] = field(
        default_factory=dict
    )

    def routes(self) -> list[Route]:
        """Their routes."""
        guard, roles = self.guard, MAY_SEE[Area.FAIRNESS]
        return [
            Route("/fairness", guard.page(roles, self.report)),
            Route("/fairness/sheet.csv", guard.page(roles, self.sheet)),
        ]

    async def report(self, visit: Visit) -> Response:
        """The page of a day; today by default."""
        asked = _query_of(visit, local(self.sources.floor_service.now).date())
        kept, problem = await self._kept(asked.day)
        if kept is None:
            return visit.page(
                "fairness_none.html", area=Area.FAIRNESS, asked=asked, problem=problem
            )
        fairness, kiosks, picked = await in_thread(self.sources.workers, _look, kept, asked)
        pages = max(1, -(-picked.count // ON_A_PAGE))
        return visit.page(
            "fairness.html",
            area=Area.FAIRNESS,
            asked=asked,
            fairness=fairness,
            totals=fairness.totals,
            kiosks=kiosks,
            picked=picked,
            pages=pages,
            size=ON_A_PAGE,
            only=tuple(CallFilter),
            report=visit.wording.report,
        )

    async def sheet(self, visit: Visit) -> Response:
        """All calls of the day for a spreadsheet, with the byte order mark by which Excel knows UTF-8."""
        asked = _query_of(visit, local(self.sources.floor_service.now).date())
        kept, problem = await self._kept(asked.day)
        if kept is None:
            return visit.page(
                "fairness_none.html", area=Area.FAIRNESS, asked=asked, problem=problem
            )
        content = await in_thread(self.sources.workers, _sheet, kept, visit.wording)
        named = f'attachment; filename="fairness-{asked.day.isoformat()}.csv"'
        headers = {**HEADERS, "Content-Disposition": named}
        return Response(content, headers=headers, media_type="text/csv; charset=utf-8")

    async def _kept(self, day: date) -> tuple[CachedReport | None, str]:
        """The report, or the key of the sentence that explains why it is missing."""
        task = self._making.get(day)
        if task is None:
            task = self._making[day] = asyncio.create_task(self._report(day))
            task.add_done_callback(lambda _: self._making.pop(day))
        # A long report is still being made after the timeout; the browser shows that it is.
        done, _ = await asyncio.wait({task}, timeout=TIMEOUT_SECONDS)
        return task.result() if done else (None, "making")

    async def _report(self, day: date) -> tuple[CachedReport | None, str]:
        try:
            kept = await self.sources.reports.report(day, calls=True)
        except ReportQueueFullError:
            return None, "busy"
        except HubError as problem:
            return None, "broken" if "seq" in problem.data else "storage"
        return kept, "" if kept else "no_such_day"


def _look(
    kept: CachedReport, asked: ReportQuery
) -> tuple[FairnessOfDay, tuple[KioskFigures, ...], PickedCalls]:
    picked = page_of_calls(kept.calls or b"", asked.wanted, (asked.page - 1) * ON_A_PAGE, ON_A_PAGE)
    kiosks = _statistics.validate_json(kept.statistics).figures.kiosks
    return _fairness.validate_json(kept.fairness), kiosks, picked


def _sheet(kept: CachedReport, wording: Wording) -> bytes:
    sheet, written = CallSheet(wording.names, wording.report), io.StringIO(newline="")
    rows = csv.writer(written)
    rows.writerow(sheet.head())
    rows.writerows(sheet.rows(unpack(kept.calls or b""), unpack_ways(kept.ways or b"")))
    return written.getvalue().encode("utf-8-sig")


def _query_of(visit: Visit, today: date) -> ReportQuery:
    """Parse the address's query; invalid values are replaced by their defaults."""
    query = visit.request.query_params
    try:
        day = date.fromisoformat(query.get("day", ""))
    except ValueError:
        day = today
    only = query.get("only", "")
    page = query.get("page", "")
    return ReportQuery(
        day,
        CallQuery(
            CallFilter(only) if only in set(CallFilter) else CallFilter.DIFFERENCES,
            query.get("counter", "")[:_LONGEST],
            query.get("officer", "")[:_LONGEST],
        ),
        min(max(1, int(page)), _MOST_PAGES) if page.isdecimal() and len(page) < 6 else 1,
    )
