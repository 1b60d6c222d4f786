"""Stranded tickets in the console: each with what a supervisor can do, move it to another service or cancel it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from starlette.responses import Response
from starlette.routing import Route

from hub.messages import TicketView, Topic
from hub.web.console.access.page_guard import PageGuard, Visit, redirect_to
from hub.web.console.areas import RUN_FLOOR, Area
from hub.web.console.orders import order
from hub.web.console.sources import ConsoleSources
from service_floor.queue.commands import CancelTicket, MoveTicket
from service_floor.queue.planning.plan import FloorPlan
from service_floor.queue.stranded import served_services, unserved
from service_floor.vietnamese.text import clean

_LONGEST: Final = 64
_LONGEST_REASON: Final = 120


@dataclass(frozen=True, slots=True)
class StrandedRow:
    """A ticket with the service that no counter takes."""

    view: TicketView
    service: str


def stranded_rows(plan: FloorPlan, tickets: Mapping[str, TicketView]) -> tuple[StrandedRow, ...]:
    """The stranded among the open tickets, those that came first first."""
    served = served_services(plan)
    rows = (
        StrandedRow(view, service)
        for view in tickets.values()
        if (service := unserved((view.service, *view.next_services), served)) is not None
    )
    return tuple(sorted(rows, key=lambda row: (row.view.arrived_at, row.view.number)))


@dataclass(frozen=True, slots=True)
class StrandedPages:
    """The page of one stranded ticket and its two actions."""

    sources: ConsoleSources
    guard: PageGuard

    def routes(self) -> list[Route]:
        """Their routes."""
        guard = self.guard
        return [
            Route("/floor/ticket/{ticket}", guard.page(RUN_FLOOR, self.ticket)),
            Route("/floor/move", guard.action(RUN_FLOOR, self.move), methods=["POST"]),
            Route("/floor/cancel", guard.action(RUN_FLOOR, self.cancel), methods=["POST"]),
        ]

    async def ticket(self, visit: Visit) -> Response:
        """What can be done with a ticket."""
        text = self.sources.floor_service.feed.values(Topic.TICKETS).get(
            visit.request.path_params["ticket"]
        )
        if text is None:
            visit.flash_error(visit.wording.refusal("unknown_ticket", {"ticket": ""}))
            return redirect_to("overview")
        names = visit.wording.names
        served = served_services(self.sources.plan)
        return visit.page(
            "stranded.html",
            area=Area.OVERVIEW,
            ticket=TicketView.model_validate_json(text),
            services=[
                (each, names.service(each)) for each in self.sources.plan.services if each in served
            ],
            req=visit.session.take_req(),
        )

    async def move(self, visit: Visit) -> Response:
        """Move it to a service that is served."""
        service = visit.form.get("service", "")[:_LONGEST]
        command = MoveTicket(_ticket(visit), service, _reason(visit))
        answer = await order(self.sources.floor_service, visit, command)
        if answer.ok:
            number = answer.result["ticket"]["number"]
            visit.flash(
                "stranded.moved", number=number, service=visit.wording.names.service(service)
            )
        return redirect_to("overview")

    async def cancel(self, visit: Visit) -> Response:
        """Cancel it."""
        command = CancelTicket(_ticket(visit), _reason(visit))
        answer = await order(self.sources.floor_service, visit, command)
        if answer.ok:
            visit.flash("stranded.cancelled", number=answer.result["ticket"]["number"])
        return redirect_to("overview")


def _ticket(visit: Visit) -> str:
    return visit.form.get("ticket", "")[:_LONGEST]


def _reason(visit: Visit) -> str:
    return clean(visit.form.get("reason", ""))[:_LONGEST_REASON]
