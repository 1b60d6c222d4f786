"""The spool over a real wire: what is on paper is what it says, whatever happens to printer and program."""

import json
import threading
from dataclasses import replace

import pytest

from benchmarks.printing.faults import simulated
from config.model.devices import EscposPrinter as Settings
from drivers.errors import DeviceError, DeviceReason
from drivers.escpos import commands
from drivers.escpos.printer import EscposPrinter
from drivers.protocols import (
    Confidence,
    DeviceStatus,
    Health,
    PrintOutcome,
    PrintResult,
)
from drivers.slip import Text
from drivers.spool.jobs import (
    PATIENCE_SECONDS,
    Job,
    JobState,
    after_restart,
    begun,
    proved_late,
)
from drivers.spool.orders import Order
from drivers.spool.roll import Roll
from drivers.spool.spool import KEEP_SECONDS, Circumstances, Spool
from drivers.spool.store import SpoolStore
from drivers.transports.serial import SerialTransport


def test_slips_are_printed_in_their_order_and_told(start, paper, told, slip):
    spool = start()
    for number in ("A001", "A002", "A003"):
        assert spool.submit(slip(number), number)
    told.wait(lambda t: len(t.jobs) == 3)
    assert paper.lines() == [["A001"], ["A002"], ["A003"]]
    assert [(job.label, job.outcome, job.confidence) for job in told.jobs] == [
        (number, PrintOutcome.PRINTED, Confidence.PROCESS_ID) for number in ("A001", "A002", "A003")
    ]


def test_a_listener_that_fails_stops_no_slip_and_is_told_again(start, paper, told, slip, caplog):
    class Broken:
        def printer_changed(self, status):
            raise LookupError

        def job_settled(self, job):
            raise LookupError

    spool = start(listener=Broken())
    spool.submit(slip("A001"))
    spool.submit(slip("A002"))
    assert paper.wait_for(2) == [["A001"], ["A002"]]
    spool.close()
    start()
    told.wait(lambda t: len(t.jobs) == 2)
    assert "the listener of outcomes failed" in caplog.text


def test_the_same_job_is_printed_once(start, paper, told, slip):
    spool = start()
    spool.submit(slip("A001"))
    assert not spool.submit(slip("A001"))
    told.wait(lambda t: t.jobs)
    assert not spool.submit(slip("A001"))
    assert spool.knows("ticket-A001")
    assert not spool.knows("ticket-A002")
    assert paper.lines() == [["A001"]]


def test_a_slip_waits_for_the_paper_and_is_printed_once(start, paper, told, slip):
    paper.set_faults("paper-out")
    spool = start()
    told.wait(lambda t: t.statuses and t.statuses[-1].health is Health.FAULT)
    spool.submit(slip("A001"))
    paper.set_faults()
    told.wait(lambda t: t.jobs)
    assert told.outcomes() == [("ticket-A001", "printed", "")]
    assert paper.lines() == [["A001"]]


def test_a_slip_that_cannot_begin_in_time_has_failed_with_the_reason(start, paper, told, slip):
    paper.set_faults("cover-open")
    now = [1000.0]
    spool = start(clock=lambda: now[0])
    spool.submit(slip("A001"))
    now[0] += PATIENCE_SECONDS
    told.wait(lambda t: t.jobs)
    assert told.jobs[0].state is JobState.FAILED
    paper.set_faults()
    spool.submit(slip("A002"))
    told.wait(lambda t: len(t.jobs) == 2)
    assert paper.lines() == [["A002"]]


def test_a_slip_stopped_in_the_middle_is_unknown_and_printed_when_its_proof_comes(
    start, paper, told, slip
):
    paper.set_faults("out-at:60")
    spool = start(open_printer=lambda: paper.driver(keeps_buffer=True))
    spool.submit(slip("A001"))
    told.wait(lambda t: t.jobs)
    assert told.outcomes() == [("ticket-A001", "unknown", "out_of_paper")]
    paper.set_faults()
    told.wait(lambda t: len(t.jobs) == 2)
    assert told.outcomes()[1] == ("ticket-A001", "printed", "late")
    assert paper.lines() == [["A001"]]


