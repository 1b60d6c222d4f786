"""State machine of a print job and its retry rule: queued → sending → printed, failed or unknown. Pure; times in seconds.

If no byte of a job left, it goes back into the queue for a retry. If bytes left and no proof came, it is unknown and is not
sent again: a reprint is a job of its own, requested by a person and marked on the paper.
"""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from drivers.escpos.status import PrinterReason
from drivers.protocols import Confidence, PrintOutcome, PrintResult
from drivers.slip import Block, Slip

PATIENCE_SECONDS: Final = 60.0
"""A queued job fails after this time without the printer: the person who waited for the paper has gone with the number."""

RESTARTED: Final = "restarted"
TOO_LATE: Final = "too_late"
LATE: Final = "late"

_AGAIN: Final = "~"
_HOPELESS: Final = frozenset({PrinterReason.UNPRINTABLE.value})


class JobState(StrEnum):
    """Where a job stands; the last three are outcomes."""

    QUEUED = "queued"
    SENDING = "sending"
    PRINTED = "printed"
    FAILED = "failed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Job:
    """One slip in the queue. `label` is what people call it; `reprint` counts from 1, 0 is the first print.

    `attempts` counts the times that sending began, `bytes_sent` what left in the last; `acknowledged` is whether the outcome
    is kept elsewhere. A job that `can_wait` gives all others precedence.
    """

    slip: Slip
    label: str
    queued_at: float
    state: JobState = JobState.QUEUED
    reprint: int = 0
    reason: str = ""
    confidence: Confidence = Confidence.NONE
    attempts: int = 0
    bytes_sent: int = 0
    settled_at: float = 0.0
    acknowledged: bool = False
    can_wait: bool = False

    @property
    def id(self) -> str:
        """The id of the job, unique in its spool."""
        return self.slip.job

    @property
    def is_settled(self) -> bool:
        """Whether the job has an outcome."""
        return self.state not in {JobState.QUEUED, JobState.SENDING}

    @property
    def outcome(self) -> PrintOutcome:
        """The outcome of a settled job."""
        return PrintOutcome(self.state.value)


class ImpossibleStepError(Exception):
    """A transition that the state machine does not have: a defect of the caller."""


def begun(job: Job) -> Job:
    """The job is about to be sent."""
    _must_be(job, JobState.QUEUED)
    return replace(job, state=JobState.SENDING, attempts=job.attempts + 1)


def after(job: Job, result: PrintResult, now: float, busy: float = 0.0) -> Job:
    """The attempt has ended: an outcome, or back into the queue where nothing left. `busy` is as for `in_time`."""
    _must_be(job, JobState.SENDING)
    if result.outcome is PrintOutcome.PRINTED:
        state = JobState.PRINTED
    elif result.bytes_sent or result.outcome is PrintOutcome.UNKNOWN:
        state = JobState.UNKNOWN
    elif result.reason in _HOPELESS or now - job.queued_at - busy >= PATIENCE_SECONDS:
        state = JobState.FAILED
    else:
        return replace(job, state=JobState.QUEUED, reason=result.reason)
    return replace(
        job,
        state=state,
        reason=result.reason,
        confidence=result.confidence,
        bytes_sent=result.bytes_sent,
        settled_at=now,
    )


def in_time(job: Job, now: float, busy: float = 0.0) -> Job:
    """The job as it is now; one that was queued for too long has failed. A clock that was set back does not count as waiting.

    `busy` are the seconds since it was queued in which the printer had other jobs of the queue, which do not count either.
    """
    if job.state is not JobState.QUEUED or now - job.queued_at - busy < PATIENCE_SECONDS:
        return job
    return replace(job, state=JobState.FAILED, reason=job.reason or TOO_LATE, settled_at=now)


def after_restart(job: Job, now: float) -> Job:
    """The job after a restart of its program: one that was being sent may or may not be on paper."""
    if job.state is not JobState.SENDING:
        return job
    return replace(
        job,
        state=JobState.UNKNOWN,
        reason=RESTARTED,
        confidence=Confidence.TRANSPORT,
        settled_at=now,
    )


def proved_late(job: Job, now: float) -> Job:
    """The printer went on and proved the job; only an unknown outcome changes by it."""
    if job.state is not JobState.UNKNOWN:
        return job
    return replace(
        job,
        state=JobState.PRINTED,
        reason=LATE,
        confidence=Confidence.PROCESS_ID,
        settled_at=now,
        acknowledged=False,
    )


def reprint_of(job: Job, times: int, mark: Block, now: float) -> Job:
    """A new job with the same slip, the mark above it, for the `times`-th time."""
    slip = Slip(id_of(root_of(job.id), times), (mark, *_unmarked(job)), job.slip.personal)
    return Job(slip, job.label, now, reprint=times)


def id_of(root: str, reprint: int) -> str:
    """The id of the n-th reprint of this first print; for 0 that of the first print itself."""
    return f"{root}{_AGAIN}{reprint}" if reprint else root


def root_of(job: str) -> str:
    """The id of the first print, from that of any of its reprints."""
    return job.partition(_AGAIN)[0]


def _unmarked(job: Job) -> tuple[Block, ...]:
    return job.slip.blocks[1:] if job.reprint else job.slip.blocks


def _must_be(job: Job, state: JobState) -> None:
    if job.state is not state:
        raise ImpossibleStepError(f"{job.id} is {job.state}, not {state}")
