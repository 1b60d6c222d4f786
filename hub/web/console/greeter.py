"""The greeter's tablet: look up a scanned ticket or dossier, issue a ticket for a citizen who cannot use the kiosk,
readmit a late one, request a reprint."""

from dataclasses import dataclass
from typing import Any, Final

from starlette.responses import Response
from starlette.routing import Route

from hub.messages import Answer, DossierView, ReprintView, TicketPlace, Topic, WireError
from hub.web.console.access.page_guard import Page, PageGuard, Visit, redirect_to
from hub.web.console.areas import MAY_SEE, Area
from hub.web.console.floor_now import printers_needing_attention
from hub.web.console.orders import order
from hub.web.console.qr_code import qr_svg
from hub.web.console.sources import ConsoleSources
from service_floor.dossiers.personal import mask_personal
from service_floor.dossiers.scans import ScanKind, classify
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
"""Timeout after which what was looked up is cleared: the next citizen stands there."""
LONGEST_CODE: Final = 1_500
_SHOWN: Final = 60
_LONGEST_TICKET: Final = 64
_LONGEST_REASON: Final = 120
_LONGEST_KIOSK: Final = 40
_OTHER_PAPERS: Final = frozenset(
    {
        ScanKind.PROCEDURE,
        ScanKind.RESULT,
        ScanKind.IDENTITY_CARD,
        ScanKind.HEALTH_CARD,
        ScanKind.PAYMENT,
        ScanKind.VNEID,
        ScanKind.OTHER_CENTRE,
        ScanKind.ENROLMENT,
        ScanKind.PART,
    }
)

_CARDS: Final = frozenset({ScanKind.IDENTITY_CARD, ScanKind.HEALTH_CARD})


@dataclass(frozen=True, slots=True)
class LookUpResult:
    """The result of the last code; without one, `problem` is the key of the sentence."""

    code: str
    place: TicketPlace | None = None
    dossier: DossierView | None = None
    problem: str = ""
    page: str = ""
    """The address of the citizen's page, if phones can reach one."""
    reprint: ReprintView | None = None
    """The last reprint of the ticket's slip in the last minutes."""
    choices: tuple[str, ...] = ()
    """The dossiers that one code names; the greeter chooses one."""


