import subprocess
import sys
from datetime import UTC, datetime
from itertools import product
from pathlib import Path
from typing import get_args

import pytest

from service_floor.queue import events as e
from service_floor.queue.floor import Floor, ImpossibleEventError
from service_floor.queue.lifecycle import TRANSITIONS, mermaid, page
from service_floor.queue.tickets import HELD, OVER, TicketState

NOW = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
STOPS = (e.Stop("land"), e.Stop("civil"))
LIFE = {
    "ticket_issued": e.TicketIssued("t", "A001", 1, STOPS, None, "sang", "kiosk"),
    "ticket_called": e.TicketCalled("t", "q1", "an", "next-call"),
    "ticket_recalled": e.TicketRecalled("t", "q1", "next-call"),
    "service_started": e.ServiceStarted("t", "q1"),
    "ticket_missed": e.TicketMissed("t", "q1"),
    "ticket_readmitted": e.TicketReadmitted("t", NOW),
    "ticket_parked": e.TicketParked("t", "q1", NOW, ""),
    "parking_ended": e.ParkingEnded("t"),
    "ticket_transferred": e.TicketTransferred("t", "q1", STOPS),
    "stop_finished": e.StopFinished("t", "q1", STOPS[1:], ""),
    "ticket_finished": e.TicketFinished("t", "q1", ""),
    "priority_confirmed": e.PriorityConfirmed("t", "q1", True),
    "ticket_moved": e.TicketMoved("t", STOPS, "wrong queue", "terminal"),
    "ticket_returned": e.TicketReturned("t", "q1"),
    "ticket_cancelled": e.TicketCancelled("t", "left", "kiosk"),
    "ticket_expired": e.TicketExpired("t"),
}
# How a ticket gets into each state.
WAYS = {
    None: (),
    TicketState.WAITING: ("ticket_issued",),
    TicketState.CALLED: ("ticket_issued", "ticket_called"),
    TicketState.SERVING: ("ticket_issued", "ticket_called", "service_started"),
    TicketState.PARKED: ("ticket_issued", "ticket_called", "service_started", "ticket_parked"),
    TicketState.NO_SHOW: ("ticket_issued", "ticket_called", "ticket_missed"),
    TicketState.FINISHED: ("ticket_issued", "ticket_called", "service_started", "ticket_finished"),
    TicketState.CANCELLED: ("ticket_issued", "ticket_cancelled"),
    TicketState.EXPIRED: ("ticket_issued", "ticket_expired"),
}
PAIRS = list(product(WAYS, LIFE))


def floor_with_ticket_in(state: TicketState | None) -> Floor:
    floor = Floor()
    floor.fold(e.DayOpened(NOW.date()), NOW)
    floor.fold(e.CounterSignedIn("q1", "an"), NOW)
    for kind in WAYS[state]:
        event = LIFE[kind]
        if isinstance(event, e.TicketCalled):
            event = e.TicketCalled("t", "q1", "an", "first-call")
        floor.fold(event, NOW)
    return floor


def test_every_event_of_the_contract_is_known_here() -> None:
    kinds = {event.__dataclass_fields__["kind"].default for event in get_args(e.Event)}
    elsewhere = {"day_opened", "day_ended", "plan_adopted", "slip_reported", "call_announced"} | {
        kind for kind in kinds if kind.startswith("counter_")
    }
    elsewhere |= {"numbers_leased", "numbers_returned", "ticket_handed_in_late", "reprint_asked"}
    assert kinds - elsewhere == set(LIFE)
    assert {kind for _, kind in TRANSITIONS} == set(LIFE)


@pytest.mark.parametrize(("state", "kind"), PAIRS)
def test_every_pair_is_in_the_table_or_changes_nothing(
    state: TicketState | None, kind: str
) -> None:
    floor = floor_with_ticket_in(state)
    if (state, kind) in TRANSITIONS:
        floor.fold(LIFE[kind], NOW)
        assert floor.tickets["t"].state is LIFE[kind].after(state)
        return
    with pytest.raises(ImpossibleEventError):
        LIFE[kind].after(state)
    with pytest.raises(ImpossibleEventError):
        floor.fold(LIFE[kind], NOW)
    assert floor == floor_with_ticket_in(state)


def test_every_state_is_reached_and_only_the_last_ones_end() -> None:
    leads_on = {state for state, _ in TRANSITIONS}
    reached = {state for state in TRANSITIONS.values() if isinstance(state, TicketState)}
    assert reached == set(TicketState)
    assert set(TicketState) - leads_on == OVER
    assert not HELD & OVER


def test_the_picture_has_an_arrow_for_every_row() -> None:
    picture = mermaid()
    for (state, kind), reached in TRANSITIONS.items():
        arrow = f"{state.value if state else '[*]'} --> {reached.value} : "
        line = next(line for line in picture.splitlines() if arrow in line)
        assert kind.replace("_", " ") in line


def test_the_page_in_docs_is_made_from_the_table() -> None:
    docs = Path(__file__).parents[3] / "docs" / "ticket-life.md"
    assert docs.read_text("utf-8") == page(), (
        "stale: run python -m service_floor.queue.lifecycle > docs/ticket-life.md"
    )


def test_the_command_that_the_page_names_prints_the_page() -> None:
    command = [sys.executable, "-m", "service_floor.queue.lifecycle"]
    root = Path(__file__).parents[3]
    printed = subprocess.run(command, capture_output=True, check=True, cwd=root, timeout=30)
    assert printed.stdout.decode() == page()
