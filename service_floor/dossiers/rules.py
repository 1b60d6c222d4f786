"""Dispatcher of the dossier rules: the decision on a command, events or a refusal, and the unions that its concerns declare.

The second decider beside the floor's. It holds no state: a decision reads the few records that it needs from the books, and
the fold of an event writes them.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from service_floor.dossiers.deeds import (
    acceptance,
    bags,
    content,
    day_closing,
    lateness,
    lists,
    progress,
    slips,
    supplements,
    taking,
    undoing,
    visits,
)
from service_floor.dossiers.fees import charging, fee_states, paying, receipts
from service_floor.dossiers.life.books import Books
from service_floor.dossiers.life.cases import DoneBy, DossierCase, DossierDecision
from service_floor.dossiers.life.plan import DossierPlan
from service_floor.dossiers.life.refusals import DossierRefusal
from service_floor.dossiers.numbering import series, set_aside
from service_floor.queue.actors import Role
from service_floor.queue.refusals import Refusal, RefusalCode

DossierCommands = (
    taking.Command
    | acceptance.Command
    | slips.Command
    | supplements.Command
    | visits.Command
    | progress.Command
    | lateness.Command
    | bags.Command
    | undoing.Command
    | day_closing.Command
    | charging.Command
    | paying.Command
    | set_aside.Command
)

DossierEvents = (
    taking.Event
    | acceptance.Event
    | slips.Event
    | supplements.Event
    | visits.Event
    | progress.Event
    | lateness.Event
    | bags.Event
    | undoing.Event
    | day_closing.Event
    | charging.Event
    | paying.Event
    | set_aside.Event
)

DOSSIER_REFUSALS: Final[tuple[RefusalCode, ...]] = (
    *DossierRefusal,
    *content.TakingRefusal,
    *lists.SecondRefusal,
    *slips.SlipRefusal,
    *supplements.SupplementRefusal,
    *visits.VisitRefusal,
    *progress.ProgressRefusal,
    *lateness.LatenessRefusal,
    *bags.BagRefusal,
    *undoing.UndoRefusal,
    *day_closing.DayRefusal,
    *fee_states.FeeRefusal,
    *receipts.ReceiptRefusal,
    *series.CodeRefusal,
)
"""Every reason for which a command on dossiers can be refused."""


@dataclass(frozen=True, slots=True)
class DossierOrder:
    """A command with its role, who gives it, its moment (aware, by the hub's clock), and an unused id."""

    command: DossierCommands
    role: Role
    by: DoneBy
    now: datetime
    fresh_id: str


def decide(plan: DossierPlan, books: Books, order: DossierOrder) -> DossierDecision:
    """The events that an order brings, or its refusal. The books stay as they are.

    Authorisation comes first: the role, then the officer who must stand behind what a person decides.
    """
    command = order.command
    if order.role not in command.given_by:
        return Refusal(DossierRefusal.NOT_ALLOWED, {"kind": command.kind})
    if command.by_person and not order.by.officer:
        return Refusal(DossierRefusal.NO_OFFICER)
    case = DossierCase(plan, books, order.role, order.by, order.now, order.fresh_id)
    return command.decide(case)