def test_what_the_last_run_left_is_sent_where_it_waited_and_unknown_where_it_was_sent(
    start, file, paper, told, slip
):
    store = SpoolStore(file)
    sending, waiting = (Job(slip(number), number, 100.0) for number in ("A001", "A002"))
    store.add(sending)
    store.save(begun(sending))
    store.add(waiting)
    store.close()
    start(clock=lambda: 110.0)
    told.wait(lambda t: len(t.jobs) == 2)
    assert sorted(told.outcomes()) == [
        ("ticket-A001", "unknown", "restarted"),
        ("ticket-A002", "printed", ""),
    ]
    assert paper.lines() == [[], ["A002"]]


def test_an_outcome_is_told_again_until_somebody_has_it(start, told, slip):
    spool = start()
    spool.submit(slip("A001"))
    told.wait(lambda t: t.jobs)
    spool.close()
    again = start()
    told.wait(lambda t: len(t.jobs) == 2)
    again.acknowledge("ticket-A001", PrintOutcome.PRINTED)
    again.close()
    start().submit(slip("A002"))
    told.wait(lambda t: len(t.jobs) == 3)
    assert [job.id for job in told.jobs] == ["ticket-A001", "ticket-A001", "ticket-A002"]


def test_told_outcomes_are_forgotten_when_nobody_asks_for_them_any_more(start, told, slip):
    spool = start()
    spool.submit(slip("A001"))
    told.wait(lambda t: t.jobs)
    spool.acknowledge("ticket-A001", PrintOutcome.PRINTED)
    settled_at = told.jobs[0].settled_at
    spool.close()
    later = start(clock=lambda: settled_at + KEEP_SECONDS + 1)
    assert not later.knows("ticket-A001")


def test_a_person_has_a_slip_printed_again_with_a_mark_that_counts(start, file, paper, told, slip):
    spool = start()
    spool.submit(slip("A001"), "A001")
    technician = SpoolStore(file)
    for name in ("A001", "ticket-A001", "nothing"):
        technician.orders.add(Order("reprint", name))
    technician.close()
    told.wait(lambda t: len(t.jobs) == 3)
    assert paper.lines() == [["A001"], ["IN LẠI lần 1", "A001"], ["IN LẠI lần 2", "A001"]]
    assert [job.id for job in told.jobs] == ["ticket-A001", "ticket-A001~1", "ticket-A001~2"]


def test_a_counted_reprint_is_made_once_of_the_kept_slip_or_of_the_one_given(
    start, paper, told, slip
):
    spool = start()
    spool.submit(slip("A001"), "A001")
    assert spool.reprint(slip("A001"), 2, "A001")
    assert not spool.reprint(slip("A001"), 2, "A001")
    assert spool.reprint(slip("A007"), 1, "A007")
    told.wait(lambda t: len(t.jobs) == 3)
    assert paper.lines() == [["A001"], ["IN LẠI lần 2", "A001"], ["IN LẠI lần 1", "A007"]]
    assert [(job.id, job.reprint) for job in told.jobs[1:]] == [
        ("ticket-A001~2", 2),
        ("ticket-A007~1", 1),
    ]


def test_paper_is_reckoned_and_a_new_roll_begins_anew(start, file, told, slip):
    spool = start(roll_mm=3_010)
    told.wait(lambda t: t.statuses)
    assert spool.status == DeviceStatus(Health.READY)
    spool.submit(slip("A001"))
    told.wait(lambda t: t.statuses[-1] == DeviceStatus(Health.WARNING, ("paper_low",)))
    technician = SpoolStore(file)
    technician.orders.add(Order("paper-changed"))
    technician.close()
    told.wait(lambda t: t.statuses[-1] == DeviceStatus(Health.READY))


