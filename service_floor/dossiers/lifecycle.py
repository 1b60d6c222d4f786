"""Transition table of a dossier, collected from the events; docs/dossier-life.md is generated from it.

`python -m service_floor.dossiers.lifecycle > docs/dossier-life.md` renews the page.
"""

import sys
from collections.abc import Iterator, Mapping
from typing import Any, Final, get_args

from service_floor.dossiers.life.cases import LifeEvent
from service_floor.dossiers.life.states import FINAL, DossierState, LeadsBack
from service_floor.dossiers.rules import DossierEvents

Transition = tuple[DossierState | None, str]


def life_events() -> Iterator[type[LifeEvent]]:
    """The events that move a dossier or change its record."""
    return (each for each in get_args(DossierEvents) if issubclass(each, LifeEvent))


def kind_of(event: Any) -> str:
    """The name of an event in the journal."""
    return str(event.__dataclass_fields__["kind"].default)


def _transitions() -> Iterator[tuple[Transition, DossierState | LeadsBack]]:
    for state in (None, *DossierState):
        for event in life_events():
            if state in event.moves:
                yield (state, kind_of(event)), event.moves[state]


DOSSIER_TRANSITIONS: Final[Mapping[Transition, DossierState | LeadsBack]] = dict(_transitions())
"""A dossier that does not exist yet is None."""


def _arrows() -> Iterator[tuple[str, str, str]]:
    """From, to and label of each arrow that leads on; events between the same two states share one."""
    labels: dict[tuple[str, str], list[str]] = {}
    for (state, kind), reached in DOSSIER_TRANSITIONS.items():
        if reached not in {state, LeadsBack.UNDONE}:
            start = state.value if state else "[*]"
            labels.setdefault((start, reached.value), []).append(kind.replace("_", " "))
    for (start, end), kinds in labels.items():
        yield start, end, ", ".join(kinds)
    for state in DossierState:
        if state in FINAL:
            yield state.value, "[*]", ""


def dossier_mermaid() -> str:
    """The table as a Mermaid state diagram, without what leaves the state as it is and without undoing."""
    lines = ["stateDiagram-v2"]
    for start, end, label in _arrows():
        lines.append(f"    {start} --> {end}" + (f" : {label}" if label else ""))
    return "\n".join(lines) + "\n"


def _states() -> str:
    rows = ["| state | national number | what may happen |", "|---|---|---|"]
    for state in (None, *DossierState):
        kinds = [f"`{kind}`" for at, kind in DOSSIER_TRANSITIONS if at is state]
        status = state.status if state else None
        number = "" if status is None else str(status.value)
        rows.append(f"| {state or '(none)'} | {number} | {', '.join(kinds)} |")
    return "\n".join(rows) + "\n"


def _undoable() -> str:
    return ", ".join(f"`{kind_of(event)}`" for event in life_events() if event.undoable)


def dossier_page() -> str:
    """The whole of docs/dossier-life.md."""
    return (
        "# The life of a dossier\n\n"
        "Generated from what the events in `service_floor/dossiers/deeds` and `service_floor/dossiers/fees` declare; do\n"
        "not edit. Renew it with `python -m service_floor.dossiers.lifecycle > docs/dossier-life.md`.\n\n"
        f"```mermaid\n{dossier_mermaid()}```\n\n"
        "`resumed` leads back to the state from which the citizen was asked. The clock of the deadline stands in\n"
        "`supplement_required` and `payment_required`. A dossier never leaves `accepted` before its slip is printed with\n"
        "proof, opened by a phone, or the reception signed.\n\n"
        f"{_states()}\n"
        "Any pair that is not in the table is refused by the rules and raises in the fold. The last of these deeds on a\n"
        f"dossier can be undone for a time: {_undoable()}. `void` is a dossier taken and undone: its code is never given again.\n"
    )


if __name__ == "__main__":
    sys.stdout.write(dossier_page())
