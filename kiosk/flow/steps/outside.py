"""Event handlers for what happens outside: answers, the connection, the printer, timeouts."""

from dataclasses import replace
from typing import Final

from drivers.protocols import PrintOutcome
from kiosk.flow.events import (
    Connected,
    Disconnected,
    DossierAnswered,
    FloorChanged,
    PrinterChanged,
    ReserveChanged,
    ScannerChanged,
    SlipDone,
    TicketGiven,
    TicketRefused,
    TimePassed,
)
from kiosk.flow.intents import Print, ReportOutcome, StandIn
from kiosk.flow.reference import Reference
from kiosk.flow.screens import Page, SlipState
from kiosk.flow.slips import LIST_JOB, TICKET_JOB, ticket_slip
from kiosk.flow.state import DossierStage, Given, Refused, State
from kiosk.flow.steps.citizen import Step, can_print, first_page, hub_is_gone, is_out
from kiosk.flow.steps.scans import stop_asking

TICKET_SECONDS: Final = 15.0
"""How long a number stays once its slip is out."""
NO_SLIP_SECONDS: Final = 45.0
"""Seconds that a number stays if its citizen must remember it or write it down."""
LATE_SECONDS: Final = 120.0
"""Timeout in seconds of a press: a number that comes later is neither shown nor printed."""
LOOK_UP_SECONDS: Final = 10.0
READING: Final = frozenset({Page.PROCEDURE, Page.DOSSIER})
"""Pages that are read without a touch: the kiosk waits twice as long."""
NEED_HUB: Final = frozenset({Page.WELCOME, Page.SERVICES, Page.DOSSIER, Page.CONFIRM, Page.REFUSED})
IDLE: Final = frozenset({Page.WELCOME, Page.OUT_OF_SERVICE})
NOBODY_THERE: Final = "nobody_there"
NO_PRINTER: Final = "no_printer"
_NEVER_CONFIRMED: Final = frozenset({"one_way", "gives_no_proof"})


def ticket_given(state: State, event: TicketGiven, reference: Reference) -> Step:
    """Show and print the number of this press. One that comes when its citizen has left is only reported."""
    pending = next((press for press in state.pending if press.attempt == event.attempt), None)
    state = _answered(state, event.attempt)
    page = state.visit.page
    wanted = pending and (page in IDLE or _is_waited_for(state, event.attempt))
    ticket = event.ticket
    if not wanted:
        return Step(state, (ReportOutcome(ticket.id, PrintOutcome.FAILED, NOBODY_THERE),))
    given = Given(
        ticket.id,
        ticket.number,
        ticket.service,
        ticket.priority,
        ticket.issued_at,
        event.ahead,
        event.estimate_seconds,
        ticket.offline,
    )
    return _print_ticket(state, given, reference)


def _print_ticket(state: State, given: Given, reference: Reference) -> Step:
    shown = state.at(Page.TICKET, ticket=given, touched_at=state.known.now)
    if can_print(state, reference):
        texts = reference.texts[state.visit.language]
        slip = ticket_slip(given, open_places(state, given.service, reference), reference, texts)
        return Step(shown.with_visit(slip=SlipState.PRINTING), (Print(slip, given.number),))
    slip_state = SlipState.NONE if reference.kiosk.printer is None else SlipState.FAILED
    failed = shown.with_visit(slip=slip_state, settled_at=state.known.now)
    reason = why_no_slip(state, reference)
    return Step(failed, (ReportOutcome(given.id, PrintOutcome.FAILED, reason),))


def why_no_slip(state: State, reference: Reference) -> str:
    """The printer's fault, or that the kiosk has no printer, for the hub."""
    return NO_PRINTER if reference.kiosk.printer is None else ",".join(state.known.printer.reasons)


def open_places(state: State, service: str, reference: Reference) -> tuple[int, ...]:
    """Numbers of the counters that serve now; of all that could where none is open."""
    places = reference.places.get(service, ())
    counters = state.known.counters
    serving = [
        place.number
        for place in places
        if place.id in counters and counters[place.id].state != "closed"
    ]
    return tuple(serving or [place.number for place in places])


def ticket_refused(state: State, event: TicketRefused, _reference: Reference) -> Step:
    """Show why the hub gave no number, if the citizen still waits for it."""
    current = _is_waited_for(state, event.attempt)
    state = _answered(state, event.attempt)
    if not current:
        return Step(state)
    refused = Refused(event.code, event.data)
    return Step(state.at(Page.REFUSED, refused=refused, touched_at=state.known.now))


def _is_waited_for(state: State, attempt: int) -> bool:
    return state.visit.page is Page.ISSUING and attempt == state.attempts


def _answered(state: State, attempt: int) -> State:
    left = tuple(press for press in state.pending if press.attempt != attempt)
    return replace(state, pending=left)


def dossier_answered(state: State, event: DossierAnswered, _reference: Reference) -> Step:
    """Show what the hub knows of the code that is being looked up; an old answer is dropped."""
    inquiry = state.visit.inquiry
    if inquiry.stage is not DossierStage.ASKING or inquiry.attempt != event.attempt:
        return Step(state)
    stage = DossierStage.NOT_FOUND if event.dossier is None else DossierStage.FOUND
    if event.dossier is None and event.reason != "unknown_dossier":
        stage = DossierStage.NO_ANSWER
    answered = replace(inquiry, stage=stage, dossier=event.dossier)
    return Step(state.with_visit(inquiry=answered, touched_at=state.known.now))


