"""The greeter's tablet: a ticket or dossier under the scanner, a ticket for somebody who cannot use the kiosk, a late return,
a slip once more."""

from dataclasses import dataclass
from typing import Any, Final

from starlette.responses import Response
from starlette.routing import Route

from hub.messages import Answer, DossierView, ReprintView, TicketPlace, Topic, WireError
from hub.web.console.access.page_guard import Page, PageGuard, Visit, go_to
from hub.web.console.areas import MAY_SEE, Area
from hub.web.console.floor_now import wanting
from hub.web.console.orders import order
from hub.web.console.phone import qr_of
from hub.web.console.sources import ConsoleSources
from service_floor.dossiers.codes import ScanKind, classify
from service_floor.queue.commands import (
    CancelTicket,
    Command,
    IssueTicket,
    Readmit,
    ReprintReason,
    ReprintSlip,
)
from service_floor.vietnamese.text import clean

PUT_AWAY_SECONDS: Final = 180.0
"""After so long what was looked up is put away: the next citizen stands there."""
LONGEST_CODE: Final = 400
_SHOWN: Final = 60
_LONGEST_TICKET: Final = 64
_LONGEST_REASON: Final = 120
_LONGEST_KIOSK: Final = 40
_OTHER_PAPERS: Final = frozenset(
    {
        ScanKind.PROCEDURE,
        ScanKind.RESULT,
        ScanKind.IDENTITY_CARD,
        ScanKind.OTHER_CENTRE,
        ScanKind.ENROLMENT,
    }
)


@dataclass(frozen=True, slots=True)
class InHand:
    """What the last code led to. `problem` names the sentence where it led to nothing."""

    code: str
    place: TicketPlace | None = None
    dossier: DossierView | None = None
    problem: str = ""
    page: str = ""
    """The address of the citizen's page, where phones reach one."""
    reprint: ReprintView | None = None
    """The last reprint of the ticket's slip in the last minutes."""


