"""States of a dossier, as the national exchange set numbers them, and one more for a dossier taken by mistake."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from service_floor.dossiers.model import DossierStatus


class DossierState(StrEnum):
    """Where a dossier stands in its life. All but `VOID` have a number of the national set."""

    NEWLY_REGISTERED = "newly_registered"
    ACCEPTED = "accepted"
    NOT_ACCEPTED = "not_accepted"
    IN_PROGRESS = "in_progress"
    SUPPLEMENT_REQUIRED = "supplement_required"
    PAYMENT_REQUIRED = "payment_required"
    WITHDRAWN = "withdrawn"
    STOPPED = "stopped"
    COMPLETED = "completed"
    RETURNED = "returned"
    VOID = "void"

    @property
    def status(self) -> DossierStatus | None:
        """The status of the national set; None for a void dossier, which is not exchanged."""
        return DossierStatus.__members__.get(self.name)


class LeadsBack(StrEnum):
    """Where an event leads that has no single next state: back to the state before the question, or before the deed."""

    RESUMED = "resumed"
    UNDONE = "undone"


# A dossier that does not exist yet is None.
Moves = Mapping[DossierState | None, DossierState | LeadsBack]

OPEN: Final = frozenset({
    DossierState.ACCEPTED,
    DossierState.IN_PROGRESS,
    DossierState.SUPPLEMENT_REQUIRED,
    DossierState.PAYMENT_REQUIRED,
})  # fmt: skip
"""The centre answers for a result."""
CLOCK_STANDS: Final = frozenset({DossierState.SUPPLEMENT_REQUIRED, DossierState.PAYMENT_REQUIRED})
"""The centre waits for the citizen: statuses 5 and 6."""
FINAL: Final = frozenset({
    DossierState.NOT_ACCEPTED,
    DossierState.WITHDRAWN,
    DossierState.STOPPED,
    DossierState.RETURNED,
    DossierState.VOID,
})  # fmt: skip


class Delivery(StrEnum):
    """Where the citizen wants the result."""

    COUNTER = "counter"
    POST = "post"
    ONLINE = "online"
