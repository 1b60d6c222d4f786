"""The desk itself: takes events one by one, gives intents, and always has a screen to show."""

from datetime import datetime

from counter_terminal.desk.actions import Action, available
from counter_terminal.desk.drawing import Drawing
from counter_terminal.desk.events import (
    Ask,
    AskPlace,
    CodeGarbled,
    CodeRead,
    CodeTyped,
    DeskEvent,
    DossierPutAway,
    EnrolmentChanged,
    FileOpened,
    FileRead,
    FileRefused,
    FloorSeen,
    HubAnswered,
    HubLine,
    OfficerChosen,
    PaperChosen,
    PaperSettled,
    PinEntered,
    Pressed,
    PrintPaper,
    Prove,
    ScannerLine,
    SignInLeft,
)
from counter_terminal.desk.orders import order_of
from counter_terminal.desk.scan_meaning import ScanMeaning, meaning_of, one_of
from counter_terminal.desk.scans import Scans
from counter_terminal.desk.screens import DeskScreen, Screen
from counter_terminal.desk.seat import Seat
from counter_terminal.desk.setup import DeskSetup, Named
from hub.client import EnrolmentPrompt
from hub.messages import Answer, CounterView, ReprintView, TicketView
from plumbing.sentences import Sentences
from service_floor.dossiers.typed import typed_by_scanner
from service_floor.queue.commands import Command, Readmit, SignIn, SignOut, StartServing

Intent = Command | Ask | AskPlace | Prove | PrintPaper


