"""What CUPS 2.4 prints, as it printed it."""

from datetime import datetime

import pytest

from drivers.errors import DeviceReason
from drivers.transports.cups_answers import jobs_of, number_of, trouble_of

IDLE = "printer ticket is idle.  enabled since Tue Dec  1 19:20:22 2026\n\tAlerts: none\n"
STOPPED = """printer ticket disabled since Tue Dec  1 19:20:55 2026 -
	reason unknown
	Form mounted:
	Alerts: paused
"""
JOBS = """ticket-1                root              1024   Tue Dec  1 19:20:54 2026
	Status: The printer may not exist or is unavailable at this time.
	Alerts: job-printing
	queued for ticket
ticket-12               kiosk             1024   Wed Dec 23 09:00:05 2026
	Alerts: none
	queued for ticket
"""
ENDED = """ticket-3                root              1024   Tue Dec  1 19:24:01 2026
	Status: \n	Alerts: processing-to-stop-point
ticket-6                root              1024   Tue Dec  1 19:24:08 2026
	Status: \n	Alerts: job-canceled-by-user
ticket-7                root              1024   Tue Dec  1 19:24:24 2026
	Alerts: processing-to-stop-point
"""
"""Of a job that was printed, one that was cancelled while it was printed, and one that was cancelled before."""


def test_jobs_with_what_became_of_them() -> None:
    begun, waiting = jobs_of(JOBS)
    assert (begun.id, begun.user, begun.has_begun) == ("ticket-1", "root", True)
    assert begun.at == datetime(2026, 12, 1, 19, 20, 54)
    assert (waiting.id, waiting.user, waiting.has_begun) == ("ticket-12", "kiosk", False)
    assert waiting.at == datetime(2026, 12, 23, 9, 0, 5)
    ended = [(job.has_message, job.was_ended) for job in jobs_of(ENDED)]
    assert ended == [(True, False), (True, True), (False, False)]
    assert list(jobs_of("lpstat: Invalid destination name\n\tStatus: x\n")) == []


def test_the_number_of_a_job() -> None:
    assert number_of("request id is ticket-12 (1 file(s))\n") == "ticket-12"
    assert number_of("") == ""


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (IDLE, None),
        ("", None),
        (IDLE.replace("none", "media-low-report"), None),
        (STOPPED, DeviceReason.OFFLINE),
        (IDLE.replace("none", "media-empty-error"), DeviceReason.OUT_OF_PAPER),
        (STOPPED.replace("paused", "paused cover-open-error"), DeviceReason.COVER_OPEN),
    ],
)
def test_why_a_queue_passes_nothing_on(answer, reason) -> None:
    assert trouble_of(answer) is reason
