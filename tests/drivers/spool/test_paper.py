"""Paper accounting: what is used is kept in the file, and a roll near its end is a warning in the status."""

import pytest

from drivers.protocols import DeviceStatus, Health
from drivers.spool.paper import PaperWatch
from drivers.spool.roll import Roll
from drivers.spool.store import SpoolStore

READY = DeviceStatus(Health.READY)
LOW = DeviceStatus(Health.WARNING, ("paper_low",))


@pytest.fixture
def changes():
    return []


@pytest.fixture
def watch(store, changes):
    return PaperWatch(Roll(3_100), store.paper, changes.append)


def test_paper_is_counted_over_a_restart_and_from_zero_on_a_new_roll(file, store):
    store.paper.use(700)
    store.paper.use(30)
    again = SpoolStore(file)
    assert again.paper.dots == 730
    again.paper.restart()
    again.close()
    assert store.paper.dots == 0


def test_a_roll_near_its_end_changes_the_status_once(watch, changes):
    assert watch.status == DeviceStatus(Health.UNKNOWN)
    watch.take_status(READY)
    watch.use(400)
    watch.take_status(READY)
    assert changes == [READY]
    watch.use(400)
    watch.use(400)
    assert (changes, watch.status) == ([READY, LOW], LOW)
    watch.new_roll()
    assert changes == [READY, LOW, READY]


def test_a_fault_of_the_printer_has_precedence(watch, changes):
    fault = DeviceStatus(Health.FAULT, ("cover_open",))
    watch.use(1_000)
    watch.take_status(fault)
    assert (changes, watch.status) == ([fault], fault)
