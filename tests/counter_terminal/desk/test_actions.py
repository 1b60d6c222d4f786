"""The table of what an officer can do covers every situation of a counter."""

from collections.abc import Callable

import pytest

from counter_terminal.desk.actions import AVAILABLE, Action, ReasonPrompt, available
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


def test_each_asking_for_a_reason_is_a_new_one_until_it_is_closed() -> None:
    prompt = ReasonPrompt()
    assert prompt.open is None
    prompt.ask(Action.NO_SHOW)
    first = prompt.open
    prompt.ask(Action.NO_SHOW)
    assert first is not None
    assert prompt.open == first._replace(nth=2)
    prompt.close()
    assert prompt.open is None
