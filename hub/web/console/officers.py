"""Officer pages of the console: set PINs, end lock-outs, and the audit log. A PIN is never shown."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy.exc import SQLAlchemyError
from starlette.responses import Response
from starlette.routing import Route

from hub.accounts.audit_log import AuditEntry
from hub.accounts.pins import FEWEST_DIGITS, MOST_DIGITS, PinError
from hub.accounts.rights import DUTIES, Duty
from hub.accounts.roster import RosterOfficer
from hub.accounts.store import OfficerAccount
from hub.web.console.access.page_guard import PageGuard, Visit, redirect_to
from hub.web.console.areas import MAY_SEE, Area
from hub.web.console.sources import ConsoleSources
from plumbing.executors import in_thread
from service_floor.vietnamese.collation import name_key

ENTRIES_SHOWN: Final = 30
"""The latest entries are on the page; the command `centerfloor accounts log` lists all."""


@dataclass(frozen=True, slots=True)
class OfficerPages:
    """The list and the actions on one officer."""

    sources: ConsoleSources
    guard: PageGuard

    def routes(self) -> list[Route]:
        """Their routes."""
        guard = self.guard
        return [
            Route("/officers", guard.page(MAY_SEE[Area.OFFICERS], self.listed)),
            Route("/officers/pin/{officer}", guard.page(DUTIES[Duty.SET_PIN], self.ask_pin)),
            Route(
                "/officers/pin", guard.action(DUTIES[Duty.SET_PIN], self.set_pin), methods=["POST"]
            ),
            Route(
                "/officers/unlock",
                guard.action(DUTIES[Duty.UNLOCK_OFFICER], self.unlock),
                methods=["POST"],
            ),
        ]

    async def listed(self, visit: Visit) -> Response:
        """All people of the centre; for a supervisor also the end of the audit log."""
        role = visit.session.role
        try:
            officers, deeds = await in_thread(
                self.sources.workers, self._read, role in DUTIES[Duty.SEE_DEEDS]
            )
        except SQLAlchemyError:
            officers, deeds = None, ()
        return visit.page(
            "officers.html",
            area=Area.OFFICERS,
            officers=officers,
            deeds=deeds,
            now=self.sources.floor_service.now,
            may_set=role in DUTIES[Duty.SET_PIN],
            may_unlock=role in DUTIES[Duty.UNLOCK_OFFICER],
        )

    def _read(self, with_deeds: bool) -> tuple[list[OfficerAccount] | None, tuple[AuditEntry, ...]]:
        accounts = self.sources.authentication.accounts
        officers = sorted(accounts.officers(), key=lambda each: name_key(each.name))
        deeds = accounts.audit_log()[: -ENTRIES_SHOWN - 1 : -1] if with_deeds else ()
        return officers, deeds

    async def ask_pin(self, visit: Visit) -> Response:
        """The form for a new PIN."""
        known = self._known(visit, visit.request.path_params["officer"])
        return self._pin_form(visit, known) if known else redirect_to("officers")

    async def set_pin(self, visit: Visit) -> Response:
        """Set a new PIN, typed twice the same."""
        known = self._known(visit, visit.form.get("officer", ""))
        if known is None:
            return redirect_to("officers")
        pin = visit.form.get("first", "")
        if pin != visit.form.get("second", ""):
            return self._pin_form(visit, known, "differ")
        work, now = self.sources.authentication.accounts.set_pin, self.sources.floor_service.now
        try:
            await in_thread(
                self.sources.workers, work, known.officer, pin, visit.session.officer, now
            )
        except PinError:
            return self._pin_form(visit, known, "weak")
        except SQLAlchemyError:
            return self._pin_form(visit, known, "storage")
        self.guard.sessions.end_all_of(known.officer)
        visit.flash("done.pin", officer=known.name)
        return redirect_to("officers")

    async def unlock(self, visit: Visit) -> Response:
        """End a lock-out."""
        known = self._known(visit, visit.form.get("officer", ""))
        if known is None:
            return redirect_to("officers")
        work, now = self.sources.authentication.accounts.unlock, self.sources.floor_service.now
        try:
            await in_thread(self.sources.workers, work, known.officer, visit.session.officer, now)
        except SQLAlchemyError:
            visit.flash_error(visit.wording.say("officers.problem.storage"))
            return redirect_to("officers")
        visit.flash("done.unlocked", officer=known.name)
        return redirect_to("officers")

    def _known(self, visit: Visit, officer: str) -> RosterOfficer | None:
        known = self.sources.roster.officers.get(officer)
        if known is None:
            visit.flash_error(visit.wording.say("officers.problem.unknown"))
        return known

    @staticmethod
    def _pin_form(visit: Visit, known: RosterOfficer, problem: str = "") -> Response:
        limits = {"least": FEWEST_DIGITS, "most": MOST_DIGITS}
        return visit.page(
            "pin.html",
            422 if problem else 200,
            area=Area.OFFICERS,
            officer=known,
            problem=problem,
            limits=limits,
        )
