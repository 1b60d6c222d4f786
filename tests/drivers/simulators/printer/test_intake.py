import pytest

from drivers.simulators.printer.intake import BUFFER_BYTES, Intake
from drivers.simulators.printer.interpreter.graphics_store import GraphicsStore
from drivers.simulators.printer.interpreter.interpreter import Interpreter
from drivers.simulators.printer.interpreter.operations import AnswerPaper, CutPaper
from drivers.simulators.printer.interpreter.settings import Firmware
from drivers.simulators.printer.mechanics.paper import Paper


@pytest.fixture
def intake() -> Intake:
    return Intake(Interpreter(576, Firmware(), GraphicsStore()), Paper(80))


def test_a_real_time_request_is_found_across_pieces_and_within_data(intake: Intake) -> None:
    assert list(intake.receive(b"A\x10")) == []
    assert list(intake.receive(b"\x04\x01B\x10\x05\x02")) == [b"\x10\x04\x01", b"\x10\x05\x02"]
    assert list(intake.receive(b"\x01")) == []


def test_work_stays_due_until_it_is_finished(intake: Intake) -> None:
    assert list(intake.receive(b"\x1dr\x01\x1dV\x01")) == []
    assert isinstance(intake.next(), AnswerPaper)
    assert isinstance(intake.next(), AnswerPaper)
    intake.finish()
    assert isinstance(intake.next(), CutPaper)
    intake.finish()
    assert intake.next() is None
    assert intake.is_empty


def test_clearing_forgets_whole_and_half_commands(intake: Intake) -> None:
    list(intake.receive(b"\x1dV\x01\x1d"))
    assert intake.room == BUFFER_BYTES - 4
    intake.clear()
    list(intake.receive(b"r\x01\n"))
    assert not isinstance(intake.next(), AnswerPaper)


def test_hanging_up_forgets_an_unfinished_command(intake: Intake) -> None:
    list(intake.receive(b"\x1d"))
    assert intake.next() is None
    intake.hang_up()
    list(intake.receive(b"\x1dr\x01"))
    assert isinstance(intake.next(), AnswerPaper)
