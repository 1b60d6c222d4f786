"""What a code under the officer's scanner means here: a ticket of today, a dossier, or something this desk cannot use."""

from collections.abc import Iterable
from enum import StrEnum

from hub.messages import TicketView
from service_floor.dossiers.codes import ScanKind, classify

SHOWN = 60
"""So many characters of an unknown code are shown as read."""


class ScanMeaning(StrEnum):
    """The kinds of code that a desk tells apart; the value is the key of its sentence."""

    TICKET = "ticket"
    DOSSIER = "looking"
    IDENTITY_CARD = "identity_card"
    PROCEDURE = "procedure_code"
    UNKNOWN = "not_a_code"


_MEANINGS = {
    ScanKind.DOSSIER: ScanMeaning.DOSSIER,
    ScanKind.IDENTITY_CARD: ScanMeaning.IDENTITY_CARD,
    ScanKind.PROCEDURE: ScanMeaning.PROCEDURE,
}


def meaning_of(text: str, tickets: Iterable[TicketView]) -> tuple[ScanMeaning, str]:
    """The meaning, and the ticket id or the code. Of an identity card nothing is kept."""
    said = text.strip()
    last = said.rsplit("/", 1)[-1]
    for ticket in tickets:
        if last == ticket.id or said.upper() == ticket.number:
            return ScanMeaning.TICKET, ticket.id
    scan = classify(said)
    meaning = _MEANINGS.get(scan.kind, ScanMeaning.UNKNOWN)
    return meaning, said[:SHOWN] if meaning is ScanMeaning.UNKNOWN else scan.code
