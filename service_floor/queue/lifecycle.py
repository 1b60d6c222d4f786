"""The life of a ticket as one literal table; whatever is not in it cannot happen. The picture in docs is made from it.

`python -m service_floor.queue.lifecycle > docs/ticket-life.md` renews the page.
"""

import sys
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Final

from service_floor.queue.tickets import TicketState

S = TicketState


class Passage(StrEnum):
    """A state that is passed through within one event: nobody ever finds a ticket in it."""

    TRANSFERRED = "transferred"


class ImpossibleEventError(ValueError):
    """An event does not fit the state it meets: the journal is broken or a rule is wrong.

    Example: a ticket is finished that nobody has called.
    """


# A ticket that does not exist yet is None. Recalling and confirming a priority leave a ticket where it is.
TRANSITIONS: Final[Mapping[tuple[TicketState | None, str], TicketState | Passage]] = {
    (None, "ticket_issued"): S.WAITING,
    (S.WAITING, "ticket_called"): S.CALLED,
    (S.WAITING, "ticket_cancelled"): S.CANCELLED,
    (S.WAITING, "ticket_expired"): S.EXPIRED,
    (S.CALLED, "ticket_recalled"): S.CALLED,
    (S.CALLED, "priority_confirmed"): S.CALLED,
    (S.CALLED, "service_started"): S.SERVING,
    (S.CALLED, "ticket_missed"): S.NO_SHOW,
    (S.CALLED, "ticket_cancelled"): S.CANCELLED,
    (S.CALLED, "ticket_expired"): S.EXPIRED,
    (S.SERVING, "priority_confirmed"): S.SERVING,
    (S.SERVING, "ticket_parked"): S.PARKED,
    (S.SERVING, "ticket_transferred"): Passage.TRANSFERRED,
    (S.SERVING, "stop_finished"): S.WAITING,
    (S.SERVING, "ticket_finished"): S.FINISHED,
    # Only the roll-over to a new day ends a service that nobody has finished.
    (S.SERVING, "ticket_expired"): S.EXPIRED,
    (S.PARKED, "ticket_called"): S.CALLED,
    (S.PARKED, "parking_ended"): S.WAITING,
    (S.PARKED, "ticket_cancelled"): S.CANCELLED,
    (S.PARKED, "ticket_expired"): S.EXPIRED,
    (S.NO_SHOW, "ticket_readmitted"): S.WAITING,
    (S.NO_SHOW, "ticket_expired"): S.EXPIRED,
}

PASSES_ON: Final[Mapping[Passage, TicketState]] = {Passage.TRANSFERRED: S.WAITING}

OVER: Final = frozenset({S.FINISHED, S.CANCELLED, S.EXPIRED})
HELD: Final = frozenset({S.CALLED, S.SERVING})


def allows(state: TicketState | None, kind: str) -> bool:
    """Whether the event may happen to a ticket in this state."""
    return (state, kind) in TRANSITIONS


def after(state: TicketState | None, kind: str) -> TicketState:
    """The state in which the event leaves a ticket."""
    reached = TRANSITIONS.get((state, kind))
    if reached is None:
        raise ImpossibleEventError(f"{kind} cannot happen to a ticket that is {state or 'new'}")
    return PASSES_ON[reached] if isinstance(reached, Passage) else reached


def _arrows() -> Iterator[tuple[str, str, str]]:
    """From, to and label of each arrow; events between the same two states share one."""
    labels: dict[tuple[str, str], list[str]] = {}
    for (state, kind), reached in TRANSITIONS.items():
        labels.setdefault((state.value if state else "[*]", reached.value), []).append(kind)
    for (start, end), kinds in labels.items():
        yield start, end, ", ".join(kind.replace("_", " ") for kind in kinds)
    for passage, state in PASSES_ON.items():
        yield passage.value, state.value, "at once"
    for state in S:
        if state in OVER:
            yield state.value, "[*]", ""


def mermaid() -> str:
    """The table as a Mermaid state diagram."""
    lines = ["stateDiagram-v2"]
    for start, end, label in _arrows():
        lines.append(f"    {start} --> {end}" + (f" : {label}" if label else ""))
    return "\n".join(lines) + "\n"


def _table() -> str:
    """The table as Markdown, one row per state, for readers without a Mermaid viewer."""
    rows = ["| state | what may happen | the ticket is then |", "|---|---|---|"]
    for (state, kind), reached in TRANSITIONS.items():
        end = f"{reached}, then {PASSES_ON[reached]}" if isinstance(reached, Passage) else reached
        rows.append(f"| {state or '(none)'} | `{kind}` | {end} |")
    return "\n".join(rows) + "\n"


def page() -> str:
    """The whole of docs/ticket-life.md."""
    return (
        "# The life of a ticket\n\n"
        "Made from the table in `service_floor/queue/lifecycle.py`; do not edit. Renew it with\n"
        "`python -m service_floor.queue.lifecycle > docs/ticket-life.md`.\n\n"
        f"```mermaid\n{mermaid()}```\n\n"
        "A transferred ticket keeps its number and its place by original arrival. The events of the\n"
        "paper (`slip_reported`, `reprint_asked`) and of the loudspeaker (`call_announced`) do not move a ticket.\n\n"
        f"{_table()}\n"
        "Any pair that is not in the table is refused by the rules and raises in the fold.\n"
    )


if __name__ == "__main__":
    sys.stdout.write(page())
