"""What the concerns declare is what the floor knows: no command, event or refusal of a concern is left out."""

import importlib
import pkgutil
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import timedelta
from typing import get_args

import pytest

from service_floor.queue import commands as c
from service_floor.queue import concerns
from service_floor.queue import events as e
from service_floor.queue.cases import FloorCommand
from service_floor.queue.floor import FloorEvent, ImpossibleEventError
from service_floor.queue.refusals import CommonRefusal, RefusalCode
from service_floor.queue.rules import REFUSAL_CODES


def declared(base: type) -> Iterator[type]:
    """The classes of one base that stand in the modules of the concerns."""
    for found in pkgutil.iter_modules(concerns.__path__, f"{concerns.__name__}."):
        for each in vars(importlib.import_module(found.name)).values():
            if isinstance(each, type) and each.__module__ == found.name and issubclass(each, base):
                yield each


@pytest.mark.parametrize(("base", "union"), [(FloorCommand, c.Command), (FloorEvent, e.Event)])
def test_every_class_of_a_concern_is_in_the_union(base, union) -> None:
    known = get_args(union)
    assert set(declared(base)) == set(known)
    kinds = [fields(each)[-1] for each in known]
    assert {kind.name for kind in kinds} == {"kind"}
    assert len({kind.default for kind in kinds}) == len(known)
    assert all(is_dataclass(each) and each.__dataclass_params__.frozen for each in known)


def test_every_refusal_of_a_concern_is_collected_once() -> None:
    codes = [code for base in (CommonRefusal, *declared(RefusalCode)) for code in base]
    assert sorted(codes) == sorted(REFUSAL_CODES)
    assert len({code.value for code in codes}) == len(codes)


def test_deciding_before_what_is_due_is_an_error_of_the_caller(hall):
    order = c.Order(c.IssueTicket(("land",)), c.Actor("kiosk", c.Role.KIOSK), hall.now, "fresh")
    hall.rules.decide(order)
    tomorrow = c.Order(order.command, order.actor, hall.now + timedelta(days=1), "fresh")
    with pytest.raises(ImpossibleEventError, match="due"):
        hall.rules.decide(tomorrow)
