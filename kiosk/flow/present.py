"""Renders the state into the picture for the glass: which page, with which sentences."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from kiosk.flow.pages import enrolling, information, queue, scan_result
from kiosk.flow.reference import Reference
from kiosk.flow.screens import Button, Frame, LanguageChoice, Page, Picture, Screen
from kiosk.flow.showing import was_just_read
from kiosk.flow.state import State
from kiosk.flow.table import RULES
from kiosk.texts import Sentences
from plumbing.languages import OWN_NAMES
from service_floor.vietnamese.formats import clock, short_date

Painter = Callable[[State, Reference, Sentences], Screen]

PAINTERS: Final[Mapping[Page, Painter]] = {
    Page.WELCOME: queue.welcome,
    Page.SERVICES: queue.services,
    Page.CONFIRM: queue.confirm,
    Page.ISSUING: queue.issuing,
    Page.TICKET: queue.ticket,
    Page.REFUSED: queue.refused,
    Page.OUT_OF_SERVICE: queue.out_of_service,
    Page.SEARCH: information.search,
    Page.PROCEDURE: information.procedure,
    Page.DOSSIER: information.dossier,
    Page.SCANNED: scan_result.scanned,
}


def present(state: State, reference: Reference) -> Picture:
    """The whole glass in the citizen's language."""
    texts = reference.texts[state.visit.language]
    if state.known.enrolment is not None:
        around = replace(_frame(state, reference, texts), can_go_back=False, can_go_home=False)
        return Picture(around, enrolling.enrol(state.known.enrolment, texts))
    screen = PAINTERS[state.visit.page](state, reference, texts)
    return Picture(_frame(state, reference, texts), screen)


def _frame(state: State, reference: Reference, texts: Sentences) -> Frame:
    centre, visit = reference.centre, state.visit
    hub_time = state.known.hub_time
    others = (language for language in reference.texts if language != visit.language)
    return Frame(
        authority=centre.authority,
        centre=reference.centre_name(visit.language),
        hotline=texts.say("frame.hotline", hotline=centre.hotline) if centre.hotline else "",
        time=clock(hub_time) if hub_time else "",
        date=short_date(hub_time) if hub_time else "",
        language=visit.language,
        other_languages=tuple(LanguageChoice(other, OWN_NAMES[other]) for other in others),
        can_go_back=(visit.page, Button.BACK) in RULES,
        can_go_home=(visit.page, Button.HOME) in RULES,
        large_letters=visit.large_letters,
        high_contrast=visit.high_contrast,
        code_read=was_just_read(state),
    )
