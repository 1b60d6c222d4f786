"""Officers and their PINs: who has one, who is locked out; set one, end a lock-out. A PIN is shown to nobody."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy.exc import SQLAlchemyError
from starlette.responses import Response
from starlette.routing import Route

from hub.accounts.deeds import Deed
from hub.accounts.pins import FEWEST_DIGITS, MOST_DIGITS, PinError
from hub.accounts.rights import DUTIES, Duty
from hub.accounts.roster import RosterOfficer
from hub.accounts.store import OfficerAccount
from hub.web.console.access.page_guard import PageGuard, Visit, go_to
from hub.web.console.areas import MAY_SEE, Area
from hub.web.console.sources import ConsoleSources
from plumbing.executors import in_thread
from service_floor.vietnamese.collation import name_key

DEEDS_SHOWN: Final = 30
"""The latest deeds stand on the page; the command `centerfloor accounts log` lists all."""


@dataclass(frozen=True, slots=True)
class OfficerPages:
    """The list and what is done to one of it."""

    sources: ConsoleSources
    doors: PageGuard

    def routes(self) -> list[Route]:
        """Their addresses."""
        doors = self.doors
        return [
            Route("/officers", doors.shows(MAY_SEE[Area.OFFICERS], self.listed)),
            Route("/officers/pin/{officer}", doors.shows(DUTIES[Duty.SET_PIN], self.ask_pin)),
            Route(
                "/officers/pin", doors.does(DUTIES[Duty.SET_PIN], self.set_pin), methods=["POST"]
            ),
            Route(
                "/officers/unlock",
                doors.does(DUTIES[Duty.UNLOCK_OFFICER], self.unlock),
                methods=["POST"],
            ),
        ]

    async def listed(self, visit: Visit) -> Response:
        """Everybody of the centre; for a supervisor also what was done with accounts last."""
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
            now=self.sources.reception.now,
            may_set=role in DUTIES[Duty.SET_PIN],
            may_unlock=role in DUTIES[Duty.UNLOCK_OFFICER],
        )

    def _read(self, with_deeds: bool) -> tuple[list[OfficerAccount] | None, tuple[Deed, ...]]:
        accounts = self.sources.admission.accounts
        officers = sorted(accounts.officers(), key=lambda each: name_key(each.name))
        deeds = accounts.deeds()[: -DEEDS_SHOWN - 1 : -1] if with_deeds else ()
        return officers, deeds

    async def ask_pin(self, visit: Visit) -> Response:
        """The form for a new PIN."""
        known = self._known(visit, visit.request.path_params["officer"])
        return self._pin_form(visit, known) if known else go_to("officers")

    async def set_pin(self, visit: Visit) -> Response:
        """Take a new PIN, typed twice the same."""
        known = self._known(visit, visit.form.get("officer", ""))
        if known is None:
            return go_to("officers")
        pin = visit.form.get("first", "")
        if pin != visit.form.get("second", ""):
            return self._pin_form(visit, known, "differ")
        work, now = self.sources.admission.accounts.set_pin, self.sources.reception.now
        try:
            await in_thread(
                self.sources.workers, work, known.officer, pin, visit.session.officer, now
            )
        except PinError:
            return self._pin_form(visit, known, "weak")
        except SQLAlchemyError:
            return self._pin_form(visit, known, "storage")
        self.doors.sessions.end_all_of(known.officer)
        visit.tell("done.pin", officer=known.name)
        return go_to("officers")

    async def unlock(self, visit: Visit) -> Response:
        """End a lock-out."""
        known = self._known(visit, visit.form.get("officer", ""))
        if known is None:
            return go_to("officers")
        work, now = self.sources.admission.accounts.unlock, self.sources.reception.now
        try:
            await in_thread(self.sources.workers, work, known.officer, visit.session.officer, now)
        except SQLAlchemyError:
            visit.complain(visit.wording.say("officers.problem.storage"))
            return go_to("officers")
        visit.tell("done.unlocked", officer=known.name)
        return go_to("officers")

    def _known(self, visit: Visit, officer: str) -> RosterOfficer | None:
        known = self.sources.roster.officers.get(officer)
        if known is None:
            visit.complain(visit.wording.say("officers.problem.unknown"))
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
