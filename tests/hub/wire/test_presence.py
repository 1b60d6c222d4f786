"""Who is here, and what was seen."""

from datetime import date

from hub.wire.presence import Presence
from service_floor.queue.commands import Actor, Role

KIOSK, BOARD = Actor("k1", Role.KIOSK), Actor("b1", Role.BOARD)


def test_a_device_is_listed_from_its_first_to_its_last_connection(clock) -> None:
    presence = Presence(clock)
    presence.connect(BOARD)
    presence.connect(BOARD)
    presence.connect(KIOSK)
    presence.disconnect(KIOSK)
    presence.disconnect(BOARD)
    assert [(d.device, d.role, d.connections) for d in presence.devices()] == [
        ("b1", Role.BOARD, 1)
    ]
    presence.disconnect(BOARD)
    presence.disconnect(BOARD)
    assert presence.devices() == ()


def test_it_is_known_since_when_a_device_is_gone(clock) -> None:
    presence = Presence(clock)
    presence.connect(KIOSK)
    assert presence.gone_since("k1") is None
    left = clock.pass_by(minutes=5)
    presence.disconnect(KIOSK)
    clock.pass_by(minutes=5)
    assert presence.gone_since("k1") == left
    presence.connect(KIOSK)
    assert presence.gone_since("k1") is None


def test_a_device_that_has_said_nothing_is_unknown_not_fine(clock) -> None:
    presence = Presence(clock)
    presence.connect(BOARD)
    (silent,) = presence.devices()
    assert (silent.applied_seq, silent.last_heartbeat) == (None, None)
    presence.heartbeat(BOARD, 7, ())
    (heard,) = presence.devices()
    assert (heard.applied_seq, heard.last_heartbeat) == (7, clock.now)


def test_a_call_that_several_boards_show_counts_once_and_an_agent_shows_none(clock) -> None:
    presence = Presence(clock)
    presence.heartbeat(BOARD, 1, ("a", "b"))
    presence.heartbeat(Actor("b2", Role.BOARD), 1, ("b", "c"))
    presence.heartbeat(Actor("hall", Role.AGENT), 1, ("d",))
    assert presence.shown == 3


def test_another_day_counts_from_zero(clock) -> None:
    presence = Presence(clock)
    presence.begin_day(date(2026, 11, 20))
    presence.heartbeat(BOARD, 1, ("a",))
    presence.count_look_up()
    presence.begin_day(date(2026, 11, 20))
    assert (presence.shown, presence.looked_up) == (1, 1)
    presence.begin_day(date(2026, 11, 21))
    assert (presence.shown, presence.looked_up) == (0, 0)