@dataclass(frozen=True, slots=True)
class GreeterPages:
    """The tablet's page and its actions."""

    sources: ConsoleSources
    guard: PageGuard

    def routes(self) -> list[Route]:
        """Their routes."""
        guard, roles = self.guard, MAY_SEE[Area.GREETER]

        def action(name: str, does: Page) -> Route:
            return Route(f"/greeter/{name}", guard.action(roles, does), methods=["POST"])

        return [
            Route("/greeter", guard.page(roles, self.tablet)),
            Route("/greeter/now", guard.fragment(roles, self.now)),
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
        """The current state of what was looked up."""
        in_hand = await self._in_hand(visit)
        return visit.fragment("greeter_now.html", **in_hand, req=visit.session.fragment_req())

    async def look_up(self, visit: Visit) -> Response:
        """Look up a scanned or typed code. It stays out of the address: the tablet's history must not hold it."""
        code = clean(visit.form.get("code", ""))[:LONGEST_CODE]
        kind = classify(code).kind
        if kind in _CARDS:
            # Nothing of a person's card is kept, not for a moment.
            code = ""
            visit.flash_error(visit.wording.say(f"greeter.problem.{kind}"))
        _select(visit, code)
        return redirect_to("greeter")

    async def put_away(self, visit: Visit) -> Response:
        """Clear what was looked up."""
        visit.session.subject = ""
        return redirect_to("greeter")

    async def issue(self, visit: Visit) -> Response:
        """Issue a ticket for a citizen."""
        service, priority = visit.form.get("service", ""), visit.form.get("priority", "")
        if not service:
            visit.flash_error(visit.wording.say("greeter.choose_service"))
            return redirect_to("greeter")
        answer = await self._order(visit, IssueTicket((service[:40],), priority[:40] or None))
        if answer.ok:
            _select(visit, str(answer.result["ticket"]["id"]))
            visit.flash("greeter.issued", number=answer.result["ticket"]["number"])
        return redirect_to("greeter")

    async def readmit(self, visit: Visit) -> Response:
        """Readmit a citizen who missed the call and is back."""
        answer = await self._order(visit, Readmit(visit.form.get("ticket", "")[:_LONGEST_TICKET]))
        if answer.ok:
            visit.flash("greeter.readmitted", number=answer.result["ticket"]["number"])
        return redirect_to("greeter")

    async def cancel(self, visit: Visit) -> Response:
        """Take a ticket out of the queue, for a reason of the centre's list."""
        reason, listed = visit.form.get("reason", ""), visit.wording.cancel_reasons
        if listed and reason not in listed:
            visit.flash_error(visit.wording.say("greeter.choose_reason"))
            return redirect_to("greeter")
        ticket = visit.form.get("ticket", "")[:_LONGEST_TICKET]
        answer = await self._order(visit, CancelTicket(ticket, clean(reason)[:_LONGEST_REASON]))
        if answer.ok:
            visit.flash("greeter.cancelled", number=answer.result["ticket"]["number"])
        return redirect_to("greeter")

    async def reprint(self, visit: Visit) -> Response:
        """Have the ticket's slip printed again, at the chosen kiosk or at its own."""
        reason = visit.form.get("reason", "")
        if reason not in set(ReprintReason):
            visit.flash_error(visit.wording.say("greeter.choose_reprint_reason"))
            return redirect_to("greeter")
        ticket = visit.form.get("ticket", "")[:_LONGEST_TICKET]
        kiosk = visit.form.get("kiosk", "")[:_LONGEST_KIOSK] or None
        answer = await self._order(visit, ReprintSlip(ticket, ReprintReason(reason), kiosk))
        if answer.ok:
            asked = answer.result["reprint"]
            visit.flash("greeter.reprinting", number=asked["number"], kiosk=asked["kiosk"])
        return redirect_to("greeter")

    async def _order(self, visit: Visit, command: Command) -> Answer:
        return await order(self.sources.floor_service, visit, command)

    async def _in_hand(self, visit: Visit) -> dict[str, Any]:
        session = visit.session
        if visit.at - session.subject_at > PUT_AWAY_SECONDS:
            session.subject = ""
        subject = await self._meaning(session.subject) if session.subject else None
        phone = qr_svg(subject.page) if subject and subject.page else None
        here = {each.device for each in self.sources.floor_service.presence.devices()}
        printers = [(kiosk, kiosk in here) for kiosk in self.sources.plan.printers]
        return {
            "subject": subject,
            "phone": phone,
            "printers": printers,
            "wanting": printers_needing_attention(
                self.sources.floor_service, self.sources.known_devices()
            ),
            "reprint_reasons": [reason.value for reason in ReprintReason],
        }

    async def _meaning(self, code: str) -> LookUpResult:
        """A ticket of today first: by what its paper shows, or by its page's address."""
        scan = classify(code, self.sources.installation.centre.dossier_prefixes)
        if scan.others:
            return LookUpResult("", choices=(scan.code, *scan.others))
        is_ticket = scan.kind in {ScanKind.TICKET, ScanKind.TICKET_NUMBER}
        last = scan.code if is_ticket else code.rsplit("/", 1)[-1].strip()[:_LONGEST_TICKET]
        place = await self.sources.floor_service.place(last)
        if place is WireError.UNKNOWN_TICKET and last != last.upper():
            place = await self.sources.floor_service.place(last.upper())
        if isinstance(place, TicketPlace):
            ticket = place.ticket
            asked = self._last_reprint(ticket.id)
            return LookUpResult(
                ticket.number, place=place, page=self._page_of(place), reprint=asked
            )
        if scan.kind is not ScanKind.DOSSIER:
            kind = scan.kind if scan.kind in _OTHER_PAPERS else "not_known"
            problem = kind if place is WireError.UNKNOWN_TICKET else str(place)
            shown = "" if is_ticket else scan.code
            return LookUpResult(shown or mask_personal(code)[:_SHOWN], problem=problem)
        dossier = await self.sources.floor_service.dossier(scan.code)
        if isinstance(dossier, WireError):
            return LookUpResult(scan.code, problem=dossier)
        return LookUpResult(scan.code, dossier=dossier)

    def _page_of(self, place: TicketPlace) -> str:
        public = self.sources.installation.hub.public_url.rstrip("/")
        return f"{public}/t/{place.ticket.id}" if public else ""

    def _last_reprint(self, ticket: str) -> ReprintView | None:
        told = map(
            ReprintView.model_validate_json,
            self.sources.floor_service.feed.values(Topic.REPRINTS).values(),
        )
        mine = (each for each in told if each.ticket == ticket)
        return max(mine, key=lambda each: each.reprint, default=None)

    def _services(self, visit: Visit) -> list[tuple[str, str]]:
        names = visit.wording.names
        return [(each, names.service(each)) for each in self.sources.plan.services]


def _select(visit: Visit, code: str) -> None:
    visit.session.subject, visit.session.subject_at = code, visit.at
