"""What a person asks of a printer reaches the file that its program reads."""

from dataclasses import replace

import pytest
from click.testing import CliRunner

from centerfloor.cli import main
from drivers.protocols import Confidence
from drivers.slip import Slip, Text
from drivers.spool.file import spool_file
from drivers.spool.jobs import Job, JobState
from drivers.spool.orders import Order
from drivers.spool.store import SpoolStore

JOB = Job(
    Slip("ticket-t1", (Text("A001"),)),
    "A001",
    1_795_000_000.0,
    JobState.UNKNOWN,
    reason="out_of_paper",
    confidence=Confidence.TRANSPORT,
)


@pytest.fixture
def store(tmp_path):
    kept = SpoolStore(spool_file(tmp_path, "kiosk-1"))
    kept.add(JOB)
    kept.paper.use(80_000)
    yield kept
    kept.close()


@pytest.fixture
def run(tmp_path):
    def invoke(*words: str):
        place = ("--device", "kiosk-1", "--state", str(tmp_path))
        return CliRunner().invoke(main, ["printer", words[0], *place, *words[1:]])

    return invoke


def test_the_last_slips_are_listed_with_what_became_of_them(run, store) -> None:
    again = replace(JOB, slip=Slip("ticket-t1~1", ()), reprint=1, state=JobState.QUEUED, reason="")
    store.add(again)
    lines = run("jobs").output.splitlines()
    assert lines[0].endswith("A001     queued     sent, nobody knows more  reprint 1")
    assert lines[1].endswith("A001     unknown    out of paper, sent, nobody knows more")
    assert lines[2] == "paper since the last roll: 10.0 m"
    assert len(run("jobs", "--last", "1").output.splitlines()) == 2


@pytest.mark.parametrize(
    ("words", "order"),
    [
        (("reprint", "A001"), Order("reprint", "A001")),
        (("paper-changed",), Order("paper-changed")),
        (("resume",), Order("resume")),
        (("resume", "--clear"), Order("clear")),
    ],
)
def test_an_order_waits_for_the_program_that_has_the_printer(run, store, words, order) -> None:
    assert run(*words).exit_code == 0
    assert [left for _, left in store.orders.waiting()] == [order]


def test_a_slip_that_was_never_printed_here_cannot_be_printed_again(run, store) -> None:
    answer = run("reprint", "B999")
    assert answer.exit_code == 2
    assert "B999" in answer.output
    assert store.orders.waiting() == []


def test_a_device_that_never_printed_here_is_told(run) -> None:
    answer = run("jobs")
    assert answer.exit_code == 2
    assert "kiosk-1.spool" in answer.output
