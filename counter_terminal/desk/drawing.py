"""From what a desk knows to what it shows: rows, cards and lines in the officer's language."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from counter_terminal.desk.screens import (
    CameraPane,
    CurrentTicket,
    DossierCard,
    EnrolScreen,
    Strip,
    WaitingRow,
)
from counter_terminal.desk.setup import DeskSetup, Named
from hub.client import EnrolmentPrompt
from hub.messages import CounterView, DossierView, ReprintView, TicketView
from plumbing.sentences import Sentences
from service_floor.procedures.model import Procedure
from service_floor.queue.commands import ReprintReason
from service_floor.vietnamese.formats import clock, short_date

PAPERS = 6
"""So many papers of a procedure are named; the whole list is the kiosk's to print."""


class Drawing:
    """Draws for one desk in one language."""

    def __init__(self, setup: DeskSetup, sentences: Sentences) -> None:
        self._setup = setup
        self._sentences = sentences
        self._officers = {officer.id: officer.name for officer in setup.officers}
        self._reasons = {reason.id: reason.name for reason in setup.pause_reasons}
        self.reprint_reasons = tuple(
            Named(reason.value, sentences.say(f"reprint_reason.{reason}"))
            for reason in ReprintReason
        )

    def strip(
        self, counter: CounterView | None, up: bool, scanner: str, now: datetime | None
    ) -> Strip:
        """The line at the top."""
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
            scanner_text=say(f"strip.scanner_{scanner}"),
            now=now,
        )

    def camera(self, health: str) -> CameraPane | None:
        """The camera, where that is what the desk reads codes with."""
        if not self._setup.has_camera:
            return None
        state = {"ready": "live", "fault": "gone"}.get(health, "starting")
        return CameraPane(state == "live", self._sentences.say(f"camera.{state}"))

    def officer(self, officer: str) -> str:
        """The name of an officer, also of one who is not of this desk."""
        return self._officers.get(officer, officer)

    def enrol(self, entry: EnrolmentPrompt, strip: Strip) -> EnrolScreen:
        """The code that lets this terminal in, and what is to be done with it."""
        say, hub, device = self._sentences.say, entry.hub, entry.device
        notice = say("enrol.notice")
        if entry.other:
            notice = say("enrol.other", other=entry.other, device=device)
        elif entry.turned_away:
            notice = say("enrol.turned_away", hub=hub)
        title = say("enrol.title")
        if not entry.code:
            return EnrolScreen(strip, title, "", say("enrol.no_hub", hub=hub), (), notice)
        # The line is there, and the floor behind it is not: nothing waits to be sent.
        strip = replace(strip, connected=True, connection_text="", now=None)
        steps = (
            say("enrol.step_console", hub=hub),
            say("enrol.step_code", code=entry.code),
            say("enrol.step_device", device=device),
        )
        left = say("enrol.minutes", minutes=entry.minutes)
        return EnrolScreen(strip, title, entry.code, left, steps, notice)

    def _state_text(self, counter: CounterView | None) -> str:
        if counter is None or counter.officer is None:
            return self._sentences.say("counter_state.nobody")
        reason = self._reasons.get(counter.pause_reason, counter.pause_reason)
        return self._sentences.say(f"counter_state.{counter.state}", reason=reason)

    def current(
        self, ticket: TicketView | None, reprints: Iterable[ReprintView]
    ) -> CurrentTicket | None:
        """The ticket at the desk with what became of its slip, None where there is none."""
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
            said = self._sentences.say(f"paper.{key}", kiosk=last.kiosk, times=last.reprint)
            return said, last.outcome == "printed"
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
                note=self._sentences.say("queue.offline") if ticket.offline else "",
            )
            for ticket in sorted(tickets, key=lambda t: (t.arrived_at, t.number))
        )

    def dossier(self, view: DossierView) -> DossierCard:
        """The card of a dossier that was found."""
        say = self._sentences.say
        lines = (
            (say("dossier.status"), self._sentences.say_code("status", view.status, {})),
            (say("dossier.agency"), view.agency),
            (say("dossier.received"), _day(view.received_at)),
            (say("dossier.due"), _day(view.due_at)),
            (say("dossier.finished"), _day(view.finished_at)),
            (say("dossier.note"), view.note),
        )
        return DossierCard(
            found=True,
            code=view.code,
            headline=view.procedure,
            standing=self._sentences.say_code("standing", view.standing, {}),
            late=view.standing in {"overdue", "done_late"},
            lines=tuple(line for line in lines if line[1]),
        )

    def no_dossier(self, code: str, key: str) -> DossierCard:
        """The card of a code that brought up nothing, or is still being looked for."""
        return DossierCard(
            found=False,
            code=code,
            headline=self._sentences.say(f"dossier.{key}", code=code),
            standing="",
        )

    def file(self, key: str) -> DossierCard:
        """The card of a dropped file that is being read, or has brought up nothing."""
        return DossierCard(
            found=False, code="", headline=self._sentences.say(f"file.{key}"), standing=""
        )

    def whereabouts(self, ticket: TicketView, ahead: int) -> str:
        """Where the ticket under the scanner is, in a sentence; `ahead` are before it while it waits."""
        if ticket.state == "waiting":
            key = "waiting" if ticket.service in self._setup.profile else "other_service"
        elif ticket.state == "parked" and ticket.counter == self._setup.counter:
            key = "parked_here"
        else:
            known = {"called", "serving", "parked", "no_show"}
            key = ticket.state if ticket.state in known else "over"
        counter = ticket.counter or ""
        return self._sentences.say(
            f"scanned_ticket.{key}",
            number=ticket.number,
            ahead=ahead,
            counter=self._setup.counters.get(counter, counter),
            service=self._service(ticket.service),
        )

    def procedure(self, procedure: Procedure) -> DossierCard:
        """The card of a procedure whose code was scanned: its name, and its papers in brief."""
        say = self._sentences.say
        papers = [paper.name for paper in procedure.papers if not paper.is_remark]
        lines = [(f"{place}.", name) for place, name in enumerate(papers[:PAPERS], 1)]
        if len(papers) > PAPERS:
            lines.append(("…", say("dossier.more_papers", count=len(papers) - PAPERS)))
        if not papers:
            lines.append((say("dossier.papers"), say("dossier.no_papers")))
        return DossierCard(
            found=False,
            code=procedure.code,
            headline=procedure.name,
            standing=say("dossier.procedure"),
            lines=tuple(lines),
        )

    def _service(self, service: str) -> str:
        return self._setup.services.get(service, service)


def _day(moment: datetime | None) -> str:
    return "" if moment is None else short_date(moment)
