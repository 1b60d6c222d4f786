"""The transition table: every pair once, every page left, and what it does not say is ignored."""

from dataclasses import replace

import pytest

from kiosk.flow.events import Scanned, Tapped, Trigger, Typed
from kiosk.flow.machine import answer
from kiosk.flow.screens import Button, Page
from kiosk.flow.table import RULES, TABLE

IGNORED = [
    (page, trigger)
    for page in Page
    for trigger in (*Button, Trigger.TYPED, Trigger.SCANNED)
    if (page, trigger) not in RULES
]


def event_of(trigger):
    if trigger is Trigger.TYPED:
        return Typed("a")
    return Scanned("H56.14-240823-0001") if trigger is Trigger.SCANNED else Tapped(trigger)


def test_no_pair_has_two_rules() -> None:
    assert len(RULES) == sum(len(rule.pages) for rule in TABLE)


def test_every_trigger_is_used() -> None:
    assert {rule.trigger for rule in TABLE} == {*Button, *Trigger}


def test_every_page_can_be_reached_and_left() -> None:
    reached = {page for rule in TABLE for page in rule.to}
    left = {page for rule in TABLE for page in rule.pages if rule.to - {page}}
    assert (reached, left) == (set(Page), set(Page))


@pytest.mark.parametrize(("page", "trigger"), IGNORED)
def test_what_the_table_does_not_say_changes_nothing(citizen, page, trigger) -> None:
    state = citizen.flow.state
    state = replace(state, visit=replace(state.visit, page=page))
    step = answer(state, event_of(trigger), citizen.reference)
    assert (step.state, step.intents) == (state, ())
