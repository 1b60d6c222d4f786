"""What is known of printers: as last told, and nothing once nobody speaks for them."""

import logging

from hub.messages import AttachedDevice, Condition
from hub.wire.attached_printers import LOG_AGAIN, MOST_LOGGED
from hub.wire.presence import SILENT_AFTER, Presence
from service_floor.queue.commands import Actor, Role

KIOSK, DESK = Actor("k1", Role.KIOSK), Actor("t1", Role.COUNTER, "c1")
LOW, OUT = (Condition.PAPER_LOW,), (Condition.OUT_OF_PAPER, Condition.COVER_OPEN)
UNKNOWN = (Condition.UNKNOWN,)


def printer(conditions, seconds=0, name="printer"):
    return AttachedDevice(id=name, conditions=conditions, seconds=seconds)


def known(presence):
    return {each.device: (each.conditions, each.since) for each in presence.attached()}


def test_a_printer_of_which_nobody_has_told_is_unknown(clock) -> None:
    presence = Presence(clock, ("k1", "t1"))
    assert known(presence) == {"k1": (UNKNOWN, None), "t1": (UNKNOWN, None)}
    presence.connect(KIOSK)
    presence.heartbeat(KIOSK, 1, ())
    assert known(presence)["k1"] == (UNKNOWN, None)


def test_what_is_told_stands_since_the_device_knows_it(clock) -> None:
    presence = Presence(clock)
    presence.connect(KIOSK)
    since = clock.now
    clock.pass_by(seconds=90)
    presence.attach(KIOSK, (printer(LOW, seconds=90),))
    assert known(presence) == {"k1": (LOW, since)}
    # The same again, with the rounding of another moment, is no news.
    clock.pass_by(seconds=5)
    presence.attach(KIOSK, (printer(LOW, seconds=94),))
    assert known(presence) == {"k1": (LOW, since)}
    presence.attach(KIOSK, (printer(OUT),))
    assert known(presence) == {"k1": (OUT, clock.now)}
    presence.attach(KIOSK, ())
    assert known(presence) == {}


def test_with_its_connection_the_word_of_a_device_is_gone(clock) -> None:
    presence = Presence(clock, ("k1",))
    presence.connect(KIOSK)
    presence.attach(KIOSK, (printer((Condition.READY,)),))
    left = clock.pass_by(minutes=1)
    presence.disconnect(KIOSK)
    assert known(presence) == {"k1": (UNKNOWN, left)}
    presence.attach(KIOSK, (printer((Condition.READY,)),))
    assert known(presence)["k1"][0] == UNKNOWN


def test_a_new_connection_of_a_device_begins_without_a_word(clock) -> None:
    presence = Presence(clock, ("t1",))
    presence.connect(DESK)
    presence.attach(DESK, (printer(LOW),))
    presence.connect(DESK)
    assert known(presence)["t1"][0] == UNKNOWN
    presence.attach(DESK, (printer(LOW),))
    presence.disconnect(DESK)
    assert known(presence)["t1"][0] == LOW


def test_a_device_that_says_nothing_any_more_is_not_believed(clock) -> None:
    presence = Presence(clock)
    presence.connect(KIOSK)
    presence.attach(KIOSK, (printer((Condition.READY,)),))
    clock.now += SILENT_AFTER
    assert known(presence)["k1"][0] == (Condition.READY,)
    clock.pass_by(seconds=1)
    assert known(presence)["k1"] == (UNKNOWN, None)
    presence.heartbeat(KIOSK, 1, ())
    assert known(presence)["k1"][0] == (Condition.READY,)


def test_a_sensor_that_flaps_is_logged_once(clock, caplog) -> None:
    caplog.set_level(logging.INFO, "hub")
    presence = Presence(clock)
    presence.connect(KIOSK)
    for _ in range(50):
        presence.attach(KIOSK, (printer(OUT),))
        presence.attach(KIOSK, (printer((Condition.READY,)),))
        clock.pass_by(seconds=2)
    assert caplog.messages == [
        "k1: printer is out_of_paper, cover_open",
        "k1: printer is ready",
    ]
    clock.now += LOG_AGAIN
    presence.attach(KIOSK, (printer(OUT),))
    assert len(caplog.messages) == 3
    for number in range(100):
        presence.attach(KIOSK, (printer(OUT, name=f"printer-{number}"),))
    assert len(caplog.messages) == 2 + MOST_LOGGED
