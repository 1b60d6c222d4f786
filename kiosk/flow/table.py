"""Transition table of the kiosk: on this page, this event has this handler and may lead there. All else is ignored."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final

from kiosk.flow.events import Trigger
from kiosk.flow.reference import Reference
from kiosk.flow.screens import Button, Page
from kiosk.flow.state import State
from kiosk.flow.steps import citizen, outside, reprints, scans
from kiosk.flow.steps.citizen import Step

Move = Callable[[State, Any, Reference], Step]
EVERY: Final = frozenset(Page)
FIRST: Final = frozenset({Page.WELCOME, Page.OUT_OF_SERVICE})


@dataclass(frozen=True, slots=True)
class Rule:
    """On these pages, this trigger is answered by this move, which leads to one of `to` or stays."""

    pages: frozenset[Page]
    trigger: Button | Trigger
    move: Move
    to: frozenset[Page] = frozenset()


def _rule(pages: Page | Iterable[Page], trigger: Button | Trigger, move: Move, *to: Page) -> Rule:
    where = frozenset({pages}) if isinstance(pages, Page) else frozenset(pages)
    return Rule(where, trigger, move, frozenset(to))


W, S, F, P, D, C = (
    Page.WELCOME,
    Page.SERVICES,
    Page.SEARCH,
    Page.PROCEDURE,
    Page.DOSSIER,
    Page.CONFIRM,
)
SCANNED, ISSUING, TICKET = Page.SCANNED, Page.ISSUING, Page.TICKET
REFUSED, OUT = Page.REFUSED, Page.OUT_OF_SERVICE

TABLE: Final[tuple[Rule, ...]] = (
    _rule(W, Button.SERVICES, citizen.show_services, S, OUT),
    _rule((W, OUT), Button.FIND, citizen.show_search, F),
    _rule(W, Button.DOSSIER, citizen.show_dossier, D, OUT),
    _rule(S, Button.SERVICE, citizen.choose_service, C, REFUSED, OUT),
    _rule(F, Trigger.TYPED, citizen.type_query),
    _rule(F, Button.PROCEDURE, citizen.choose_procedure, P),
    _rule(P, Button.TAKE, citizen.take_for_procedure, C, REFUSED, OUT),
    _rule(P, Button.PRINT_LIST, citizen.print_list),
    _rule(D, Trigger.TYPED, citizen.type_code),
    _rule(D, Button.LOOK_UP, scans.look_up),
    _rule(D, Button.AGAIN, citizen.another_code),
    _rule(D, Button.TAKE, scans.take_for_dossier, C, REFUSED, S, OUT),
    _rule((W, S, F, P, D, SCANNED), Trigger.SCANNED, scans.scan, D, P, SCANNED, OUT),
    _rule(SCANNED, Button.READMIT, scans.readmit),
    _rule(SCANNED, Button.TAKE, scans.take_for_paper, S, OUT),
    _rule(C, Button.PRIORITY, citizen.choose_priority),
    _rule(C, Button.CONFIRM, citizen.confirm, ISSUING, REFUSED),
    _rule((S, F, D, SCANNED), Button.BACK, citizen.go_home, *FIRST),
    _rule(P, Button.BACK, citizen.back_to_search, F),
    _rule(C, Button.BACK, citizen.go_back, S, P, D),
    _rule(EVERY - {W, OUT, ISSUING, TICKET}, Button.HOME, citizen.go_home, *FIRST),
    _rule((TICKET, REFUSED), Button.DONE, citizen.go_home, *FIRST),
    _rule(EVERY, Button.LANGUAGE, citizen.set_language),
    _rule(EVERY, Button.LETTERS, citizen.turn_letters),
    _rule(EVERY, Button.CONTRAST, citizen.turn_contrast),
    _rule(EVERY, Button.SCROLL, citizen.stay),
    _rule((ISSUING, W, OUT), Trigger.TICKET_GIVEN, outside.ticket_given, TICKET),
    _rule(EVERY - {ISSUING, W, OUT}, Trigger.TICKET_GIVEN, outside.ticket_given),
    _rule(ISSUING, Trigger.TICKET_REFUSED, outside.ticket_refused, REFUSED),
    _rule(EVERY - {ISSUING}, Trigger.TICKET_REFUSED, outside.ticket_refused),
    _rule(EVERY, Trigger.DOSSIER_ANSWERED, outside.dossier_answered),
    _rule(EVERY, Trigger.PLACE_ANSWERED, scans.place_answered),
    _rule(EVERY, Trigger.READMITTED, scans.readmitted),
    _rule(EVERY, Trigger.FLOOR_CHANGED, outside.floor_changed),
    _rule(OUT, Trigger.CONNECTED, outside.connected, W, S, D, C),
    _rule(EVERY - {OUT}, Trigger.CONNECTED, outside.connected),
    _rule(EVERY, Trigger.DISCONNECTED, outside.disconnected),
    _rule(OUT, Trigger.RESERVE_CHANGED, outside.reserve_changed, W, S, D, C),
    _rule(EVERY - {OUT}, Trigger.RESERVE_CHANGED, outside.reserve_changed),
    _rule(EVERY, Trigger.PRINTER_CHANGED, outside.printer_changed),
    _rule(EVERY, Trigger.SCANNER_CHANGED, outside.scanner_changed),
    _rule(EVERY, Trigger.REPRINTS_ASKED, reprints.reprints_asked),
    _rule(EVERY, Trigger.SLIP_DONE, outside.slip_done),
    _rule(EVERY, Trigger.TIME_PASSED, outside.time_passed, *FIRST),
)

RULES: Final = {(page, rule.trigger): rule for rule in TABLE for page in rule.pages}
