"""The table of what an officer can do covers every situation of a counter."""

from collections.abc import Callable

import pytest

from counter_terminal.desk.actions import AVAILABLE, Action, available
from hub.messages import CounterView

SITUATIONS = [
    (counter, ticket)
    for counter in ("closed", "open", "paused")
    for ticket in (None, "called", "serving")
    if not (counter == "closed" and ticket)
]


@pytest.mark.parametrize("situation", SITUATIONS)
def test_every_situation_has_its_row(situation: tuple[str, str | None]) -> None:
    assert AVAILABLE[situation]


@pytest.mark.parametrize("situation", SITUATIONS)
def test_next_is_called_only_at_an_open_counter_without_a_ticket(
    situation: tuple[str, str | None],
) -> None:
    assert (Action.CALL_NEXT in AVAILABLE[situation]) == (situation == ("open", None))


def test_nothing_can_be_done_before_somebody_signs_in(
    counter_view: Callable[..., CounterView],
) -> None:
    assert available(counter_view(officer=None)) == frozenset()
