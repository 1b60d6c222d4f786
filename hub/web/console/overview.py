"""Overview of the floor, and what a supervisor may do to it: sign a forgotten officer out, close a counter, end the
day."""

from dataclasses import dataclass

from starlette.responses import Response
from starlette.routing import Route

from hub.accounts.rights import DUTIES, Duty
from hub.web.console.access.page_guard import PageGuard, Visit, redirect_to
from hub.web.console.areas import MAY_SEE, RUN_FLOOR, Area
from hub.web.console.floor_now import FloorNow, floor_now
from hub.web.console.orders import order
from hub.web.console.sources import ConsoleSources
from service_floor.queue.commands import CloseCounter, Command, EndDay, SignOut

_AT_COUNTERS: dict[str, type[CloseCounter] | type[SignOut]] = {
    "close": CloseCounter,
    "sign-out": SignOut,
}


@dataclass(frozen=True, slots=True)
class OverviewPages:
    """The overview and its actions."""

    sources: ConsoleSources
    guard: PageGuard

    def routes(self) -> list[Route]:
        """Their routes."""
        guard = self.guard
        return [
            Route("/overview", guard.page(MAY_SEE[Area.OVERVIEW], self.overview)),
            Route("/overview/now", guard.fragment(MAY_SEE[Area.OVERVIEW], self.now)),
            Route("/floor/counter/{counter}", guard.page(RUN_FLOOR, self.counter)),
            Route("/floor/counter", guard.action(RUN_FLOOR, self.act), methods=["POST"]),
            Route("/floor/end-day", guard.page(RUN_FLOOR, self.end_of_day)),
            Route("/floor/end-day", guard.action(RUN_FLOOR, self.end_day), methods=["POST"]),
        ]

    async def overview(self, visit: Visit) -> Response:
        """The whole page."""
        return visit.page("overview.html", area=Area.OVERVIEW, now=self._now(), **_rights(visit))

    async def now(self, visit: Visit) -> Response:
        """Only its figures."""
        return visit.fragment("overview_now.html", now=self._now(), **_rights(visit))

    async def counter(self, visit: Visit) -> Response:
        """Confirmation page before an action on a counter."""
        wanted = visit.request.path_params["counter"]
        found = [each for each in self._now().counters if each.view.id == wanted]
        if not found:
            visit.flash_error(visit.wording.refusal("unknown_counter", {"counter": wanted[:40]}))
            return redirect_to("overview")
        return visit.page(
            "counter.html", area=Area.OVERVIEW, counter=found[0], req=visit.session.take_req()
        )

    async def act(self, visit: Visit) -> Response:
        """Close a counter, or sign its officer out."""
        counter, action = visit.form.get("counter", ""), visit.form.get("action", "")
        command = _AT_COUNTERS.get(action)
        if command is None or counter not in self.sources.plan.counters:
            visit.flash_error(visit.wording.refusal("unknown_counter", {"counter": counter[:40]}))
            return redirect_to("overview")
        name = visit.wording.names.counter(counter)
        await self._order(visit, command(counter), f"done.{action}", counter=name)
        return redirect_to("overview")

    async def end_of_day(self, visit: Visit) -> Response:
        """Confirmation page before the day is ended, with the number of tickets that lose their turn."""
        return visit.page(
            "end_day.html", area=Area.OVERVIEW, now=self._now(), req=visit.session.take_req()
        )

    async def end_day(self, visit: Visit) -> Response:
        """End the day, if the box was ticked."""
        if visit.form.get("sure") != "yes":
            visit.flash_error(visit.wording.say("end_day.not_sure"))
            return redirect_to("floor/end-day")
        await self._order(visit, EndDay(), "done.end-day")
        return redirect_to("overview")

    async def _order(self, visit: Visit, command: Command, done: str, **data: object) -> None:
        answer = await order(self.sources.floor_service, visit, command)
        if answer.ok:
            visit.flash(done, **data)

    def _now(self) -> FloorNow:
        return floor_now(
            self.sources.floor_service, self.sources.plan, self.sources.known_devices()
        )


def _rights(visit: Visit) -> dict[str, bool]:
    role = visit.session.role
    return {"may_act": role in RUN_FLOOR, "sees_devices": role in DUTIES[Duty.SEE_DEVICES]}
