"""Event handlers for taps and keys of the citizen. Each makes a new state and intents."""

from dataclasses import dataclass, replace
from typing import Final

from drivers.errors import DeviceReason
from drivers.protocols import Health
from kiosk.flow.events import Tapped, Typed
from kiosk.flow.intents import Intent, Print, SubmitIssue
from kiosk.flow.keyboard import typed_code, typed_plain, typed_word
from kiosk.flow.reference import Reference
from kiosk.flow.screens import Page, SlipState
from kiosk.flow.slips import checklist_slip
from kiosk.flow.state import (
    DossierStage,
    Inquiry,
    Pending,
    Refused,
    State,
    Visit,
)
from service_floor.procedures.model import Procedure

HITS: Final = 20
NO_PAPER: Final = "no_paper"
PRINTER_DOWN: Final = "printer_down"
"""Why a kiosk that gives no number without its slip gives none."""
RESERVE_USED_UP: Final = "reserve_used_up"
"""Why a kiosk without the hub has no number of a service."""


@dataclass(frozen=True, slots=True)
class Step:
    """Where an event leads and what is to be done."""

    state: State
    intents: tuple[Intent, ...] = ()


def hub_is_gone(state: State) -> bool:
    """Whether the hub cannot be reached; a line that comes back soon was never gone for the citizen."""
    known = state.known
    if known.connected:
        return False
    return known.lost_at is None or known.now - known.lost_at >= known.gone_after


def is_alone(state: State) -> bool:
    """Whether the hub is gone and the kiosk goes on with numbers held in advance."""
    return hub_is_gone(state) and bool(state.known.reserve)


def is_out(state: State) -> bool:
    """Whether no numbers can be given at all."""
    return hub_is_gone(state) and not state.known.reserve


def first_page(state: State, reference: Reference) -> State:
    """A new citizen: nothing of the one before stays."""
    page = Page.OUT_OF_SERVICE if is_out(state) else Page.WELCOME
    now = state.known.now
    fresh = Visit(page, entered_at=now, touched_at=now, language=reference.kiosk.language)
    return replace(state, visit=fresh)


def while_in_service(state: State, page: Page) -> State:
    """Go to a page that needs the hub or numbers held in advance; without both, show that and remember the page."""
    if is_out(state):
        return state.at(Page.OUT_OF_SERVICE, resume=page)
    return state.at(page, resume=None)


def go_home(state: State, _tap: Tapped, reference: Reference) -> Step:
    """Leave everything. The citizen is still there, so the letters stay as they like them."""
    old = state.visit
    home = first_page(state, reference).with_visit(
        language=old.language, large_letters=old.large_letters, high_contrast=old.high_contrast
    )
    return Step(home)


def set_language(state: State, tap: Tapped, reference: Reference) -> Step:
    """Speak the chosen language; one that is not there changes nothing."""
    known = tap.value in reference.texts
    return Step(state.with_visit(language=tap.value) if known else state)


def turn_letters(state: State, _tap: Tapped, _reference: Reference) -> Step:
    """Larger letters, or normal ones again."""
    return Step(state.with_visit(large_letters=not state.visit.large_letters))


def turn_contrast(state: State, _tap: Tapped, _reference: Reference) -> Step:
    """High contrast, or normal again."""
    return Step(state.with_visit(high_contrast=not state.visit.high_contrast))


def stay(state: State, _tap: Tapped, _reference: Reference) -> Step:
    """A sign that the citizen is still there, nothing more."""
    return Step(state)


def show_services(state: State, _tap: Tapped, _reference: Reference) -> Step:
    return Step(while_in_service(state, Page.SERVICES))


def show_search(state: State, _tap: Tapped, _reference: Reference) -> Step:
    return Step(state.at(Page.SEARCH, query="", keys="", hits=(), procedure=None))


def back_to_search(state: State, _tap: Tapped, _reference: Reference) -> Step:
    return Step(state.at(Page.SEARCH))


def show_dossier(state: State, _tap: Tapped, _reference: Reference) -> Step:
    return Step(while_in_service(state.with_visit(inquiry=Inquiry()), Page.DOSSIER))


def choose_service(state: State, tap: Tapped, reference: Reference) -> Step:
    """Look at a service before taking its number; if its quota is used up, the refusal is shown at once."""
    if tap.value not in reference.services:
        return Step(state)
    return Step(consider(state, tap.value, Page.SERVICES, reference))


def take_for_procedure(state: State, _tap: Tapped, reference: Reference) -> Step:
    """Look at the service that receives the shown procedure."""
    procedure = state.visit.procedure
    service = reference.service_for(procedure) if procedure else None
    if service is None:
        return Step(state)
    return Step(consider(state, service, Page.PROCEDURE, reference))


