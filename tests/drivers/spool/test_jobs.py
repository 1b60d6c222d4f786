"""Rules of a job's life, over every result that a driver may give."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.protocols import Confidence, PrintOutcome, PrintResult
from drivers.slip import Slip, Text
from drivers.spool.jobs import (
    PATIENCE_SECONDS,
    ImpossibleStepError,
    Job,
    JobState,
    after,
    after_restart,
    begun,
    in_time,
    proved_late,
    reprint_of,
    root_of,
)

MARK = Text("IN LẠI")
FRESH = Job(Slip("ticket-t1", (Text("A001"),)), "A001", queued_at=100.0)
RESULTS = st.builds(
    PrintResult,
    st.sampled_from(PrintOutcome),
    st.sampled_from(["", "out_of_paper", "unprintable", "no_proof"]),
    st.integers(0, 600),
    st.sampled_from(Confidence),
)


@given(RESULTS, st.floats(0, 1000))
def test_what_may_be_on_paper_is_never_sent_again_by_itself(result, waited):
    job = after(begun(FRESH), result, FRESH.queued_at + waited)
    if result.bytes_sent or result.outcome is not PrintOutcome.FAILED:
        assert job.state in {JobState.PRINTED, JobState.UNKNOWN}
    else:
        assert job.state in {JobState.QUEUED, JobState.FAILED}


@given(RESULTS, st.floats(0, 1000))
def test_printed_is_said_of_a_printed_result_alone(result, waited):
    job = after(begun(FRESH), result, FRESH.queued_at + waited)
    assert (job.state is JobState.PRINTED) is (result.outcome is PrintOutcome.PRINTED)


@pytest.mark.parametrize("reason", ["out_of_paper", "timeout", "status_unknown"])
def test_a_job_of_which_nothing_left_is_begun_again(reason):
    job = after(begun(FRESH), PrintResult(PrintOutcome.FAILED, reason), FRESH.queued_at + 1)
    assert (job.state, job.reason) == (JobState.QUEUED, reason)
    assert begun(job).attempts == 2


def test_what_was_being_sent_when_the_program_ended_is_unknown():
    left = after_restart(begun(FRESH), 200.0)
    assert (left.state, left.reason, left.confidence) == (
        JobState.UNKNOWN,
        "restarted",
        Confidence.TRANSPORT,
    )
    assert after_restart(FRESH, 200.0) == FRESH


def test_a_job_that_could_not_begin_in_time_has_failed_and_says_why():
    waiting = after(begun(FRESH), PrintResult(PrintOutcome.FAILED, "cover_open"), 101.0)
    assert in_time(waiting, 100.0 + PATIENCE_SECONDS - 1) == waiting
    late = in_time(waiting, 100.0 + PATIENCE_SECONDS)
    assert (late.state, late.reason) == (JobState.FAILED, "cover_open")
    assert in_time(FRESH, 100.0 + PATIENCE_SECONDS).reason == "too_late"
    assert in_time(FRESH, 0.0) == FRESH


@pytest.mark.parametrize("state", JobState)
def test_a_late_proof_makes_unknown_printed_and_nothing_else(state):
    job = replace(FRESH, state=state, acknowledged=True)
    proved = proved_late(job, 300.0)
    if state is JobState.UNKNOWN:
        assert (proved.state, proved.reason, proved.acknowledged) == (
            JobState.PRINTED,
            "late",
            False,
        )
    else:
        assert proved == job


@pytest.mark.parametrize("state", [s for s in JobState if s is not JobState.QUEUED])
def test_only_what_waits_is_begun(state):
    with pytest.raises(ImpossibleStepError):
        begun(replace(FRESH, state=state))


def test_a_reprint_is_a_job_of_its_own_with_one_mark():
    first = reprint_of(FRESH, 1, MARK, 200.0)
    second = reprint_of(first, 2, MARK, 201.0)
    assert (first.id, second.id) == ("ticket-t1~1", "ticket-t1~2")
    assert second.slip.blocks == (MARK, Text("A001"))
    assert {root_of(job.id) for job in (FRESH, first, second)} == {"ticket-t1"}
