"""State machine of an officer's desk: takes events one by one, gives intents, and always has a screen to show."""

from typing import assert_never

from counter_terminal.desk.actions import Action, ReasonPrompt, available
from counter_terminal.desk.drawing import Drawing
from counter_terminal.desk.events import (
    Ask,
    AskPlace,
    CodeGarbled,
    CodeRead,
    CodeTyped,
    CommandAnswered,
    DeskEvent,
    DossierPutAway,
    EnrolmentChanged,
    FileOpened,
    FileRead,
    FileRefused,
    FloorSeen,
    GreyPressed,
    HubLine,
    OfficerChosen,
    PaperChosen,
    PaperSettled,
    PinAnswered,
    PinEntered,
    Pressed,
    PrinterLine,
    PrintPaper,
    Prove,
    QuestionAnswered,
    ScannerLine,
    SignInLeft,
)
from counter_terminal.desk.floor import (
    NOT_SEEN,
    current_ticket,
    has_open_claim,
    is_short_visit,
    tickets_for,
    visit_is_over,
)
from counter_terminal.desk.orders import order_of
from counter_terminal.desk.scan_meaning import ScanMeaning, choices_among, meaning_of, useful_of
from counter_terminal.desk.scans import Scans
from counter_terminal.desk.screens import DeskScreen, Screen, Strip
from counter_terminal.desk.seat import Seat
from counter_terminal.desk.setup import DeskSetup
from hub.client import EnrolmentPrompt
from hub.messages import Answer, Condition
from service_floor.dossiers.scans import classify
from service_floor.dossiers.typed import typed_by_scanner
from service_floor.queue.commands import Command, Readmit, SignIn, SignOut, StartServing
from service_floor.queue.concerns.serving import ServiceRefusal

Intent = Command | Ask | AskPlace | Prove | PrintPaper


