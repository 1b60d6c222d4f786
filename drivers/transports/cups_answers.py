"""Parser of what CUPS' commands `lp` and `lpstat` print in the C locale. Pure.

Forms as CUPS 2.4 prints them: `printer ticket disabled since Tue Dec  1 19:20:55 2026 -`, below it the reason; jobs as
`ticket-1   root   1024   Tue Dec  1 19:20:54 2026`, below them, indented, `Status:` and `Alerts:`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from drivers.errors import DeviceReason

_NUMBERED: Final = re.compile(r"request id is (\S+-\d+)")
_MONTHS: Final = [
    "Jan",
    "Feb",
    "Mar",
    "Apr",
    "May",
    "Jun",
    "Jul",
    "Aug",
    "Sep",
    "Oct",
    "Nov",
    "Dec",
]
_JOB: Final = re.compile(
    rf"^(\S+-\d+)\s+(\S+)\s+\d+\s+\w+ ({'|'.join(_MONTHS)})\s+(\d+) (\d\d):(\d\d):(\d\d) (\d{{4}})"
)
_NOT_BEGUN: Final = frozenset(
    {"", "none", "job-incoming", "job-queued", "job-hold-until-specified"}
)
_ENDED: Final = ("job-canceled", "job-stopped", "aborted")
_TROUBLES: Final = {
    "media-empty": DeviceReason.OUT_OF_PAPER,
    "media-needed": DeviceReason.OUT_OF_PAPER,
    "cover-open": DeviceReason.COVER_OPEN,
    "door-open": DeviceReason.COVER_OPEN,
    "media-jam": DeviceReason.FAULT,
    "offline": DeviceReason.OFFLINE,
}


@dataclass(slots=True)
class QueuedJob:
    """One job of a queue: when it was given there (the server's local time), and what CUPS says of it."""

    id: str
    user: str
    at: datetime
    alerts: list[str] = field(default_factory=list)
    has_message: bool = False

    @property
    def has_begun(self) -> bool:
        """Whether anything of it may have gone to the printer: its backend has left a message, empty or not, or it is printing."""
        return self.has_message or not _NOT_BEGUN.issuperset(self.alerts)

    @property
    def was_ended(self) -> bool:
        """Whether somebody cancelled it, or CUPS gave it up. One that ended by itself is at its "stop point" as well."""
        return any(alert.startswith(_ENDED) for alert in self.alerts)


def number_of(answer: str) -> str:
    """The id that `lp` gave to a job; empty where it names none."""
    found = _NUMBERED.search(answer)
    return found[1] if found else ""


def jobs_of(answer: str) -> Iterator[QueuedJob]:
    """The jobs that `lpstat -l -o` lists."""
    job: QueuedJob | None = None
    for line in answer.splitlines():
        if found := _JOB.match(line):
            if job is not None:
                yield job
            job = _job(found)
        elif job is not None:
            name, _, value = line.strip().partition(":")
            if name == "Alerts":
                job.alerts = value.split()
            elif name == "Status":
                job.has_message = True
    if job is not None:
        yield job


def _job(found: re.Match[str]) -> QueuedJob:
    name, user, month, *numbers = found.groups()
    day, hour, minute, second, year = map(int, numbers)
    at = datetime(year, _MONTHS.index(month) + 1, day, hour, minute, second)
    return QueuedJob(name, user, at)


def trouble_of(answer: str) -> DeviceReason | None:
    """Why the queue of `lpstat -l -p` passes nothing to its printer; None where it does, as far as CUPS knows."""
    lines = answer.splitlines()
    alerts = [line.partition(":")[2] for line in lines if line.strip().startswith("Alerts:")]
    reported = " ".join(alerts)
    for word, reason in _TROUBLES.items():
        if word in reported:
            return reason
    return DeviceReason.OFFLINE if lines and " disabled " in lines[0] else None
