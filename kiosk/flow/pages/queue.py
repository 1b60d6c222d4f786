"""View-models on the way to a number in the queue: welcome, services, confirm, issuing, ticket, refused, out of service."""

from typing import Final

from drivers.errors import DeviceReason
from hub.messages import ServiceView
from kiosk.flow.reference import Reference
from kiosk.flow.screens import (
    ConfirmScreen,
    Fact,
    IssuingScreen,
    Notice,
    OutOfServiceScreen,
    PriorityChoice,
    RefusedScreen,
    ServicesScreen,
    SlipState,
    TicketScreen,
    Tile,
    WelcomeScreen,
)
from kiosk.flow.showing import Reader, reader_of, shows_picture
from kiosk.flow.slips import counter_list, minutes_of, ticket_code
from kiosk.flow.state import State
from kiosk.flow.steps.citizen import NO_PAPER, PRINTER_DOWN, can_print, is_alone, may_issue
from kiosk.flow.steps.outside import open_places
from kiosk.texts import Sentences
from plumbing.spans import span

UNANSWERED_SECONDS: Final = 4.0
"""Timeout in seconds after which the page shows that the answer is still unknown."""
SCAN_HINTS: Final = {
    Reader.SCANNER: "welcome.scan_hint",
    Reader.CAMERA: "welcome.camera_hint",
    Reader.CAMERA_GONE: "welcome.camera_gone",
}
_WITHOUT_SLIP: Final = frozenset({"delayed", "failed", "sent", "unknown", "none"})
_TIME_CODES: Final = frozenset({"not_open_yet", "outside_session", "closed_for_today"})
_PRINTER_CODES: Final = frozenset({NO_PAPER, PRINTER_DOWN})
_USED_UP_CODES: Final = frozenset({"quota_used_up", "series_used_up"})


def welcome(state: State, reference: Reference, texts: Sentences) -> WelcomeScreen:
    reader = reader_of(state, reference)
    hint = texts.say(SCAN_HINTS[reader]) if reader in SCAN_HINTS else ""
    notice = _hall_notice(state, reference, texts)
    return WelcomeScreen(hint, notice, preview=shows_picture(state, reference))


def _hall_notice(state: State, reference: Reference, texts: Sentences) -> Notice:
    """What the citizen should know before anything: no numbers at this hour, or no paper."""
    floor = state.known.floor
    alone = is_alone(state)
    if not alone and floor is not None and (floor.ended or floor.session is None):
        return Notice(texts.say("services.closed"), "warning")
    if reference.kiosk.printer is not None and not can_print(state, reference):
        paper = DeviceReason.OUT_OF_PAPER.value in state.known.printer.reasons
        sentence = "printer.out_of_paper" if paper else "printer.fault"
        if not may_issue(state, reference):
            sentence = "printer.no_numbers"
        return Notice(texts.say(sentence), "warning")
    return Notice(texts.say("offline.notice"), "warning") if alone else Notice()


def services(state: State, reference: Reference, texts: Sentences) -> ServicesScreen:
    return ServicesScreen(
        tuple(_tile(state, service, reference, texts) for service in reference.services),
        _hall_notice(state, reference, texts),
    )


def _tile(state: State, service: str, reference: Reference, texts: Sentences) -> Tile:
    name = reference.service_name(service, texts.language)
    if is_alone(state):
        left = state.known.reserve.get(service, 0)
        note = texts.say("offline.unknown" if left else "offline.used_up")
        return Tile(service, name, note, available=left > 0)
    view = state.known.services.get(service)
    available = view is None or view.left_today != 0
    return Tile(service, name, _queue_note(view, texts), available)


def _queue_note(view: ServiceView | None, texts: Sentences) -> str:
    if view is None:
        return texts.say("services.unknown")
    if view.left_today == 0:
        return texts.say("services.used_up")
    if view.estimate_seconds is None or view.waiting == 0:
        return texts.say("services.waiting", waiting=view.waiting)
    estimate = span(texts, minutes_of(view.estimate_seconds))
    return texts.say("services.waiting_for", waiting=view.waiting, span=estimate)


