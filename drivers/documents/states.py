"""Parser of `lpstat`: what became of a document, out of the listings of jobs and of the queue (cups 2.x, LC_ALL=C).

`lpstat -l -o QUEUE` has a line for each job and indented lines below it; `Alerts:` are its job-state-reasons, those of
`lpstat -l -p QUEUE` the printer-state-reasons (RFC 8011, 5.3.8 and 5.4.12).
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class DocumentState(StrEnum):
    """The state of a document. Silence is UNKNOWN, never FINISHED."""

    WAITING = "waiting"
    PRINTING = "printing"
    HELD = "held"
    STOPPED = "stopped"
    PAPER_OUT = "paper_out"
    ATTENTION = "attention"
    """Somebody has to go to the printer: cover, jam, toner, or it cannot be reached."""
    FINISHED = "finished"
    CANCELLED = "cancelled"
    FAILED = "failed"
    UNKNOWN = "unknown"

    @property
    def is_final(self) -> bool:
        """Whether nothing more becomes of the document."""
        return self in {self.FINISHED, self.CANCELLED, self.FAILED}


@dataclass(frozen=True, slots=True)
class QueueState:
    """What the queue says of itself. `alerts` are the keywords of its printer, such as `media-empty-error`."""

    enabled: bool
    accepting: bool
    alerts: tuple[str, ...] = ()

    @property
    def hindrance(self) -> DocumentState | None:
        """Why nothing comes out; None where nothing is in the way."""
        if any(alert.startswith(_PAPER) for alert in self.alerts):
            return DocumentState.PAPER_OUT
        if not self.enabled:
            return DocumentState.STOPPED
        wants = (a for a in self.alerts if a.startswith(_ATTENTION) and not a.endswith("-warning"))
        return DocumentState.ATTENTION if any(wants) else None


_PAPER: Final = ("media-empty", "media-needed", "input-tray-missing")
_ATTENTION: Final = (
    "media-jam", "cover-open", "door-open", "interlock-open", "toner-empty", "marker-supply-empty", "output-area-full",
    "offline", "connecting-to-device", "timed-out", "shutdown", "cups-waiting-for", "fuser-", "other-error",
)  # fmt: skip


def queue_state(told: str, accepting: str) -> QueueState | None:
    """The queue out of `lpstat -l -p` and `lpstat -a`; None where the first has no printer."""
    heads = [line for line in told.splitlines() if line.startswith("printer ")]
    if not heads:
        return None
    # «printer NAME disabled since …», «printer NAME is idle.  enabled since …», «printer NAME now printing NAME-7.  enabled …»
    is_enabled = " disabled since" not in heads[0]
    return QueueState(is_enabled, "not accepting" not in accepting, _alerts(told.splitlines()))


def job_alerts(told: str, job: str) -> tuple[str, ...] | None:
    """The keywords of one job of `lpstat -l -o`; None where the listing does not have it."""
    lines = told.splitlines()
    for place, line in enumerate(lines):
        if line.split(maxsplit=1)[:1] == [job]:
            own = lines[place + 1 :]
            end = next((i for i, each in enumerate(own) if each[:1] not in {"\t", " "}), len(own))
            return _alerts(own[:end])
    return None


def state_of_waiting(alerts: tuple[str, ...], queue: QueueState | None) -> DocumentState:
    """The state of a job that is not over."""
    if any(alert.startswith(("job-hold", "job-held")) for alert in alerts):
        return DocumentState.HELD
    if queue is not None and queue.hindrance is not None:
        return queue.hindrance
    if "printer-stopped" in alerts:
        return DocumentState.STOPPED
    return DocumentState.PRINTING if "job-printing" in alerts else DocumentState.WAITING


def state_of_ended(alerts: tuple[str, ...]) -> DocumentState:
    """The state of a job that is over."""
    if any("cancel" in alert for alert in alerts):
        return DocumentState.CANCELLED
    if any("abort" in alert or "unprintable" in alert for alert in alerts):
        return DocumentState.FAILED
    if any(alert.startswith("job-completed") for alert in alerts):
        return DocumentState.FINISHED
    return DocumentState.UNKNOWN


def _alerts(lines: list[str]) -> tuple[str, ...]:
    found = [line.strip().removeprefix("Alerts:") for line in lines if "Alerts:" in line]
    return tuple(word for word in " ".join(found).replace(",", " ").split() if word != "none")