def test_a_jammed_cutter_goes_on_when_a_person_says_so(start, file, paper, told, slip):
    paper.set_faults("cutter")
    start().submit(slip("A001"))
    told.wait(lambda t: t.jobs)
    assert told.outcomes() == [("ticket-A001", "printed", "cutter")]
    paper.set_faults("cutter")
    technician = SpoolStore(file)
    technician.orders.add(Order("resume"))
    technician.close()
    paper.set_faults()
    assert paper.wait_for(1) == [["A001"]]


def test_what_a_reset_left_is_cut_off_before_the_reprint_and_the_next_ticket(
    start, file, paper, told, slip
):
    """The half of A001 hangs in the printer over two programs; none of the next three numbers stands below it."""
    paper.set_faults("power-off-at:60")
    spool = start()
    spool.submit(slip("A001"), "A001")
    told.wait(lambda t: t.jobs)
    assert told.outcomes()[0][1] == "unknown"
    spool.close()
    technician = SpoolStore(file)
    assert technician.paper.is_torn
    technician.orders.add(Order("reprint", "A001"))
    paper.set_faults()
    start().submit(slip("B002"), "B002")
    told.wait(lambda t: any(job.id == "ticket-A001~1" for job in t.jobs))
    told.wait(lambda t: any(job.id == "ticket-B002" for job in t.jobs))
    whole = [lines for lines in paper.lines() if "B002" in lines or "IN LẠI lần 1" in lines]
    assert sorted(whole) == [["B002"], ["IN LẠI lần 1", "A001"]]
    assert not technician.paper.is_torn
    technician.close()


def test_a_torn_slip_is_cut_off_without_waiting_for_the_next(start, paper, file, told):
    store = SpoolStore(file)
    store.paper.mark_torn(True)
    start()
    assert paper.wait_for(1) == [[]]
    store.close()


class Scripted:
    """A driver that does as it is told."""

    def __init__(self, *results: PrintResult | Exception) -> None:
        self.results = list(results)
        self.printed = 0

    def print(self, _slip):
        self.printed += 1
        result = self.results.pop(0)
        if isinstance(result, Exception):
            raise result
        return result

    def status(self):
        return DeviceStatus(Health.READY)

    def proved_late(self):
        return ()

    def expect_torn(self):
        pass

    def cut_off(self):
        return PrintResult(PrintOutcome.PRINTED, torn=False)

    def recover(self, *, clear):
        pass

    def close(self):
        pass


def test_a_ticket_goes_before_a_list_that_was_asked_for_earlier(start, told, slip):
    is_printing, go_on = threading.Event(), threading.Event()

    class Busy(Scripted):
        def print(self, slip):
            is_printing.set()
            go_on.wait(5)
            return PrintResult(PrintOutcome.PRINTED, "", 9)

    spool = start(open_printer=Busy)
    spool.submit(slip("A001"))
    assert is_printing.wait(5)
    spool.submit(slip("list"), can_wait=True)
    spool.submit(slip("A002"))
    go_on.set()
    told.wait(lambda t: len(t.jobs) == 3)
    assert [job.id for job in told.jobs] == ["ticket-A001", "ticket-A002", "ticket-list"]


GONE = DeviceError(DeviceReason.DISCONNECTED, "p")


@pytest.mark.parametrize(
    ("results", "outcome", "prints"),
    [
        ([ValueError("defect")], ("unknown", "defect"), 1),
        ([PrintResult(PrintOutcome.FAILED, "disconnected", 7)], ("unknown", "disconnected"), 1),
        ([PrintResult(PrintOutcome.FAILED, "unprintable")], ("failed", "unprintable"), 1),
        ([PrintResult(PrintOutcome.FAILED, "timeout"), PrintResult(PrintOutcome.PRINTED)], ("printed", ""), 2),
        ([GONE, PrintResult(PrintOutcome.PRINTED)], ("printed", ""), 2),
    ],
)  # fmt: skip
def test_only_what_never_left_is_tried_again(start, told, slip, results, outcome, prints):
    driver = Scripted(*results)
    start(open_printer=lambda: driver).submit(slip("A001"))
    told.wait(lambda t: t.jobs)
    assert told.outcomes() == [("ticket-A001", *outcome)]
    assert driver.printed == prints


