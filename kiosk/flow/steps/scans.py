"""Event handlers for scans: what a citizen's paper is, and what can be done with it. A paper is only read, never opened."""

from dataclasses import replace
from datetime import datetime
from typing import Final, assert_never

from kiosk.flow.events import PlaceAnswered, Readmitted, Scanned, Tapped
from kiosk.flow.intents import AskTicketPlace, LookUpDossier, ReadmitTicket
from kiosk.flow.reference import Reference
from kiosk.flow.screens import Page, SlipState
from kiosk.flow.state import DossierStage, Inquiry, Reading, ReadingStage, State
from kiosk.flow.steps.citizen import Step, consider, hub_is_gone, while_in_service
from service_floor.dossiers.codes import find_dossier_code
from service_floor.dossiers.personal import mask_personal
from service_floor.dossiers.scans import Scan, ScanKind, classify
from service_floor.dossiers.typed import changed_ticket

_ASKING: Final = frozenset({ReadingStage.ASKING, ReadingStage.READMITTING})


def scan(state: State, scanned: Scanned, reference: Reference) -> Step:
    """Go to the page of the paper under the scanner. Text of an unknown form is never shown: it may come from an identity card."""
    own = reference.centre.dossier_prefixes
    read = classify(scanned.text, own)
    if read.others or scanned.rivals:
        rivals = (classify(text, own) for text in scanned.rivals)
        codes = (_shown(read), *read.others, *map(_shown, rivals))
        several = Reading(ReadingStage.SEVERAL, "\n".join(codes))
        return Step(state.at(Page.SCANNED, reading=several))
    match read.kind:
        case ScanKind.DOSSIER:
            inquiry = state.visit.inquiry
            repeated = inquiry.stage is DossierStage.ASKING and inquiry.code == read.code
            return Step(state) if repeated else look_up_dossier(state, read.code)
        case ScanKind.TICKET | ScanKind.TICKET_NUMBER:
            return _ask_place(state, read.code)
        case ScanKind.IDENTITY_CARD:
            return Step(_show_card(state, read, reference))
        case ScanKind.UNKNOWN if (ticket := changed_ticket(scanned.text)) is not None:
            return _ask_place(state, ticket)
        case ScanKind.UNKNOWN:
            stage = DossierStage.UNREADABLE if scanned.text else DossierStage.GARBLED
            unread = state.with_visit(inquiry=Inquiry(stage))
            return Step(while_in_service(unread, Page.DOSSIER))
        case ScanKind.PROCEDURE:
            return Step(_show_procedure(state, read, reference))
        case (
            ScanKind.OTHER_CENTRE
            | ScanKind.RESULT
            | ScanKind.HEALTH_CARD
            | ScanKind.PAYMENT
            | ScanKind.VNEID
            | ScanKind.ENROLMENT
            | ScanKind.PART
        ):
            return Step(_show_useless(state, read, ReadingStage(read.kind.value)))
        case _:
            assert_never(read.kind)


def _shown(read: Scan) -> str:
    """How a code is named beside others; the digits in a ticket's address may be those of a bank card."""
    return mask_personal(read.code) if read.kind is ScanKind.TICKET else read.code


def _show_procedure(state: State, read: Scan, reference: Reference) -> State:
    procedure = reference.catalogue.by_code(read.code)
    if procedure is None:
        return _show_useless(state, read, ReadingStage.NO_PROCEDURE)
    return state.at(Page.PROCEDURE, procedure=procedure, checklist=SlipState.NONE)


def _show_useless(state: State, read: Scan, stage: ReadingStage) -> State:
    return state.at(Page.SCANNED, reading=Reading(stage, read.code))


def look_up(state: State, _tap: Tapped, _reference: Reference) -> Step:
    """Ask the hub about the typed code."""
    inquiry = state.visit.inquiry
    if inquiry.stage is DossierStage.ASKING or not inquiry.code:
        return Step(state)
    code = find_dossier_code(inquiry.code)
    if code is None:
        return Step(state.with_visit(inquiry=Inquiry(DossierStage.UNREADABLE, inquiry.code)))
    return look_up_dossier(state, code)


def look_up_dossier(state: State, code: str) -> Step:
    """Ask the hub about a dossier; without the hub the page shows that at once."""
    if hub_is_gone(state):
        unasked = Inquiry(DossierStage.NO_ANSWER, code)
        return Step(while_in_service(state.with_visit(inquiry=unasked), Page.DOSSIER))
    attempt = state.attempts + 1
    inquiry = Inquiry(DossierStage.ASKING, code, attempt, state.known.now)
    asking = replace(state.at(Page.DOSSIER, inquiry=inquiry), attempts=attempt)
    return Step(asking, (LookUpDossier(attempt, code),))


