from dataclasses import fields
from datetime import timedelta
from typing import get_args

import pytest

from service_floor.queue import commands as c
from service_floor.queue.lifecycle import ImpossibleEventError
from service_floor.queue.rules import _DECIDES


def test_every_command_of_the_contract_is_decided():
    assert set(_DECIDES) == set(get_args(c.Command))
    kinds = [field.default for command in _DECIDES for field in fields(command)[-1:]]
    assert len(set(kinds)) == len(kinds)


def test_deciding_before_what_is_due_is_an_error_of_the_caller(hall):
    order = c.Order(c.IssueTicket(("land",)), c.Actor("kiosk", c.Role.KIOSK), hall.now, "fresh")
    hall.rules.decide(order)
    tomorrow = c.Order(order.command, order.actor, hall.now + timedelta(days=1), "fresh")
    with pytest.raises(ImpossibleEventError, match="due"):
        hall.rules.decide(tomorrow)
