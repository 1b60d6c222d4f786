"""View-model of the desk: rows, lines and the ticket's card, with texts in the officer's language."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from counter_terminal.desk.actions import Action, available, why_not
from counter_terminal.desk.screens import (
    CameraPane,
    CurrentTicket,
    EnrolScreen,
    Strip,
    WaitingRow,
)
from counter_terminal.desk.setup import DeskSetup, Named
from counter_terminal.desk.shown_card import conditions_in
from hub.client import EnrolmentPrompt
from hub.messages import Condition, CounterView, ReprintView, TicketView, needs_attention
from service_floor.queue.commands import ReprintReason
from service_floor.vietnamese.formats import clock


class Drawing:
    """Draws for one desk in one language."""

    def __init__(self, setup: DeskSetup) -> None:
        self._setup = setup
        self._sentences = sentences = setup.sentences
        self._officers = {officer.id: officer.name for officer in setup.officers}
        self._reasons = {reason.id: reason.name for reason in setup.pause_reasons}
        self.reprint_reasons = tuple(
            Named(reason.value, sentences.say(f"reprint_reason.{reason}"))
            for reason in ReprintReason
        )

    def strip(self, counter: CounterView | None, up: bool, now: datetime | None) -> Strip:
        """The line at the top, without the desk's devices."""
        say = self._sentences.say
        officer = counter.officer if counter else None
        return Strip(
            counter_number=self._setup.counter_number,
            counter_name=self._setup.counter_name,
            officer=self.officer(officer) if officer else "",
            counter_state=counter.state if counter else "closed",
            state_text=self._state_text(counter),
            connected=up,
            connection_text=say("strip.connected" if up else "strip.lost"),
            scanner_text="",
            now=now,
        )

    def with_devices(self, strip: Strip, scanner: str, printer: Sequence[Condition]) -> Strip:
        """The line at the top with the scanner and, where the desk has one, the printer."""
        say = self._sentences.say
        shown = replace(strip, scanner_text=say(f"strip.scanner_{scanner}"))
        if self._setup.papers is None:
            return shown
        known = printer or (Condition.UNKNOWN,)
        state = conditions_in(self._sentences, known)
        return replace(
            shown,
            printer_text=say("strip.printer", state=state),
            printer_wants=needs_attention(known),
        )

    def camera(self, health: str) -> CameraPane | None:
        """The camera, where that is what the desk reads codes with."""
        if not self._setup.has_camera:
            return None
        state = {"ready": "live", "fault": "gone"}.get(health, "starting")
        return CameraPane(state == "live", self._sentences.say(f"camera.{state}"))

    def officer(self, officer: str) -> str:
        """The name of an officer, also of an officer from another desk."""
        return self._officers.get(officer, officer)

    def enrol(self, prompt: EnrolmentPrompt, strip: Strip) -> EnrolScreen:
        """The code that lets this terminal in, and what is to be done with it."""
        say, hub, device = self._sentences.say, prompt.hub, prompt.device
        notice = say("enrol.notice")
        if prompt.other:
            notice = say("enrol.other", other=prompt.other, device=device)
        elif prompt.turned_away:
            notice = say("enrol.turned_away", hub=hub)
        title = say("enrol.title")
        if not prompt.code:
            return EnrolScreen(strip, title, "", say("enrol.no_hub", hub=hub), (), notice)
        # The line is there, and the floor behind it is not: nothing waits to be sent.
        strip = replace(strip, connected=True, connection_text="", now=None)
        steps = (
            say("enrol.step_console", hub=hub),
            say("enrol.step_code", code=prompt.code),
            say("enrol.step_device", device=device),
        )
        left = say("enrol.minutes", minutes=prompt.minutes)
        return EnrolScreen(strip, title, prompt.code, left, steps, notice)

    def _state_text(self, counter: CounterView | None) -> str:
        if counter is None or counter.officer is None:
            return self._sentences.say("counter_state.nobody")
        reason = self._reasons.get(counter.pause_reason, counter.pause_reason)
        return self._sentences.say(f"counter_state.{counter.state}", reason=reason)

    def current(
        self, ticket: TicketView | None, reprints: Iterable[ReprintView]
    ) -> CurrentTicket | None:
        """The ticket at the desk with the outcome of its slip; None without a ticket."""
        if ticket is None:
            return None
        say = self._sentences.say
        detail = say("ticket.waited", time=clock(ticket.issued_at))
        if ticket.next_services:
            names = ", ".join(self._service(service) for service in ticket.next_services)
            detail = f"{detail}. {say('ticket.then', services=names)}"
        serving = ticket.state == "serving"
        paper, is_out = self._paper(ticket, [each for each in reprints if each.ticket == ticket.id])
        return CurrentTicket(
            id=ticket.id,
            number=ticket.number,
            service=self._service(ticket.service),
            state_text=say("ticket.serving")
            if serving
            else say("ticket.called", calls=ticket.calls),
            detail=detail,
            priority=self._priority(ticket),
            priority_confirmed=ticket.priority_confirmed,
            since=ticket.started_at if serving else ticket.called_at,
            paper=paper,
            paper_is_out=is_out,
        )

    def _paper(self, ticket: TicketView, reprints: list[ReprintView]) -> tuple[str, bool]:
        """What the officer should know of the slip, and whether it is out: of its last reprint, else of the first print."""
        if reprints:
            last = max(reprints, key=lambda each: each.reprint)
            key = last.outcome or "asked"
            notice = self._sentences.say(f"paper.{key}", kiosk=last.kiosk, times=last.reprint)
            return notice, last.outcome == "printed"
        if ticket.slip in {"failed", "unknown"}:
            return self._sentences.say(f"paper.first_{ticket.slip}"), False
        return "", False

    def _priority(self, ticket: TicketView) -> str:
        if ticket.priority is None:
            return ""
        key = {None: "claimed", True: "confirmed", False: "rejected"}[ticket.priority_confirmed]
        name = self._setup.priorities.get(ticket.priority, ticket.priority)
        return self._sentences.say(f"ticket.priority_{key}", priority=name)

    def rows(self, tickets: Iterable[TicketView]) -> tuple[WaitingRow, ...]:
        """Rows by place, the longest waiting first."""
        return tuple(
            WaitingRow(
                id=ticket.id,
                number=ticket.number,
                service=self._service(ticket.service),
                priority=self._setup.priorities.get(ticket.priority or "", ""),
                arrived_at=ticket.arrived_at,
                note=self._note(ticket),
            )
            for ticket in sorted(tickets, key=lambda t: (t.arrived_at, t.number))
        )

    def destinations(self, ticket: TicketView | None) -> tuple[Named, ...]:
        """Services that another counter takes too, for a transfer of this ticket; not the one that it is here for."""
        here = {(), (self._setup.counter,)}
        own = ticket.service if ticket else ""
        return tuple(
            Named(service, name)
            for service, name in self._setup.services.items()
            if service != own and self._setup.counters_of_service.get(service, ()) not in here
        )

    def why_not(self, counter: CounterView | None, action: Action) -> str:
        """Why the officer cannot do this now; empty where it can be done."""
        if counter is None or action in available(counter):
            return ""
        return self._sentences.say(f"refusal.{why_not(counter, action)}")

    def _note(self, ticket: TicketView) -> str:
        """What else should be known of a row."""
        if ticket.state == "parked" and ticket.parked_until is not None:
            return self._sentences.say("queue.parked_until", time=clock(ticket.parked_until))
        return self._sentences.say("queue.offline") if ticket.offline else ""

    def _service(self, service: str) -> str:
        return self._setup.services.get(service, service)