def test_a_slip_under_way_when_the_program_ends_is_waited_for(start, told, slip):
    begun_printing, go_on = threading.Event(), threading.Event()

    class Slow(Scripted):
        def print(self, _slip):
            begun_printing.set()
            go_on.wait(5)
            return PrintResult(PrintOutcome.PRINTED)

    spool = start(open_printer=Slow)
    spool.submit(slip("A001"))
    assert begun_printing.wait(5)
    threading.Timer(0.1, go_on.set).start()
    assert spool.close()
    assert told.outcomes() == [("ticket-A001", "printed", "")]


def test_a_told_job_stays_told_when_asked_again(start, file, told, slip):
    spool = start()
    spool.submit(slip("A001"))
    told.wait(lambda t: t.jobs)
    for _ in range(2):
        spool.acknowledge("ticket-A001", PrintOutcome.PRINTED)
    spool.acknowledge("no-such-job", PrintOutcome.PRINTED)
    spool.close()
    store = SpoolStore(file)
    assert store.find("ticket-A001") == replace(told.jobs[0], acknowledged=True)
    store.close()


def test_a_proof_that_came_after_unknown_was_told_is_told_after_a_crash(start, file, told, slip):
    """The hub's answer to "unknown" arrives when the proof is already on disk, and the program ends."""
    store = SpoolStore(file)
    unknown = after_restart(begun(Job(slip("A001"), "A001", 100.0)), 100.0)
    store.add(unknown)
    store.save(proved_late(unknown, 101.0))
    store.close()
    spool = start(clock=lambda: 110.0)
    spool.acknowledge("ticket-A001", PrintOutcome.UNKNOWN)
    spool.close()
    told.jobs.clear()
    start(clock=lambda: 120.0)
    told.wait(lambda t: t.jobs)
    assert told.outcomes() == [("ticket-A001", "printed", "late")]


def test_each_print_of_a_slip_is_told_by_itself(start, file, told, slip):
    spool = start()
    spool.submit(slip("A001"), "A001")
    technician = SpoolStore(file)
    technician.orders.add(Order("reprint", "A001"))
    told.wait(lambda t: len(t.jobs) == 2)
    spool.acknowledge("ticket-A001~1", PrintOutcome.PRINTED)
    assert [job.id for job in technician.unacknowledged()] == ["ticket-A001"]
    technician.close()


def test_what_a_killed_program_left_half_sent_does_not_swallow_the_next_slip(
    tmp_path, file, told, slip
):
    """Half a picture lies in a printer on a serial line, which does not know that its sender has died."""
    with simulated(tmp_path / "paper", "pty") as port:
        wire = SerialTransport(port.path, port.baud, "none", device="p")
        wire.write(commands.raster(72, 100, bytes(3000)), 1.0)
        wire.close()
        store = SpoolStore(file)
        store.add(Job(slip("A001"), "A001", 100.0))
        store.save(begun(Job(slip("A001"), "A001", 100.0)))
        store.close()
        settings = Settings(kind="escpos", port=port, text="tcvn3")

        def open_printer() -> EscposPrinter:
            line = SerialTransport(port.path, port.baud, "none", device="p")
            return EscposPrinter(line, settings, "p")

        around = Circumstances(Roll(50_000), lambda times: Text(f"IN LẠI {times}"))
        spool = Spool("p", SpoolStore(file), open_printer, told, around)
        spool.submit(slip("A002"), "A002")
        told.wait(lambda t: len(t.jobs) == 2)
        spool.close()
    assert told.outcomes()[1] == ("ticket-A002", "printed", "")
    strip, next_slip = sorted((tmp_path / "paper").glob("slip-*.json"))
    assert json.loads(strip.read_text())["lines"] == []
    assert json.loads(next_slip.read_text())["lines"] == ["A002"]