def confirm(state: State, reference: Reference, texts: Sentences) -> ConfirmScreen:
    service = state.visit.service or ""
    prints = can_print(state, reference)
    return ConfirmScreen(
        service=reference.service_name(service, texts.language),
        agency=reference.agency_name(service, texts.language),
        facts=_confirm_facts(state, service, reference, texts),
        priorities=tuple(
            PriorityChoice(
                priority,
                reference.priority_name(priority, texts.language),
                chosen=priority == state.visit.priority,
            )
            for priority in reference.priorities
        ),
        confirm=texts.say("confirm.take" if prints else "confirm.take_on_screen"),
        notice=_confirm_notice(state, service, reference, texts),
    )


def _confirm_facts(
    state: State, service: str, reference: Reference, texts: Sentences
) -> tuple[Fact, ...]:
    view = None if is_alone(state) else state.known.services.get(service)
    facts: list[Fact] = []
    if view is not None:
        people = texts.say("confirm.people", count=view.waiting)
        facts.append(Fact(texts.say("confirm.waiting"), people))
        if view.estimate_seconds is not None:
            estimate = span(texts, minutes_of(view.estimate_seconds))
            facts.append(Fact(texts.say("confirm.estimate"), estimate))
    counters = open_places(state, service, reference)
    if counters:
        facts.append(Fact(texts.say("confirm.counters"), counter_list(counters)))
    return tuple(facts)


def _confirm_notice(state: State, service: str, reference: Reference, texts: Sentences) -> Notice:
    if not can_print(state, reference):
        key = "confirm.printer_out" if reference.kiosk.printer else "confirm.no_printer"
        return Notice(texts.say(key), "warning")
    if is_alone(state):
        return Notice(texts.say("offline.notice"), "warning")
    view = state.known.services.get(service)
    if view is not None and view.open_counters == 0:
        return Notice(texts.say("confirm.no_counter"), "plain")
    return Notice()


def issuing(state: State, reference: Reference, texts: Sentences) -> IssuingScreen:
    waited = state.known.now - state.visit.entered_at
    unknown = waited >= UNANSWERED_SECONDS or not state.known.connected
    return IssuingScreen(
        reference.service_name(state.visit.service or "", texts.language),
        texts.say("issuing.message"),
        Notice(texts.say("issuing.unknown"), "warning") if unknown else Notice(),
    )


def ticket(state: State, reference: Reference, texts: Sentences) -> TicketScreen:
    given, slip = state.visit.ticket, state.visit.slip
    if given is None:
        raise ValueError("the ticket page without a ticket")
    waits = slip is SlipState.PRINTING and not can_print(state, reference)
    outcome = "delayed" if waits else slip.value
    priority = ""
    if given.priority:
        name = reference.priority_name(given.priority, texts.language)
        priority = texts.say("ticket.priority", priority=name)
    facts: list[Fact] = []
    if given.ahead is not None:
        people = texts.say("confirm.people", count=given.ahead)
        facts.append(Fact(texts.say("ticket.ahead"), people))
    if given.estimate_seconds is not None:
        estimate = span(texts, minutes_of(given.estimate_seconds))
        facts.append(Fact(texts.say("ticket.estimate"), estimate))
    counters = open_places(state, given.service, reference)
    if counters and not given.offline:
        facts.append(Fact(texts.say("ticket.counters"), counter_list(counters)))
    return TicketScreen(
        number=given.number,
        service=reference.service_name(given.service, texts.language),
        priority=priority,
        facts=tuple(facts),
        slip=slip,
        headline=texts.say(f"ticket.{outcome}"),
        advice=texts.say(f"ticket.{outcome}_advice"),
        qr=ticket_code(given.id, reference.public_url) if outcome in _WITHOUT_SLIP else "",
        notice=Notice(texts.say("offline.ticket"), "warning") if given.offline else Notice(),
    )


def refused(state: State, _reference: Reference, texts: Sentences) -> RefusedScreen:
    reason = state.visit.refused
    code, data = (reason.code, reason.data) if reason else ("", {})
    advice = "refused.advice_other"
    if code in _TIME_CODES:
        advice = "refused.advice_time"
    elif code in _USED_UP_CODES:
        advice = "refused.advice_used_up"
    elif code in _PRINTER_CODES:
        advice = "refused.advice_printer"
    return RefusedScreen(texts.say_code("refused", code, data), texts.say(advice))


def out_of_service(_state: State, reference: Reference, texts: Sentences) -> OutOfServiceScreen:
    hotline = reference.centre.hotline
    advice = (
        texts.say("out_of_service.advice_hotline", hotline=hotline)
        if hotline
        else texts.say("out_of_service.advice")
    )
    return OutOfServiceScreen(texts.say("out_of_service.message"), advice)
