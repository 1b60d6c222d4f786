"""Listings of `lpstat` as cups 2.4 writes them."""

import pytest

from drivers.documents.states import (
    DocumentState,
    QueueState,
    job_alerts,
    queue_state,
    state_of_ended,
    state_of_waiting,
)

JOBS = """office-12              an              1024   Tue 01 Dec 2026 18:00:00
\tStatus: Printing page 1, 40% complete.
\tAlerts: job-printing
\tqueued for office
office-123             binh            2048   Tue 01 Dec 2026 18:01:00
\tAlerts: job-hold-until-specified
\tqueued for office
office-124             chi             2048   Tue 01 Dec 2026 18:02:00
"""


def test_each_job_has_its_own_alerts() -> None:
    assert job_alerts(JOBS, "office-12") == ("job-printing",)
    assert job_alerts(JOBS, "office-123") == ("job-hold-until-specified",)
    assert job_alerts(JOBS, "office-124") == ()
    assert job_alerts(JOBS, "office-1") is None
    assert job_alerts("", "office-1") is None


@pytest.mark.parametrize(
    ("alerts", "hindrance"),
    [
        ("none", None),
        ("media-empty-error", DocumentState.PAPER_OUT),
        ("media-empty-warning media-needed-error", DocumentState.PAPER_OUT),
        ("cover-open-error", DocumentState.ATTENTION),
        ("toner-low-report", None),
        ("marker-supply-empty-warning", None),
        ("offline-report", DocumentState.ATTENTION),
        ("media-jam", DocumentState.ATTENTION),
    ],
)
def test_what_the_printer_reports_is_in_the_way_or_not(alerts, hindrance) -> None:
    told = f"printer office is idle.  enabled since Tue\n\tAlerts: {alerts}\n"
    state = queue_state(told, "office accepting requests since Tue")
    assert state is not None
    assert (state.enabled, state.accepting, state.hindrance) == (True, True, hindrance)


def test_a_stopped_queue_accepts_and_prints_nothing() -> None:
    state = queue_state("printer office disabled since Tue -\n\tPaused", "office accepting requests")  # fmt: skip
    assert state is not None
    assert (state.accepting, state.hindrance) == (True, DocumentState.STOPPED)
    assert queue_state("", "") is None


@pytest.mark.parametrize(
    ("alerts", "queue", "state"),
    [
        (("job-hold-until-specified",), None, DocumentState.HELD),
        (("job-printing",), None, DocumentState.PRINTING),
        ((), QueueState(True, True), DocumentState.WAITING),
        (("printer-stopped",), QueueState(True, True), DocumentState.STOPPED),
        (("job-printing",), QueueState(False, True), DocumentState.STOPPED),
    ],
)
def test_the_state_of_a_job_that_is_not_over(alerts, queue, state) -> None:
    assert state_of_waiting(alerts, queue) is state


@pytest.mark.parametrize(
    ("alerts", "state"),
    [
        (("job-completed-successfully",), DocumentState.FINISHED),
        (("job-completed-with-warnings",), DocumentState.FINISHED),
        (("job-canceled-by-user",), DocumentState.CANCELLED),
        (("aborted-by-system",), DocumentState.FAILED),
        ((), DocumentState.UNKNOWN),
    ],
)
def test_the_state_of_a_job_that_is_over(alerts, state) -> None:
    assert state_of_ended(alerts) is state