def floor_changed(state: State, event: FloorChanged, _reference: Reference) -> Step:
    return Step(state.knowing(floor=event.floor, services=event.services, counters=event.counters))


def connected(state: State, _event: Connected, _reference: Reference) -> Step:
    """The hub is back: go on where the line broke, or from the first page."""
    pending = tuple(replace(press, stood_in=False) for press in state.pending)
    state = replace(state.knowing(connected=True, lost_at=None), pending=pending)
    return Step(_back_in_service(state))


def reserve_changed(state: State, event: ReserveChanged, _reference: Reference) -> Step:
    """Other numbers can be given without the hub; with the first of them a kiosk without the hub opens."""
    state = state.knowing(reserve=event.left)
    return Step(state if is_out(state) else _back_in_service(state))


def _back_in_service(state: State) -> State:
    if state.visit.page is not Page.OUT_OF_SERVICE:
        return state
    return state.at(state.visit.resume or Page.WELCOME, resume=None)


def disconnected(state: State, _event: Disconnected, _reference: Reference) -> Step:
    """Begin to count the silence; the page changes when it lasts."""
    if not state.known.connected:
        return Step(state)
    return Step(state.knowing(connected=False, lost_at=state.known.now))


def printer_changed(state: State, event: PrinterChanged, _reference: Reference) -> Step:
    return Step(state.knowing(printer=event.status))


def scanner_changed(state: State, event: ScannerChanged, _reference: Reference) -> Step:
    return Step(state.knowing(scanner=event.health))


def _shown_outcome(event: SlipDone) -> SlipState:
    """A printer that never confirms a slip gives no reason to doubt this one."""
    is_usual = event.reason.partition(",")[0] in _NEVER_CONFIRMED
    sent = event.outcome is PrintOutcome.UNKNOWN and is_usual
    return SlipState.SENT if sent else SlipState(event.outcome.value)


def slip_done(state: State, event: SlipDone, _reference: Reference) -> Step:
    """Report the outcome of a ticket's slip to the hub, and show it while its citizen is still there."""
    outcome = _shown_outcome(event)
    if event.job.startswith(LIST_JOB):
        shown = state.visit.procedure
        mine = shown is not None and event.job == LIST_JOB + shown.code
        waiting = state.visit.checklist is SlipState.PRINTING
        return Step(state.with_visit(checklist=outcome) if mine and waiting else state)
    ticket = event.job.removeprefix(TICKET_JOB)
    given = state.visit.ticket
    report = (ReportOutcome(ticket, event.outcome, event.reason, event.reprint),)
    if given is None or given.id != ticket or state.visit.slip is SlipState.PRINTED:
        return Step(state, report)
    return Step(state.with_visit(slip=outcome, settled_at=state.known.now), report)


def time_passed(state: State, event: TimePassed, reference: Reference) -> Step:
    """Everything that happens by waiting: the hub given up, a number shown long enough, a citizen gone."""
    now = max(event.now, state.known.now)
    state = _forget_late(state.knowing(now=now, hub_time=event.hub_time))
    page = state.visit.page
    if page in NEED_HUB and is_out(state):
        resume = None if page in {Page.WELCOME, Page.REFUSED} else page
        return Step(state.at(Page.OUT_OF_SERVICE, resume=resume))
    if page is Page.TICKET:
        return Step(_leave_ticket(state, reference))
    if page is Page.ISSUING and _can_stand_in(state):
        return _stand_in(state)
    if page is Page.DOSSIER:
        state = _stop_asking(state)
    if page is Page.SCANNED:
        state = stop_asking(state, LOOK_UP_SECONDS)
    idle = now - state.visit.touched_at
    patience = reference.kiosk.idle_seconds * (2 if page in READING else 1)
    return Step(first_page(state, reference) if idle >= patience else state)


def _can_stand_in(state: State) -> bool:
    """Whether the press that is waited for finds no hub, but a number held in advance."""
    press = state.pending[-1] if state.pending else None
    waited_for = press is not None and press.attempt == state.attempts and not press.stood_in
    return (
        waited_for
        and hub_is_gone(state)
        and bool(state.known.reserve.get(state.visit.service or ""))
    )


def _stand_in(state: State) -> Step:
    asked = replace(state.pending[-1], stood_in=True)
    return Step(replace(state, pending=(*state.pending[:-1], asked)), (StandIn(),))


def _forget_late(state: State) -> State:
    """Drop presses after the timeout: their citizens have left."""
    kept = tuple(
        press for press in state.pending if state.known.now - press.submitted_at <= LATE_SECONDS
    )
    return state if len(kept) == len(state.pending) else replace(state, pending=kept)


def _leave_ticket(state: State, reference: Reference) -> State:
    visit, now = state.visit, state.known.now
    if visit.slip is SlipState.PRINTING:
        over = now - visit.touched_at >= reference.kiosk.idle_seconds
    else:
        shown = TICKET_SECONDS if visit.slip is SlipState.PRINTED else NO_SLIP_SECONDS
        over = now - max(visit.settled_at, visit.touched_at) >= shown
    return first_page(state, reference) if over else state


def _stop_asking(state: State) -> State:
    inquiry = state.visit.inquiry
    late = state.known.now - inquiry.asked_at >= LOOK_UP_SECONDS
    if inquiry.stage is DossierStage.ASKING and late:
        return state.with_visit(inquiry=replace(inquiry, stage=DossierStage.NO_ANSWER))
    return state
