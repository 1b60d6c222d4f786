"""What a code under the officer's scanner means here: a ticket of today, a dossier, or neither."""

from collections.abc import Iterable
from enum import StrEnum

from service_floor.dossiers.codes import find_dossier_code

from hub.messages import TicketView


class ScanMeaning(StrEnum):
    """The kinds of code that a desk knows."""

    TICKET = "ticket"
    DOSSIER = "dossier"
    UNKNOWN = "unknown"


def meaning_of(text: str, tickets: Iterable[TicketView]) -> tuple[ScanMeaning, str]:
    """The meaning, and the ticket id, the dossier code, or the text as read (shortened)."""
    said = text.strip()
    last = said.rsplit("/", 1)[-1]
    for ticket in tickets:
        if last == ticket.id or said.upper() == ticket.number:
            return ScanMeaning.TICKET, ticket.id
    code = find_dossier_code(said)
    if code is not None:
        return ScanMeaning.DOSSIER, code
    return ScanMeaning.UNKNOWN, said[:60]
