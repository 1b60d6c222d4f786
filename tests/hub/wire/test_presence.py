"""Who is here, and what was seen."""

from datetime import date

from hub.wire.presence import Presence
from service_floor.queue.commands import Actor, Role

KIOSK, BOARD = Actor("k1", Role.KIOSK), Actor("b1", Role.BOARD)


def test_a_device_is_listed_from_its_first_to_its_last_connection(clock) -> None:
    presence = Presence(clock)
    presence.arrive(BOARD)
    presence.arrive(BOARD)
    presence.arrive(KIOSK)
    presence.leave(KIOSK)
    presence.leave(BOARD)
    assert [(d.device, d.role, d.connections) for d in presence.devices()] == [
        ("b1", Role.BOARD, 1)
    ]
    presence.leave(BOARD)
    presence.leave(BOARD)
    assert presence.devices() == ()


def test_it_is_known_since_when_a_device_is_gone(clock) -> None:
    presence = Presence(clock)
    presence.arrive(KIOSK)
    assert presence.gone_since("k1") is None
    left = clock.pass_by(minutes=5)
    presence.leave(KIOSK)
    clock.pass_by(minutes=5)
    assert presence.gone_since("k1") == left
    presence.arrive(KIOSK)
    assert presence.gone_since("k1") is None


def test_a_device_that_has_said_nothing_is_unknown_not_fine(clock) -> None:
    presence = Presence(clock)
    presence.arrive(BOARD)
    (silent,) = presence.devices()
    assert (silent.applied_seq, silent.last_heartbeat) == (None, None)
    presence.beat(BOARD, 7, ())
    (heard,) = presence.devices()
    assert (heard.applied_seq, heard.last_heartbeat) == (7, clock.now)


def test_a_call_that_several_boards_show_counts_once_and_an_agent_shows_none(clock) -> None:
    presence = Presence(clock)
    presence.beat(BOARD, 1, ("a", "b"))
    presence.beat(Actor("b2", Role.BOARD), 1, ("b", "c"))
    presence.beat(Actor("hall", Role.AGENT), 1, ("d",))
    assert presence.shown == 3


def test_another_day_counts_from_zero(clock) -> None:
    presence = Presence(clock)
    presence.turn_to(date(2026, 11, 20))
    presence.beat(BOARD, 1, ("a",))
    presence.look_up()
    presence.turn_to(date(2026, 11, 20))
    assert (presence.shown, presence.looked_up) == (1, 1)
    presence.turn_to(date(2026, 11, 21))
    assert (presence.shown, presence.looked_up) == (0, 0)
