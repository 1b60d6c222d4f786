"""Classification of scanned codes at the desk: a ticket, a dossier, or something that this desk cannot use."""

from collections.abc import Collection, Iterable
from enum import StrEnum

from counter_terminal.desk.setup import DeskSetup, Named
from hub.messages import TicketView
from service_floor.dossiers.personal import mask_personal
from service_floor.dossiers.scans import ScanKind, classify
from service_floor.dossiers.worth import most_useful
from service_floor.vietnamese.text import clean

SHOWN = 60
"""Limit in characters of an unknown code that is shown as read."""

_LOOKED_AT = 400
_OFFERED = 12
_TICKETS = frozenset({ScanKind.TICKET, ScanKind.TICKET_NUMBER})


class ScanMeaning(StrEnum):
    """The kinds of code that a desk distinguishes; the value is the key of its sentence."""

    TICKET = "ticket"
    OTHER_TICKET = "asking"
    DOSSIER = "looking"
    OTHER_CENTRE = "other_centre"
    IDENTITY_CARD = "identity_card"
    PROCEDURE = "procedure_code"
    RESULT = "result_code"
    HEALTH_CARD = "health_card"
    PAYMENT = "payment_code"
    VNEID = "vneid_code"
    ENROLMENT = "enrolment_code"
    PART = "part_of_a_code"
    UNKNOWN = "not_a_code"


_MEANINGS = {
    ScanKind.TICKET: ScanMeaning.OTHER_TICKET,
    ScanKind.TICKET_NUMBER: ScanMeaning.OTHER_TICKET,
    ScanKind.DOSSIER: ScanMeaning.DOSSIER,
    ScanKind.OTHER_CENTRE: ScanMeaning.OTHER_CENTRE,
    ScanKind.IDENTITY_CARD: ScanMeaning.IDENTITY_CARD,
    ScanKind.PROCEDURE: ScanMeaning.PROCEDURE,
    ScanKind.RESULT: ScanMeaning.RESULT,
    ScanKind.HEALTH_CARD: ScanMeaning.HEALTH_CARD,
    ScanKind.PAYMENT: ScanMeaning.PAYMENT,
    ScanKind.VNEID: ScanMeaning.VNEID,
    ScanKind.ENROLMENT: ScanMeaning.ENROLMENT,
    ScanKind.PART: ScanMeaning.PART,
    ScanKind.UNKNOWN: ScanMeaning.UNKNOWN,
}


def meaning_of(
    text: str, tickets: Iterable[TicketView], own: Collection[str] = ()
) -> tuple[ScanMeaning, str]:
    """The meaning, and the ticket id or the code. From an identity card only the masked number is kept.

    `tickets` are those of today that are not over; one that is not among them, the hub is asked about.
    """
    code = text.strip()
    scan = classify(code, own)
    named = {code.rsplit("/", 1)[-1], code.upper(), scan.code}
    for ticket in tickets:
        if ticket.id in named or ticket.number in named:
            return ScanMeaning.TICKET, ticket.id
    meaning = _MEANINGS[scan.kind]
    return meaning, shown(code) if meaning is ScanMeaning.UNKNOWN else scan.code


def shown(text: str) -> str:
    """How an unknown code is shown: as read, on one line, without signs that turn, hide or control the text around them.

    Numbers of persons are masked.
    """
    line = mask_personal(clean(text[:_LOOKED_AT]))
    return line if len(line) <= SHOWN else f"{line[:SHOWN]}…"


def choices_among(
    texts: Iterable[str], tickets: Iterable[TicketView], setup: DeskSetup
) -> tuple[Named, ...]:
    """What can be chosen of several codes in sight: its id is the code to read, its name is for the officer.

    A code that this desk can do nothing with is not offered.
    """
    numbers = {ticket.id: ticket.number for ticket in tickets}
    offered: dict[str, str] = {}
    for scan in (classify(text.strip(), setup.own_dossiers) for text in texts):
        if scan.kind is ScanKind.DOSSIER:
            offered |= {code: code for code in (scan.code, *scan.others)}
        elif scan.kind in _TICKETS:
            offered[scan.code] = numbers.get(scan.code) or mask_personal(scan.code)
        elif scan.kind is ScanKind.PROCEDURE:
            procedure = setup.procedure_of(scan.code)
            offered[scan.code] = f"{scan.code} {procedure.name}" if procedure else scan.code
    return tuple(Named(code, name) for code, name in offered.items())[:_OFFERED]


def useful_of(codes: Iterable[str], own: Collection[str] = ()) -> tuple[str, ...]:
    """Of the codes in a file the most useful one, or several where they are equally useful."""
    return most_useful((text.strip() for text in codes), own)
