"""What a simulated printer or a scripted end says, and what the one listener makes of it."""

import logging
import threading

import pytest

from drivers.escpos.back_channel import BackChannel
from drivers.escpos.status import QueuedStatus
from drivers.transports.memory import memory_pair

LOG = logging.getLogger("device.heard")


@pytest.fixture
def wire():
    ours, theirs = memory_pair("p")
    yield BackChannel(ours, LOG), theirs
    ours.close()


def answering(theirs, *answers: bytes) -> threading.Thread:
    def answer() -> None:
        for data in answers:
            theirs.read(16, 5.0)
            theirs.write(data, 1.0)

    thread = threading.Thread(target=answer)
    thread.start()
    return thread


def test_rubbish_is_unknown_and_logged_once_until_there_is_sense_again(wire, caplog):
    back, theirs = wire
    device = answering(theirs, b"\xff\x92\xe0", b"\xff", b"\x12", b"\xff")
    with caplog.at_level(logging.WARNING, LOG.name):
        assert [back.ask((1,)), back.ask((1,))] == [{}, {}]
        assert len(caplog.records) == 1
        assert back.ask((1,)) == {1: 0x12}
        assert back.ask((1,)) == {}
    device.join()
    assert len(caplog.records) == 2


def test_an_answer_is_found_among_noise_and_automatic_status(wire):
    back, theirs = wire
    device = answering(theirs, b"\xff\x18\x00\x0c\x0f\xe0\x1a\xff")
    assert back.ask((1,)) == {1: 0x1A}
    device.join()


def test_the_rest_of_an_automatic_status_is_not_taken_for_an_answer_of_the_queue(wire):
    back, theirs = wire
    back.fences_out = 1
    theirs.write(b"\x10\x00", 1.0)
    later = threading.Timer(0.005, lambda: theirs.write(b"\x00\x0f", 1.0))
    later.start()
    back.catch_up()
    later.join()
    assert back.fences_out == 1


def test_an_identity_that_comes_back_later_proves_its_job_once(wire):
    back, theirs = wire
    back.await_later((b"Ab1!",), "ticket-t1")
    theirs.write(b"\x37\x22Ab1!\x00\x37\x22Zz9!\x00", 1.0)
    back.catch_up()
    assert back.take_proved() == ("ticket-t1",)
    theirs.write(b"\x37\x22Ab1!\x00", 1.0)
    back.catch_up()
    assert back.take_proved() == ()


def test_answers_of_the_queue_are_counted(wire):
    back, theirs = wire
    back.fences_out = 2
    theirs.write(b"\x00\x63", 1.0)
    assert back.hear(1.0) == [QueuedStatus(0), QueuedStatus(0x63)]
    assert back.fences_out == 1


def test_four_questions_are_answered_in_their_order(wire):
    back, theirs = wire
    device = answering(theirs, b"\x12\x16\x1a\x1e")
    assert back.ask((1, 4, 2, 3)) == {1: 0x12, 4: 0x16, 2: 0x1A, 3: 0x1E}
    device.join()


def test_a_printer_that_answers_one_question_of_four_is_asked_one_by_one_from_then_on(wire):
    back, theirs = wire
    device = answering(theirs, b"\x12", b"\x12", b"\x16", b"\x1a", b"\x1e")
    assert back.ask((1, 4, 2, 3)) == {}
    assert back.ask((1, 4, 2, 3)) == {1: 0x12, 4: 0x16, 2: 0x1A, 3: 0x1E}
    device.join()


def test_two_names_prove_a_job_in_their_order_alone(wire):
    back, theirs = wire
    back.await_later((b"aaaa", b"bbbb"), "ticket-t1")
    for name, proved in ((b"bbbb", ()), (b"aaaa", ()), (b"bbbb", ("ticket-t1",))):
        theirs.write(b"\x37\x22" + name + b"\x00", 1.0)
        back.catch_up()
        assert back.take_proved() == proved
