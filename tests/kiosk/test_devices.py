"""What the kiosk's devices tell the flow."""

from pathlib import Path

import pytest

from config.loading import load
from drivers.protocols import Confidence, PrintOutcome
from drivers.slip import Slip, Text
from drivers.spool.jobs import Job, JobState
from kiosk.devices import KioskDevices
from kiosk.flow.events import SlipDone

DEMO = Path(__file__).parents[2] / "config" / "examples" / "demo.toml"


@pytest.mark.parametrize(
    ("job", "expected"),
    [
        (Job(Slip("ticket-t", ()), "A1", 0.0, JobState.PRINTED, confidence=Confidence.FENCE), SlipDone("ticket-t", PrintOutcome.PRINTED, "fence")),
        (Job(Slip("ticket-t~2", ()), "A1", 0.0, JobState.PRINTED, reprint=2, reason="late", confidence=Confidence.PROCESS_ID), SlipDone("ticket-t", PrintOutcome.PRINTED, "late, process_id", 2)),
        (Job(Slip("list-1.1#ab", ()), "", 0.0, JobState.UNKNOWN, reason="cover_open", confidence=Confidence.TRANSPORT), SlipDone("list-1.1", PrintOutcome.UNKNOWN, "cover_open, transport")),
    ],
)  # fmt: skip
def test_what_became_of_a_slip_is_told_with_its_reason_and_what_it_rests_on(
    job, expected, tmp_path
) -> None:
    happened: list[object] = []
    devices = KioskDevices(load(DEMO).kiosks[0], happened.append, tmp_path, Text)
    devices.job_settled(job)
    assert happened == [expected]


def test_a_slip_that_cannot_be_kept_is_not_printed(tmp_path) -> None:
    happened: list[object] = []
    devices = KioskDevices(load(DEMO).kiosks[0], happened.append, tmp_path, Text)
    devices.print(Slip("ticket-t", ()))
    devices.reprint(Slip("ticket-t", ()), 2, "A1")
    failed = PrintOutcome.FAILED
    assert happened == [
        SlipDone("ticket-t", failed, "no_printer"),
        SlipDone("ticket-t", failed, "no_printer", 2),
    ]
