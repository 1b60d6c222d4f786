"""The actor of a command from the console."""

import pytest

from hub.web.console.access.sessions import ConsoleSession
from hub.web.console.orders import actor_of
from service_floor.queue.commands import Role


def session(officer):
    return ConsoleSession(officer, Role.SUPERVISOR, "vi", began=0.0, seen=0.0)


def test_the_journal_names_the_console_and_the_officer() -> None:
    actor = actor_of(session("thao"))
    assert (actor.device, actor.role, actor.proven) == ("console-thao", Role.SUPERVISOR, "thao")


@pytest.mark.parametrize("length", [32, 33, 40])
def test_long_names_fit_into_the_journal_and_stay_different(length) -> None:
    devices = {actor_of(session("a" * (length - 1) + last)).device for last in "xy"}
    assert len(devices) == 2
    assert all(len(device) <= 40 for device in devices)