def consider(state: State, service: str, came_from: Page, reference: Reference) -> State:
    """Look at a service before its number is spent; a priority that the scanned card speaks for is chosen already."""
    claimed = state.visit.claimed
    chosen = state.with_visit(service=service, priority=claimed, came_from=came_from)
    if not may_issue(state, reference):
        return _refused_for_the_printer(chosen)
    view = state.known.services.get(service)
    if is_alone(state):
        if not state.known.reserve.get(service):
            return chosen.at(Page.REFUSED, refused=Refused(RESERVE_USED_UP, {}))
    elif view is not None and view.left_today == 0:
        return chosen.at(Page.REFUSED, refused=Refused("quota_used_up", {}))
    return while_in_service(chosen, Page.CONFIRM)


def go_back(state: State, _tap: Tapped, _reference: Reference) -> Step:
    """From the last look to where the service was chosen."""
    return Step(state.at(state.visit.came_from))


def choose_priority(state: State, tap: Tapped, reference: Reference) -> Step:
    """Claim a priority class, or take the claim back."""
    if tap.value not in reference.priorities:
        return Step(state)
    chosen = None if state.visit.priority == tap.value else tap.value
    return Step(state.with_visit(priority=chosen))


def confirm(state: State, _tap: Tapped, reference: Reference) -> Step:
    """Spend a number. The page changes in the same step, so a second tap finds no such button."""
    service = state.visit.service
    if service is None:
        return Step(state)
    if not may_issue(state, reference):
        return Step(_refused_for_the_printer(state))
    attempt = state.attempts + 1
    sent = replace(
        state.at(Page.ISSUING),
        attempts=attempt,
        pending=(*state.pending, Pending(attempt, state.known.now)),
    )
    return Step(sent, (SubmitIssue(attempt, service, state.visit.priority),))


def choose_procedure(state: State, tap: Tapped, reference: Reference) -> Step:
    found = reference.catalogue.by_code(tap.value)
    if found is None:
        return Step(state)
    return Step(state.at(Page.PROCEDURE, procedure=found, checklist=SlipState.NONE))


def print_list(state: State, _tap: Tapped, reference: Reference) -> Step:
    """Print the papers of the shown procedure, once at a time."""
    visit = state.visit
    procedure = visit.procedure
    if (
        procedure is None
        or visit.checklist is SlipState.PRINTING
        or not can_print(state, reference)
    ):
        return Step(state)
    slip, omitted = checklist_slip(procedure, reference, reference.texts[visit.language])
    printing = state.with_visit(checklist=SlipState.PRINTING, omitted=omitted.papers)
    return Step(printing, (Print(slip),))


def can_print(state: State, reference: Reference) -> bool:
    """Whether there is a printer that may be tried: it is ready, or has not been asked yet. After a timeout it may not."""
    printer = state.known.printer
    silent = printer.health is Health.UNKNOWN and bool(printer.reasons)
    stopped = silent or printer.health is Health.FAULT
    return reference.kiosk.printer is not None and not stopped


def may_issue(state: State, reference: Reference) -> bool:
    """Whether a number may be spent: it comes on paper, or the centre allows it on the screen."""
    return reference.kiosk.number_without_paper or can_print(state, reference)


def _refused_for_the_printer(state: State) -> State:
    out = DeviceReason.OUT_OF_PAPER.value in state.known.printer.reasons
    return state.at(Page.REFUSED, refused=Refused(NO_PAPER if out else PRINTER_DOWN, {}))


def type_query(state: State, key: Typed, reference: Reference) -> Step:
    """Add a key to the search and look again: for what Telex made of the keys, else for the keys themselves."""
    query = typed_word(state.visit.query, key.key)
    keys = query if key.key == "backspace" else typed_plain(state.visit.keys, key.key)
    hits = _found(query, reference) or _found(keys, reference)
    return Step(state.with_visit(query=query, keys=keys, hits=hits))


def _found(question: str, reference: Reference) -> tuple[Procedure, ...]:
    matches = reference.catalogue.search(question, HITS) if question.strip() else ()
    return tuple(match.procedure for match in matches)


def type_code(state: State, key: Typed, _reference: Reference) -> Step:
    """Add a key to the dossier code; after an answer the next key begins a new code."""
    inquiry = state.visit.inquiry
    if inquiry.stage is DossierStage.ASKING:
        return Step(state)
    old = "" if inquiry.stage is DossierStage.FOUND else inquiry.code
    return Step(state.with_visit(inquiry=Inquiry(code=typed_code(old, key.key))))


def another_code(state: State, _tap: Tapped, _reference: Reference) -> Step:
    return Step(state.with_visit(inquiry=Inquiry()))
