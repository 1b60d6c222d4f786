"""The file itself: what one opening wrote, another reads."""

from dataclasses import replace

from drivers.protocols import Confidence
from drivers.slip import Slip, Text
from drivers.spool.jobs import Job, JobState, begun, reprint_of
from drivers.spool.orders import Order
from drivers.spool.store import SpoolStore

JOB = Job(Slip("ticket-t1", (Text("Số A001"),)), "A001", 100.0)


def test_a_job_outlives_its_program(file):
    store = SpoolStore(file)
    assert store.add(JOB)
    sending = replace(begun(JOB), reason="cover_open")
    store.save(sending)
    store.close()
    again = SpoolStore(file)
    assert again.unsettled() == [sending]
    again.close()


def test_a_job_is_kept_once(store):
    assert store.add(JOB)
    assert not store.add(replace(JOB, label="B002"))
    assert store.latest(9) == [JOB]


def test_outcomes_are_kept_until_they_were_told_and_old(store):
    done = replace(JOB, state=JobState.PRINTED, confidence=Confidence.PROCESS_ID, settled_at=200.0)
    store.add(done)
    store.forget_before(1000.0)
    assert store.unacknowledged() == [done]
    store.save(replace(done, acknowledged=True))
    assert store.unacknowledged() == []
    store.forget_before(150.0)
    assert store.find(done.id) is not None
    store.forget_before(201.0)
    assert store.find(done.id) is None


def test_all_prints_of_a_number_are_found_by_it_or_by_the_job(store):
    again = reprint_of(JOB, 1, Text("IN LẠI"), 200.0)
    other = replace(JOB, slip=Slip("ticket-t11", ()), label="A011")
    for job in (JOB, again, other):
        store.add(job)
    assert store.prints_of("A001") == [JOB, again]
    assert store.prints_of("ticket-t1~1") == [JOB, again]
    assert store.prints_of("nothing") == []


def test_a_number_of_another_day_is_not_taken_for_todays(store):
    today = replace(JOB, slip=Slip("ticket-t2", ()))
    store.add(JOB)
    store.add(today)
    assert store.prints_of("A001") == [today]


def test_orders_come_from_another_opening_and_go_when_carried_out(file, store):
    technician = SpoolStore(file)
    technician.orders.add(Order("reprint", "A001"))
    technician.close()
    ((place, order),) = store.orders.waiting()
    assert order == Order("reprint", "A001")
    store.add_for_order(place, JOB)
    assert (store.orders.waiting(), store.unsettled()) == ([], [JOB])


def test_a_slip_that_cannot_be_read_is_not_printed(file, store):
    store.add(JOB)
    store._file.change("UPDATE jobs SET slip = 'torn'")
    (job,) = store.unsettled()
    assert (job.state, job.reason) == (JobState.FAILED, "unreadable")