@dataclass(frozen=True, slots=True)
class GreeterPages:
    """The tablet's page and its actions."""

    sources: ConsoleSources
    doors: PageGuard

    def routes(self) -> list[Route]:
        """Their addresses."""
        doors, roles = self.doors, MAY_SEE[Area.GREETER]

        def action(name: str, does: Page) -> Route:
            return Route(f"/greeter/{name}", doors.does(roles, does), methods=["POST"])

        return [
            Route("/greeter", doors.shows(roles, self.tablet)),
            Route("/greeter/now", doors.renews(roles, self.now)),
            action("look-up", self.look_up),
            action("put-away", self.put_away),
            action("issue", self.issue),
            action("readmit", self.readmit),
            action("cancel", self.cancel),
            action("reprint", self.reprint),
        ]

    async def tablet(self, visit: Visit) -> Response:
        """The whole page."""
        return visit.page(
            "greeter.html",
            area=Area.GREETER,
            **await self._in_hand(visit),
            services=self._services(visit),
            priorities=[*self.sources.plan.priorities],
            req=visit.session.take_req(),
        )

    async def now(self, visit: Visit) -> Response:
        """What is in hand, as it stands now."""
        in_hand = await self._in_hand(visit)
        return visit.part("greeter_now.html", **in_hand, req=visit.session.part_req())

    async def look_up(self, visit: Visit) -> Response:
        """Take a scanned or typed code in hand. It stays out of the address: the history of a tablet is no place for it."""
        code = clean(visit.form.get("code", ""))[:LONGEST_CODE]
        if classify(code).kind is ScanKind.IDENTITY_CARD:
            # Nothing of a card is kept, not for a moment.
            code = ""
            visit.complain(visit.wording.say("greeter.problem.identity_card"))
        _take_in_hand(visit, code)
        return go_to("greeter")

    async def put_away(self, visit: Visit) -> Response:
        """Done with it."""
        visit.session.subject = ""
        return go_to("greeter")

    async def issue(self, visit: Visit) -> Response:
        """Take a ticket for a citizen."""
        service, priority = visit.form.get("service", ""), visit.form.get("priority", "")
        if not service:
            visit.complain(visit.wording.say("greeter.choose_service"))
            return go_to("greeter")
        answer = await self._order(visit, IssueTicket((service[:40],), priority[:40] or None))
        if answer.ok:
            _take_in_hand(visit, str(answer.result["ticket"]["id"]))
            visit.tell("greeter.issued", number=answer.result["ticket"]["number"])
        return go_to("greeter")

    async def readmit(self, visit: Visit) -> Response:
        """Somebody who missed the call is back."""
        answer = await self._order(visit, Readmit(visit.form.get("ticket", "")[:_LONGEST_TICKET]))
        if answer.ok:
            visit.tell("greeter.readmitted", number=answer.result["ticket"]["number"])
        return go_to("greeter")

    async def cancel(self, visit: Visit) -> Response:
        """Take a ticket out of the queue, for a reason of the centre's list."""
        reason, listed = visit.form.get("reason", ""), visit.wording.cancel_reasons
        if listed and reason not in listed:
            visit.complain(visit.wording.say("greeter.choose_reason"))
            return go_to("greeter")
        ticket = visit.form.get("ticket", "")[:_LONGEST_TICKET]
        answer = await self._order(visit, CancelTicket(ticket, clean(reason)[:_LONGEST_REASON]))
        if answer.ok:
            visit.tell("greeter.cancelled", number=answer.result["ticket"]["number"])
        return go_to("greeter")

    async def reprint(self, visit: Visit) -> Response:
        """Have the ticket's slip printed again, at the kiosk that is chosen or at its own."""
        reason = visit.form.get("reason", "")
        if reason not in set(ReprintReason):
            visit.complain(visit.wording.say("greeter.choose_reprint_reason"))
            return go_to("greeter")
        ticket = visit.form.get("ticket", "")[:_LONGEST_TICKET]
        kiosk = visit.form.get("kiosk", "")[:_LONGEST_KIOSK] or None
        answer = await self._order(visit, ReprintSlip(ticket, ReprintReason(reason), kiosk))
        if answer.ok:
            asked = answer.result["reprint"]
            visit.tell("greeter.reprinting", number=asked["number"], kiosk=asked["kiosk"])
        return go_to("greeter")

    async def _order(self, visit: Visit, command: Command) -> Answer:
        return await order(self.sources.reception, visit, command)

    async def _in_hand(self, visit: Visit) -> dict[str, Any]:
        session = visit.session
        if visit.at - session.subject_at > PUT_AWAY_SECONDS:
            session.subject = ""
        subject = await self._meaning(session.subject) if session.subject else None
        phone = qr_of(subject.page) if subject and subject.page else None
        here = {each.device for each in self.sources.reception.presence.devices()}
        printers = [(kiosk, kiosk in here) for kiosk in self.sources.plan.printers]
        return {
            "subject": subject,
            "phone": phone,
            "printers": printers,
            "wanting": wanting(self.sources.reception, self.sources.known_devices()),
            "reprint_reasons": [reason.value for reason in ReprintReason],
        }

    async def _meaning(self, code: str) -> InHand:
        """A ticket of today first: by what its paper says, or by its page's address."""
        last = code.rsplit("/", 1)[-1].strip()[:_LONGEST_TICKET]
        place = await self.sources.reception.place(last)
        if place is WireError.UNKNOWN_TICKET and last != last.upper():
            place = await self.sources.reception.place(last.upper())
        if isinstance(place, TicketPlace):
            ticket = place.ticket
            asked = self._last_reprint(ticket.id)
            return InHand(ticket.number, place=place, page=self._page_of(place), reprint=asked)
        scan = classify(code, self.sources.installation.centre.dossier_prefixes)
        if scan.kind is not ScanKind.DOSSIER:
            kind = scan.kind if scan.kind in _OTHER_PAPERS else "not_known"
            problem = kind if place is WireError.UNKNOWN_TICKET else str(place)
            return InHand(scan.code or code[:_SHOWN], problem=problem)
        dossier = await self.sources.reception.dossier(scan.code)
        if isinstance(dossier, WireError):
            return InHand(scan.code, problem=dossier)
        return InHand(scan.code, dossier=dossier)

    def _page_of(self, place: TicketPlace) -> str:
        public = self.sources.installation.hub.public_url.rstrip("/")
        return f"{public}/t/{place.ticket.id}" if public else ""

    def _last_reprint(self, ticket: str) -> ReprintView | None:
        told = map(
            ReprintView.model_validate_json,
            self.sources.reception.feed.values(Topic.REPRINTS).values(),
        )
        mine = (each for each in told if each.ticket == ticket)
        return max(mine, key=lambda each: each.reprint, default=None)

    def _services(self, visit: Visit) -> list[tuple[str, str]]:
        names = visit.wording.names
        return [(each, names.service(each)) for each in self.sources.plan.services]


def _take_in_hand(visit: Visit, code: str) -> None:
    visit.session.subject, visit.session.subject_at = code, visit.at
