"""View-model of a scanned paper other than a dossier: a ticket's place, a card's priority, or why a code is of no use."""

from typing import Final

from hub.messages import TicketPlace
from kiosk.flow.reference import Reference
from kiosk.flow.screens import Button, Fact, Notice, ScannedScreen
from kiosk.flow.slips import counter_list, minutes_of
from kiosk.flow.state import Reading, ReadingStage, State
from kiosk.flow.steps.outside import open_places
from kiosk.flow.steps.scans import can_readmit
from kiosk.texts import Sentences
from plumbing.spans import span
from service_floor.dossiers.personal import mask_personal
from service_floor.dossiers.typed import changed_ticket

_OF_TICKETS: Final = frozenset(
    {ReadingStage.EXPIRED, ReadingStage.NO_ANSWER, ReadingStage.NOT_READMITTED}
)


def scanned(state: State, reference: Reference, texts: Sentences) -> ScannedScreen:
    reading = state.visit.reading
    match reading.stage:
        case ReadingStage.TICKET if reading.place is not None:
            return _ticket(state, reading.place, reference, texts)
        case ReadingStage.CARD:
            return _card(reading, reference, texts)
        case ReadingStage.ASKING | ReadingStage.READMITTING:
            return ScannedScreen("", texts.say("scanned.asking"))
    return ScannedScreen(
        _asked(reading.code) if reading.stage in _OF_TICKETS else reading.code,
        texts.say(f"scanned.{reading.stage.value}"),
        notice=Notice(texts.say(f"scanned.{reading.stage.value}_advice"), "warning"),
    )


def _asked(code: str) -> str:
    """A ticket's id or number that was asked about; digits by themselves may be those of a bank card."""
    return "" if changed_ticket(code) else mask_personal(code)


def _ticket(
    state: State, place: TicketPlace, reference: Reference, texts: Sentences
) -> ScannedScreen:
    ticket = place.ticket
    facts = [
        Fact(texts.say("scanned.service"), reference.service_name(ticket.service, texts.language))
    ]
    if ticket.state == "waiting":
        facts += _waiting(state, place, reference, texts)
    counter = reference.counter_number(ticket.counter)
    known = {"waiting", "called", "serving", "parked", "no_show"}
    key = ticket.state if ticket.state in known else "over"
    readmits = can_readmit(state, reference)
    notice = Notice()
    if state.visit.reading.readmitted:
        notice = Notice(texts.say("scanned.readmitted"), "good")
    elif ticket.state == "no_show":
        advice = "scanned.no_show_advice" if readmits else "scanned.no_show_greeter"
        notice = Notice(texts.say(advice), "warning")
    return ScannedScreen(
        ticket.number,
        texts.say(f"scanned.{key}", counter=counter, ahead=place.ahead or 0),
        tuple(facts),
        notice,
        Button.READMIT if readmits else None,
        texts.say("scanned.readmit") if readmits else "",
    )


def _waiting(
    state: State, place: TicketPlace, reference: Reference, texts: Sentences
) -> list[Fact]:
    facts = []
    if place.estimate_seconds is not None:
        estimate = span(texts, minutes_of(place.estimate_seconds))
        facts.append(Fact(texts.say("ticket.estimate"), estimate))
    counters = open_places(state, place.ticket.service, reference)
    if counters:
        facts.append(Fact(texts.say("ticket.counters"), counter_list(counters)))
    return facts


def _card(reading: Reading, reference: Reference, texts: Sentences) -> ScannedScreen:
    """A card opens nothing but a proposal: the register holds no identity numbers."""
    if reading.proposed is None:
        return ScannedScreen(
            reading.code, texts.say("scanned.card"), notice=Notice(texts.say("scanned.card_advice"))
        )
    name = reference.priority_name(reading.proposed, texts.language)
    return ScannedScreen(
        reading.code,
        texts.say("scanned.card_priority", priority=name),
        notice=Notice(texts.say("scanned.card_priority_advice")),
        button=Button.TAKE,
        label=texts.say("scanned.card_take", priority=name),
    )
