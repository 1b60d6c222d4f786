"""Clock page of the console: what is wrong with a clock that is held, and the form that confirms it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.exc import SQLAlchemyError
from starlette.responses import Response
from starlette.routing import Route

from hub.accounts.audit_log import THE_CLOCK, AuditAction, record_entry
from hub.accounts.rights import DUTIES, Duty
from hub.clock.floor_clock import ClockReport
from hub.web.console.access.page_guard import PageGuard, Visit, redirect_to
from hub.web.console.areas import Area
from hub.web.console.sources import ConsoleSources
from plumbing.executors import in_thread
from service_floor.zone import business_day


@dataclass(frozen=True, slots=True)
class ClockPages:
    """The page and its form."""

    sources: ConsoleSources
    guard: PageGuard

    def routes(self) -> list[Route]:
        """Their routes."""
        roles = DUTIES[Duty.CONFIRM_CLOCK]
        return [
            Route("/clock", self.guard.page(roles, self.show)),
            Route("/clock", self.guard.action(roles, self.confirm), methods=["POST"]),
        ]

    async def show(self, visit: Visit) -> Response:
        """Both times, why the clock is held, and whether it can be confirmed as it is."""
        report, now = self.sources.clock.report(), self.sources.clock()
        return visit.page(
            "clock.html",
            area=Area.OVERVIEW,
            report=report,
            now=now,
            can_confirm=_can_confirm(report, now),
        )

    async def confirm(self, visit: Visit) -> Response:
        """Believe the machine's clock from now on, if its date is still the one that was shown."""
        report, now = self.sources.clock.report(), self.sources.clock()
        if not report.held or report.machine is None:
            visit.flash("clock.not_held")
            return redirect_to("overview")
        is_seen = visit.form.get("date") == business_day(report.machine).isoformat()
        if visit.form.get("sure") != "yes" or not is_seen or not _can_confirm(report, now):
            visit.flash_error(visit.wording.say("clock.not_sure"))
            return redirect_to("clock")
        officer, machine = visit.session.officer, report.machine
        engine, kind = self.sources.authentication.accounts.engine, AuditAction.CLOCK_CONFIRMED
        try:
            await in_thread(
                self.sources.workers, record_entry, engine, kind, THE_CLOCK, officer, machine
            )
        except SQLAlchemyError:
            visit.flash_error(visit.wording.say("overview.storage"))
            return redirect_to("clock")
        self.sources.clock.confirm(officer)
        visit.flash("clock.done")
        return redirect_to("overview")


def _can_confirm(report: ClockReport, now: datetime) -> bool:
    """A business day never goes back."""
    return report.machine is not None and business_day(report.machine) >= business_day(now)
