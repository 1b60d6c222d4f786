"""Transition table of a ticket, collected from the events; docs/ticket-life.md is generated from it.

`python -m service_floor.queue.lifecycle > docs/ticket-life.md` renews the page.
"""

import sys
from collections.abc import Iterator, Mapping
from typing import Final, get_args

from service_floor.queue.events import Event
from service_floor.queue.moves import PASSES_ON, Passage, TicketEvent
from service_floor.queue.tickets import OVER, TicketState


def _transitions() -> Iterator[tuple[tuple[TicketState | None, str], TicketState | Passage]]:
    """What the events declare, by state and in each state in the order of the events."""
    for state in (None, *TicketState):
        for event in get_args(Event):
            if issubclass(event, TicketEvent) and state in event.moves:
                yield (state, event.__dataclass_fields__["kind"].default), event.moves[state]


# A ticket that does not exist yet is None.
TRANSITIONS: Final[Mapping[tuple[TicketState | None, str], TicketState | Passage]] = dict(
    _transitions()
)


def _arrows() -> Iterator[tuple[str, str, str]]:
    """From, to and label of each arrow; events between the same two states share one."""
    labels: dict[tuple[str, str], list[str]] = {}
    for (state, kind), reached in TRANSITIONS.items():
        labels.setdefault((state.value if state else "[*]", reached.value), []).append(kind)
    for (start, end), kinds in labels.items():
        yield start, end, ", ".join(kind.replace("_", " ") for kind in kinds)
    for passage, state in PASSES_ON.items():
        yield passage.value, state.value, "at once"
    for state in TicketState:
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
        "Generated from what the events in `service_floor/queue/concerns` declare; do not edit. Renew it with\n"
        "`python -m service_floor.queue.lifecycle > docs/ticket-life.md`.\n\n"
        f"```mermaid\n{mermaid()}```\n\n"
        "A transferred ticket keeps its number and its place by original arrival. The events of the\n"
        "paper (`slip_reported`, `reprint_asked`) and of the loudspeaker (`call_announced`) do not move a ticket.\n\n"
        f"{_table()}\n"
        "Any pair that is not in the table is refused by the rules and raises in the fold.\n"
    )


if __name__ == "__main__":
    sys.stdout.write(page())
