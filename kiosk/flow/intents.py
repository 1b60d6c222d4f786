"""Intents of the flow: what it wants done outside, such as a request to the hub, a slip, a report."""

from dataclasses import dataclass

from drivers.protocols import PrintOutcome
from drivers.slip import Slip


@dataclass(frozen=True, slots=True)
class SubmitIssue:
    """Ask the hub for a ticket. `attempt` comes back with its answer."""

    attempt: int
    service: str
    priority: str | None


@dataclass(frozen=True, slots=True)
class StandIn:
    """The hub is gone: answer the last press with a number held in advance."""


@dataclass(frozen=True, slots=True)
class LookUpDossier:
    """Ask the hub about a dossier code. `attempt` comes back with its answer."""

    attempt: int
    code: str


@dataclass(frozen=True, slots=True)
class AskTicketPlace:
    """Ask the hub where a scanned ticket stands, by id or number. `attempt` comes back with its answer."""

    attempt: int
    code: str


@dataclass(frozen=True, slots=True)
class ReadmitTicket:
    """Have who missed a call wait again. `attempt` comes back with the answer."""

    attempt: int
    ticket: str


@dataclass(frozen=True, slots=True)
class Print:
    """Print a slip; its job comes back with `SlipDone`. `label` is what people call it, such as a ticket's number."""

    slip: Slip
    label: str = ""


@dataclass(frozen=True, slots=True)
class Reprint:
    """Print a slip for the `times`-th time again, marked so; otherwise as `Print`."""

    slip: Slip
    times: int
    label: str


@dataclass(frozen=True, slots=True)
class ReportOutcome:
    """Report to the hub what became of a ticket's slip, or of its n-th reprint."""

    ticket: str
    outcome: PrintOutcome
    reason: str = ""
    reprint: int = 0


Intent = (
    SubmitIssue
    | StandIn
    | LookUpDossier
    | AskTicketPlace
    | ReadmitTicket
    | Print
    | Reprint
    | ReportOutcome
)
