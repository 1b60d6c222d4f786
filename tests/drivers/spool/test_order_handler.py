"""Orders of a technician are carried out once, and a reprint only after the outcome of the print before."""

import logging
from dataclasses import replace

import pytest

from drivers.errors import DeviceError, DeviceReason
from drivers.protocols import DeviceStatus, Health
from drivers.slip import Slip, Text
from drivers.spool.jobs import Job, JobState
from drivers.spool.order_handler import OrderHandler
from drivers.spool.orders import CLEAR, NEW_ROLL, REPRINT, RESUME, Order
from drivers.spool.paper import PaperWatch
from drivers.spool.roll import Roll
from drivers.supervisor import Supervised

NOW = 1_000.0
PRINTED = Job(Slip("ticket-t1", (Text("A001"),)), "A001", 100.0, JobState.PRINTED)


class Recovering:
    """A printer that remembers how it was asked to recover."""

    def __init__(self) -> None:
        self.recovered: list[bool] = []
        self.fails = False

    def status(self):
        return DeviceStatus(Health.READY)

    def recover(self, *, clear):
        self.recovered.append(clear)
        if self.fails:
            raise DeviceError(DeviceReason.TIMEOUT, "p")

    def close(self):
        """Nothing to release."""


@pytest.fixture
def printer():
    return Recovering()


@pytest.fixture
def handler(store, printer):
    supervised = Supervised("p", lambda: printer)
    while supervised.status.health is not Health.READY:
        supervised.submit(lambda device: device.status()).exception()
    yield OrderHandler(
        store,
        supervised,
        PaperWatch(Roll(80_000), store.paper, lambda _: None),
        lambda times: Text(f"lần {times}"),
        lambda: NOW,
        logging.getLogger("device.p"),
    )
    supervised.close()


def test_a_reprint_becomes_a_marked_job_of_its_own(store, handler):
    store.add(PRINTED)
    store.orders.add(Order(REPRINT, "A001"))
    assert handler.carry_out()
    (job,) = store.unsettled()
    assert (job.id, job.reprint, job.queued_at) == ("ticket-t1~1", 1, NOW)
    assert job.slip.blocks == (Text("lần 1"), Text("A001"))
    assert store.orders.waiting() == []


def test_a_reprint_waits_for_the_outcome_of_the_print_before(store, handler):
    store.add(replace(PRINTED, state=JobState.QUEUED))
    store.orders.add(Order(REPRINT, "A001"))
    assert not handler.carry_out()
    assert len(store.orders.waiting()) == 1
    store.save(PRINTED)
    assert handler.carry_out()


def test_a_reprint_of_an_unknown_slip_is_logged_and_dropped(store, handler, caplog):
    store.orders.add(Order(REPRINT, "A009"))
    assert not handler.carry_out()
    assert store.orders.waiting() == []
    assert "no slip A009 to print again" in caplog.text


def test_a_new_roll_restarts_the_count_of_paper(store, handler):
    store.paper.use(500)
    store.orders.add(Order(NEW_ROLL))
    assert not handler.carry_out()
    assert (store.paper.dots, store.orders.waiting()) == (0, [])


@pytest.mark.parametrize("fails", [False, True])
def test_recovery_is_tried_once_with_or_without_what_the_printer_holds(
    store, handler, printer, fails, caplog
):
    printer.fails = fails
    store.orders.add(Order(RESUME))
    assert not handler.carry_out()
    assert store.orders.waiting() == []
    assert printer.recovered == [False]
    assert ("recovery failed" in caplog.text) == fails


def test_clear_forgets_what_the_printer_holds(store, handler, printer):
    store.orders.add(Order(CLEAR))
    handler.carry_out()
    assert printer.recovered == [True]
    assert store.paper.is_torn
