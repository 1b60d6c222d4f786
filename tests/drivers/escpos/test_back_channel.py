"""What a simulated printer or a scripted end says, and what the one listener makes of it."""

import logging
import threading
import time

import pytest

from drivers.escpos.answers.learned import Ability
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


def test_an_identity_that_comes_back_later_proves_its_job(wire):
    back, theirs = wire
    back.late.expect((b"Ab1!",), "ticket-t1")
    theirs.write(b"\x37\x22Ab1!\x00\x37\x22Zz9!\x00", 1.0)
    back.catch_up()
    assert back.late.take() == ("ticket-t1",)
    assert back.learned.has(Ability.IDENTITY)


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


@pytest.mark.parametrize("late", [0.15, 0.35])
def test_late_answers_are_not_taken_for_those_to_the_next_question(wire, late):
    """The first question was about a printer without paper, the second one comes when there is paper again."""
    back, theirs = wire
    said = threading.Timer(late, lambda: theirs.write(b"\x1a\x72\x32\x12", 1.0))
    said.start()
    back._outstanding.asked(time.monotonic() - 0.4, 4)
    then = threading.Timer(late + 0.4, lambda: theirs.write(b"\x12\x12\x12\x12", 1.0))
    then.start()
    assert back.ask((1, 4, 2, 3)) == dict.fromkeys((1, 4, 2, 3), 0x12)
    said.join()
    then.join()


def test_a_printer_that_was_silent_is_believed_when_no_second_answer_follows(wire):
    back, theirs = wire
    device = answering(theirs, b"\x12\x12\x12\x12")
    back._outstanding.asked(time.monotonic() - 0.1, 4)
    assert back.ask((1, 4, 2, 3)) == dict.fromkeys((1, 4, 2, 3), 0x12)
    device.join()


def test_a_slip_in_the_slot_is_an_answer_and_bit_7_elsewhere_is_noise(wire):
    back, theirs = wire
    device = answering(theirs, b"\x92\x12\x12\x12", b"\x92\x92\x92\x92", b"\x12\x92\x12\x12")
    assert back.ask((1, 4, 2, 3)) == {1: 0x92, 4: 0x12, 2: 0x12, 3: 0x12}
    assert back.ask((1, 4, 2, 3)) == {}
    back._asks_singly = False
    assert back.ask((1, 4, 2, 3)) == {}
    device.join()


def test_a_report_of_trouble_stands_until_an_answer(wire):
    back, theirs = wire
    theirs.write(b"\x18\x00\x0f\x0f", 1.0)
    assert back.ask((1, 4, 2, 3)) == {}
    assert back.unasked.trouble is not None
    assert len(theirs.read(64, 0.1)) == 12
    device = answering(theirs, b"\x12\x12\x12\x12")
    assert back.ask((1, 4, 2, 3)) != {}
    assert back.unasked.trouble is None
    device.join()


def test_a_printer_without_gs_r_is_asked_twice_and_then_no_more(wire):
    back, theirs = wire
    back.fences_out = 1
    assert [back.is_worked_off(0.01) for _ in range(3)] == [False, True, True]
    assert theirs.read(64, 0.1) == b"\x1dr\x01" * 2