def _ask_place(state: State, code: str, *, readmitted: bool = False) -> Step:
    reading = state.visit.reading
    if not readmitted and reading.stage in _ASKING and reading.code == code:
        return Step(state)
    if hub_is_gone(state):
        return Step(state.at(Page.SCANNED, reading=Reading(ReadingStage.NO_ANSWER, code)))
    attempt = state.attempts + 1
    asked = Reading(
        ReadingStage.ASKING, code, attempt, asked_at=state.known.now, readmitted=readmitted
    )
    asking = replace(state.at(Page.SCANNED, reading=asked), attempts=attempt)
    return Step(asking, (AskTicketPlace(attempt, code),))


def place_answered(state: State, event: PlaceAnswered, _reference: Reference) -> Step:
    """Show where the ticket stands; an old answer is dropped."""
    reading = state.visit.reading
    if reading.stage is not ReadingStage.ASKING or reading.attempt != event.attempt:
        return Step(state)
    stage = ReadingStage.TICKET
    if event.place is not None and changed_ticket(reading.code) is not None:
        reading = replace(reading, code=event.place.ticket.id)
    if event.place is None:
        unknown = event.reason == "unknown_ticket"
        stage = ReadingStage.EXPIRED if unknown else ReadingStage.NO_ANSWER
    placed = replace(reading, stage=stage, place=event.place)
    return Step(state.with_visit(reading=placed, touched_at=state.known.now))


def can_readmit(state: State, reference: Reference) -> bool:
    """Whether the ticket that was scanned missed its call, and the centre lets its holder take the place again here.

    A number does not prove that the citizen holds the slip; only the id that is on the slip does.
    """
    reading = state.visit.reading
    place = reading.place
    return (
        reading.stage is ReadingStage.TICKET
        and place is not None
        and place.ticket.state == "no_show"
        and place.ticket.id == reading.code
        and reference.kiosk_readmit
    )


def readmit(state: State, _tap: Tapped, reference: Reference) -> Step:
    """Take the place again that was missed."""
    if not can_readmit(state, reference):
        return Step(state)
    attempt, reading = state.attempts + 1, state.visit.reading
    asked = replace(
        reading, stage=ReadingStage.READMITTING, attempt=attempt, asked_at=state.known.now
    )
    sent = replace(state.with_visit(reading=asked), attempts=attempt)
    return Step(sent, (ReadmitTicket(attempt, reading.code),))


def readmitted(state: State, event: Readmitted, _reference: Reference) -> Step:
    """The place is there again: ask how many are before it. Or show why not."""
    reading = state.visit.reading
    if reading.stage is not ReadingStage.READMITTING or reading.attempt != event.attempt:
        return Step(state)
    if not event.reason:
        return _ask_place(state, reading.code, readmitted=True)
    refused = replace(reading, stage=ReadingStage.NOT_READMITTED)
    return Step(state.with_visit(reading=refused, touched_at=state.known.now))


def _show_card(state: State, read: Scan, reference: Reference) -> State:
    proposed = None
    if read.born is not None and state.known.hub_time is not None:
        proposed = proposed_priority(read.born, state.known.hub_time, reference)
    return state.at(Page.SCANNED, reading=Reading(ReadingStage.CARD, read.code, proposed=proposed))


def proposed_priority(born: int, now: datetime, reference: Reference) -> str | None:
    """The priority class that the year of birth speaks for, the oldest first. Only proposed: an officer sees the card."""
    age = now.year - born
    by_age = {
        priority.id: priority.from_age
        for priority in reference.priorities.values()
        if priority.from_age is not None and priority.from_age <= age
    }
    return max(by_age, key=by_age.__getitem__) if by_age else None


def take_for_paper(state: State, _tap: Tapped, reference: Reference) -> Step:
    """Take a number with what the scanned card proposes; any other paper here leads to no number."""
    reading = state.visit.reading
    if reading.stage is not ReadingStage.CARD:
        return Step(state)
    return Step(while_in_service(state.with_visit(claimed=reading.proposed), Page.SERVICES))


def take_for_dossier(state: State, _tap: Tapped, reference: Reference) -> Step:
    """Look at the service that receives this dossier; where several may, at all of them."""
    dossier = state.visit.inquiry.dossier
    if state.visit.inquiry.stage is not DossierStage.FOUND or dossier is None:
        return Step(state)
    service = reference.service_of_dossier(dossier.procedure, dossier.agency)
    if service is None:
        return Step(while_in_service(state, Page.SERVICES))
    return Step(consider(state, service, Page.DOSSIER, reference))


def stop_asking(state: State, patience: float) -> State:
    """Timeout: after `patience` seconds the page shows that the hub has not answered."""
    reading = state.visit.reading
    if reading.stage in _ASKING and state.known.now - reading.asked_at >= patience:
        return state.with_visit(reading=replace(reading, stage=ReadingStage.NO_ANSWER))
    return state