class Desk:
    """One officer's desk. The hub decides; the desk shows, and sends one command at a time."""

    def __init__(self, setup: DeskSetup) -> None:
        self._setup = setup
        self._sentences = setup.sentences
        self._drawing = Drawing(setup)
        self._seat = Seat(setup)
        self._scans = Scans(setup)
        self._floor = NOT_SEEN
        self._enrolment: EnrolmentPrompt | None = None
        self._up = False
        self._scanner = "none"
        self._printer: tuple[Condition, ...] = ()
        self._is_commanding = False
        self._leaving = False
        self._notice = ""
        self._why = ReasonPrompt()
        self._claim_named: str | None = None

    def handle(self, event: DeskEvent) -> tuple[Intent, ...]:
        """Take one event; the intents are to be carried out, and their answers are events again."""
        match event:
            case OfficerChosen(officer):
                return self._choose(officer)
            case PinEntered(pin):
                return () if self._is_commanding else self._seat.enter(pin, self._up)
            case SignInLeft():
                self._notice = ""
                self._seat.back()
            case Pressed() | GreyPressed():
                return self._press(event)
            case CodeRead(text, rivals):
                return self._scan(text, rivals)
            case CodeTyped(text):
                return self._scan_typed(text)
            case CodeGarbled() | FileOpened() | FileRefused() | DossierPutAway():
                self._scans.see(event)
            case FileRead(codes):
                return self._look_into(codes) if self._scans.file_is_read() else ()
            case PaperChosen():
                return self._print(event)
            case PaperSettled():
                self._notice = self._scans.card.settled(event) or self._notice
            case CommandAnswered() | PinAnswered() | QuestionAnswered():
                return self._take(event)
            case FloorSeen():
                self._see(event)
            case HubLine(up):
                self._up = up
                return self._scans.line(up)
            case EnrolmentChanged(prompt):
                self._enrolment = prompt
            case ScannerLine(health):
                self._scanner = health
            case PrinterLine(conditions):
                self._printer = self._scans.card.printer = conditions
            case _:
                assert_never(event)
        return ()

    @property
    def screen(self) -> Screen:
        """What to show now."""
        counter, now = self._floor.counter, self._floor.hub_now
        strip = self._drawing.strip(counter, self._up, now)
        strip = self._drawing.with_devices(strip, self._scanner, self._printer)
        if self._enrolment is not None:
            return self._drawing.enrol(self._enrolment, strip)
        if not self._is_at_work:
            busy = self._is_commanding or self._seat.proving
            return self._seat.screen(strip, self._notice, busy)
        return self._at_work(strip)

    def _at_work(self, strip: Strip) -> DeskScreen:
        floor, setup, drawing = self._floor, self._setup, self._drawing
        ticket = current_ticket(floor)
        busy = self._is_commanding or self._seat.proving
        waiting = tickets_for(setup, floor, "waiting")
        usable = available(floor.counter) if floor.counter and not busy else frozenset()
        return DeskScreen(
            strip=strip,
            current=drawing.current(ticket, floor.reprints),
            actions=usable,
            waiting=drawing.rows(waiting),
            parked=drawing.rows(tickets_for(setup, floor, "parked")),
            missed=drawing.rows(tickets_for(setup, floor, "no_show")),
            waiting_count=len(waiting),
            dossier=self._scans.card.view(floor.hub_now),
            camera=drawing.camera(self._scanner),
            notice=self._notice,
            busy=busy,
            services=drawing.destinations(ticket),
            pause_reasons=setup.pause_reasons,
            call_reasons=setup.call_reasons,
            park_minutes=setup.park_minutes,
            reprint_reasons=drawing.reprint_reasons,
            no_show_reasons=setup.no_show_reasons,
            cancel_reasons=setup.cancel_reasons,
            asks=self._why.open,
        )

    @property
    def _is_at_work(self) -> bool:
        """Whether an officer's desk is shown."""
        counter = self._floor.counter
        there = counter is not None and counter.officer is not None
        return there and not self._seat.taking_over

    def _press(self, press: Pressed | GreyPressed) -> tuple[Intent, ...]:
        counter = self._floor.counter
        if isinstance(press, GreyPressed):
            # While a command is under way the key is grey for a moment only.
            if not self._is_commanding:
                self._notice = self._drawing.why_not(counter, press.action)
            return ()
        if counter is None or press.action not in available(counter):
            return ()
        if press.ticket is not None and press.ticket != (counter.ticket or ""):
            self._notice = self._sentences.say("refusal.wrong_state")
            return ()
        if press.action is Action.TAKE_OVER:
            self._notice, self._seat.taking_over = "", True
            return ()
        finishes = press.action is Action.FINISH and not press.reason
        if finishes and has_open_claim(self._floor) and self._claim_named != counter.ticket:
            # Once for each ticket: the second press finishes it.
            self._claim_named = counter.ticket
            self._notice = self._sentences.say("ticket.claim_open")
            return ()
        if finishes and is_short_visit(self._setup.shortest_visit, self._floor):
            self._notice = self._sentences.say("ticket.short_visit")
            self._why.ask(Action.FINISH)
            return ()
        return self._give(order_of(self._setup.counter, press))

    def _choose(self, officer: str) -> tuple[Intent, ...]:
        if not self._setup.pin_asked:
            return self._give(SignIn(self._setup.counter, officer))
        if not self._is_commanding and not self._seat.proving:
            self._notice = ""
            self._seat.choose(officer)
        return ()

    def _see(self, seen: FloorSeen) -> None:
        """An officer has signed in or out; one who did not sign out themselves gets a notice. What was scanned for the
        last visit is put away."""
        if visit_is_over(self._floor.counter, seen.counter):
            self._scans.put_away()
            self._why.close()
        before = self._floor.counter.officer if self._floor.counter else None
        after = seen.counter.officer if seen.counter else None
        self._floor = seen
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
        if self._is_commanding:
            return ()
        self._is_commanding, self._leaving = True, isinstance(command, SignOut)
        self._notice = ""
        self._why.close()
        return (command,)

    def _print(self, wanted: PaperChosen) -> tuple[Intent, ...]:
        paper = self._scans.card.paper(wanted, self._floor.hub_now)
        self._notice = ""
        return (paper,) if paper else ()

    def _scan(self, text: str, rivals: tuple[str, ...] = ()) -> tuple[Intent, ...]:
        self._scans.begin()
        if not self._is_at_work:
            self._notice = self._sentences.say("refusal.not_signed_in")
            return ()
        first = classify(text, self._setup.own_dossiers)
        if others := (*first.others, *(classify(each).code for each in rivals)):
            tickets = self._floor.tickets
            if not self._scans.card.offer(choices_among((text, *rivals), tickets, self._setup)):
                self._scans.show_failure("several_in_sight", ", ".join((first.code, *others)))
            return ()
        meaning, code = meaning_of(text, self._floor.tickets, self._setup.own_dossiers)
        if meaning is ScanMeaning.TICKET:
            return self._scan_ticket(code)
        return self._scans.read(meaning, code)

    def _look_into(self, codes: tuple[str, ...]) -> tuple[Intent, ...]:
        """A file's one code is taken as if scanned."""
        useful = useful_of(codes, self._setup.own_dossiers)
        if len(useful) == 1:
            self._scans.clear()
            return self._scan(useful[0])
        choices = choices_among(useful, self._floor.tickets, self._setup)
        if not (self._is_at_work and self._scans.card.offer(choices)):
            self._scans.show_file("several_codes" if codes else "no_code")
        return ()

    def _scan_typed(self, text: str) -> tuple[Intent, ...]:
        code = typed_by_scanner(text, (ticket.id for ticket in self._floor.tickets))
        if code is not None:
            return self._scan(code)
        self._scans.show_failure("again")
        return ()

    def _scan_ticket(self, ticket_id: str) -> tuple[Intent, ...]:
        """A citizen's ticket under the scanner: begin, readmit, or show how many are before it."""
        counter = self._floor.counter
        ticket = next(t for t in self._floor.tickets if t.id == ticket_id)
        actions = available(counter) if counter else frozenset()
        if self._is_commanding:
            self._notice = self._sentences.say("scanned_ticket.busy", number=ticket.number)
            return ()
        if counter and ticket.id == counter.ticket and Action.START in actions:
            return self._give(StartServing(self._setup.counter, ticket.id))
        if ticket.state == "no_show" and Action.READMIT in actions:
            return self._give(Readmit(ticket.id))
        waiting = tickets_for(self._setup, self._floor, "waiting")
        before = sum(other.arrived_at < ticket.arrived_at for other in waiting)
        self._notice = self._scans.whereabouts(ticket, before)
        return ()

    def _take(self, event: CommandAnswered | PinAnswered | QuestionAnswered) -> tuple[Intent, ...]:
        match event:
            case CommandAnswered(answer):
                self._end_command(answer)
            case PinAnswered(answer):
                officer = self._seat.take(answer)
                if officer is not None:
                    return self._give(SignIn(self._setup.counter, officer))
            case QuestionAnswered(question, answer):
                self._notice = self._scans.take(question, answer) or self._notice
            case _:
                assert_never(event)
        return ()

    def _end_command(self, answer: Answer) -> None:
        self._is_commanding = False
        if answer.error is not None:
            self._seat.refused()
            self._notice = self._sentences.say_code("refusal", answer.error.code, answer.error.data)
            if answer.error.code == ServiceRefusal.NO_SHOW_TOO_SOON:
                self._why.ask(Action.NO_SHOW)