class Desk:
    """One officer's desk. The hub decides; the desk shows, and sends one command at a time."""

    def __init__(self, setup: DeskSetup, sentences: Sentences) -> None:
        self._setup = setup
        self._sentences = sentences
        self._drawing = Drawing(setup, sentences)
        self._seat = Seat(setup, sentences)
        self._scans = Scans(setup, sentences, self._drawing)
        self._leaving = False
        self._entry: EnrolmentPrompt | None = None
        self._counter: CounterView | None = None
        self._tickets: tuple[TicketView, ...] = ()
        self._reprints: tuple[ReprintView, ...] = ()
        self._now: datetime | None = None
        self._up = False
        self._scanner = "none"
        self._command: str | None = None
        self._notice = ""

    def handle(self, event: DeskEvent) -> tuple[Intent, ...]:
        """Take one event; the intents are to be carried out and reported with `sent`."""
        match event:
            case OfficerChosen(officer):
                return self._choose(officer)
            case PinEntered(pin):
                return self._seat.enter(pin, self._up) if self._command is None else ()
            case SignInLeft():
                self._notice = ""
                self._seat.back()
            case Pressed():
                return self._press(event)
            case CodeRead(text):
                return self._scan(text)
            case CodeTyped(text):
                return self._scan_typed(text)
            case CodeGarbled() | FileOpened() | FileRefused() | DossierPutAway():
                self._scans.see(event)
            case FileRead(codes):
                return self._look_into(codes)
            case PaperChosen(paper):
                return self._print(paper)
            case PaperSettled():
                self._notice = self._scans.paper_settled(event) or self._notice
            case HubAnswered(req, answer):
                return self._take_answer(req, answer)
            case FloorSeen():
                self._see(event)
            case HubLine(up):
                self._up = up
                return self._scans.line(up)
            case EnrolmentChanged(entry):
                self._entry = entry
            case ScannerLine(health):
                self._scanner = health
        return ()

    def sent(self, req: str, intent: Intent) -> None:
        """The line has taken an intent under this request id."""
        if isinstance(intent, Ask | AskPlace):
            self._scans.sent(req)
        elif isinstance(intent, Prove):
            self._seat.sent(req)
        else:
            self._command = req
            self._leaving = isinstance(intent, SignOut)

    @property
    def screen(self) -> Screen:
        """What to show now."""
        strip = self._drawing.strip(self._counter, self._up, self._scanner, self._now)
        if self._entry is not None:
            return self._drawing.enrol(self._entry, strip)
        busy = self._command is not None or self._seat.proving
        if self._counter is None or not self._at_work:
            return self._seat.screen(strip, self._notice, busy)
        waiting = self._mine("waiting")
        return DeskScreen(
            strip=strip,
            current=self._drawing.current(self._current(), self._reprints),
            actions=available(self._counter) if not busy else frozenset(),
            waiting=self._drawing.rows(waiting),
            parked=self._drawing.rows(self._mine("parked")),
            missed=self._drawing.rows(self._mine("no_show")),
            waiting_count=len(waiting),
            dossier=self._scans.card(self._now),
            camera=self._drawing.camera(self._scanner),
            notice=self._notice,
            busy=busy,
            services=self._destinations(),
            pause_reasons=self._setup.pause_reasons,
            call_reasons=self._setup.call_reasons,
            park_minutes=self._setup.park_minutes,
            reprint_reasons=self._drawing.reprint_reasons,
        )

    @property
    def _at_work(self) -> bool:
        """Whether an officer's desk is shown."""
        there = self._counter is not None and self._counter.officer is not None
        return there and not self._seat.taking_over

    def _press(self, press: Pressed) -> tuple[Intent, ...]:
        if self._counter is None or press.action not in available(self._counter):
            return ()
        if press.action is Action.TAKE_OVER:
            self._notice, self._seat.taking_over = "", True
            return ()
        return self._give(order_of(self._setup.counter, press))

    def _choose(self, officer: str) -> tuple[Intent, ...]:
        if not self._setup.pin_asked:
            return self._give(SignIn(self._setup.counter, officer))
        if self._command is None and not self._seat.proving:
            self._notice = ""
            self._seat.choose(officer)
        return ()

    def _see(self, seen: FloorSeen) -> None:
        """Somebody has sat down or left; who did not sign out themselves is told of it."""
        before = self._counter.officer if self._counter else None
        after = seen.counter.officer if seen.counter else None
        self._counter, self._tickets, self._now = seen.counter, seen.tickets, seen.hub_now
        self._reprints = seen.reprints
        if before == after:
            return
        if after is not None:
            self._seat.clear()
            self._notice = ""
        elif not self._leaving and before is not None:
            key = "sign_in.day_over" if seen.ended else "sign_in.signed_out"
            self._notice = self._sentences.say(key, officer=self._drawing.officer(before))
            self._seat.clear()
        self._leaving = False

    def _give(self, command: Command) -> tuple[Intent, ...]:
        if self._command is not None:
            return ()
        self._notice = ""
        return (command,)

    def _print(self, paper: str) -> tuple[Intent, ...]:
        wanted = self._scans.paper(paper, self._now)
        self._notice = ""
        return (wanted,) if wanted else ()

    def _scan(self, text: str) -> tuple[Intent, ...]:
        self._scans.forget()
        if not self._at_work:
            self._notice = self._sentences.say("refusal.not_signed_in")
            return ()
        meaning, code = meaning_of(text, self._tickets, self._setup.own_dossiers)
        if meaning is ScanMeaning.TICKET:
            return self._scan_ticket(code)
        return self._scans.read(meaning, code)

    def _look_into(self, codes: tuple[str, ...]) -> tuple[Intent, ...]:
        """A file's one code is taken as if scanned."""
        code = one_of(codes, self._setup.own_dossiers)
        if not code:
            self._scans.file("several_codes" if codes else "no_code")
            return ()
        self._scans.clear()
        return self._scan(code)

    def _scan_typed(self, text: str) -> tuple[Intent, ...]:
        code = typed_by_scanner(text)
        if code is not None:
            return self._scan(code)
        self._scans.say("again")
        return ()

    def _scan_ticket(self, ticket_id: str) -> tuple[Intent, ...]:
        """A citizen's ticket under the scanner: begin, readmit, or say how long it is still going to take."""
        ticket = next(t for t in self._tickets if t.id == ticket_id)
        actions = available(self._counter) if self._counter else frozenset()
        if self._command is not None:
            self._notice = self._sentences.say("scanned_ticket.busy", number=ticket.number)
            return ()
        if self._counter and ticket.id == self._counter.ticket and Action.START in actions:
            return self._give(StartServing(self._setup.counter))
        if ticket.state == "no_show" and Action.READMIT in actions:
            return self._give(Readmit(ticket.id))
        before = sum(t.arrived_at < ticket.arrived_at for t in self._mine("waiting"))
        self._notice = self._drawing.whereabouts(ticket, before)
        return ()

    def _take_answer(self, req: str, answer: Answer) -> tuple[Intent, ...]:
        officer = self._seat.take(req, answer)
        if officer is not None:
            return self._give(SignIn(self._setup.counter, officer))
        if req == self._command:
            self._command = None
            if answer.error is not None:
                self._seat.refused()
                self._notice = self._sentences.say_code(
                    "refusal", answer.error.code, answer.error.data
                )
        else:
            self._notice = self._scans.take(req, answer) or self._notice
        return ()

    def _current(self) -> TicketView | None:
        held = self._counter.ticket if self._counter else None
        return next((ticket for ticket in self._tickets if ticket.id == held), None)

    def _mine(self, state: str) -> tuple[TicketView, ...]:
        """Tickets in this state that this counter could take: of its services, and not bound to another counter."""
        return tuple(
            ticket
            for ticket in self._tickets
            if ticket.state == state
            and ticket.service in self._setup.profile
            and ticket.counter in {None, self._setup.counter}
        )

    def _destinations(self) -> tuple[Named, ...]:
        return tuple(
            Named(service, name)
            for service, name in self._setup.services.items()
            if self._setup.counters_of_service.get(service, ()) not in {(), (self._setup.counter,)}
        )
