"""State of the printers attached to devices, as last reported: held in memory, and gone with the connection.

A change is logged; the log is rate-limited to the same state of a device once in `LOG_AGAIN`, however its sensor
flaps.
"""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from pydantic import BaseModel, ConfigDict

from hub.messages import AttachedDevice, Condition

log = logging.getLogger("hub")

PRINTER: Final = "printer"
LOG_AGAIN: Final = timedelta(minutes=10)
MOST_LOGGED: Final = 32
"""Limit of different states of one device that are logged within that time; a sound printer has a handful."""
_UNKNOWN: Final = (Condition.UNKNOWN,)


class AttachedReport(BaseModel):
    """A printer and the kiosk or terminal that it is attached to. `since` by the hub's clock, None if unknown."""

    model_config = ConfigDict(frozen=True)

    device: str
    id: str
    kind: str
    conditions: tuple[Condition, ...]
    since: datetime | None


@dataclass(slots=True)
class AttachedPrinters:
    """Kept by the hub's presence, on the event loop. If a device in `expected` has not reported yet, its printer's
    state is unknown."""

    clock: Callable[[], datetime]
    expected: tuple[str, ...] = ()
    _reports: dict[str, dict[str, AttachedReport]] = field(default_factory=dict)
    _logged: dict[str, dict[tuple[str, ...], datetime]] = field(default_factory=dict)

    def update(self, device: str, attached: Iterable[AttachedDevice]) -> None:
        """Replace what a device reported; printers that it no longer names are gone."""
        before = self._reports.get(device, {})
        self._reports[device] = {
            each.id: self._reported(device, each, before.get(each.id)) for each in attached
        }

    def forget(self, device: str) -> None:
        """The device has disconnected: drop its report."""
        self._reports.pop(device, None)

    def reports(
        self, is_heard: Callable[[str], bool], gone_since: Callable[[str], datetime | None]
    ) -> tuple[AttachedReport, ...]:
        """Everything attached, by device. The last report of a device that `is_heard` rejects counts as unknown."""
        reports: list[AttachedReport] = []
        for device in sorted({*self.expected, *self._reports}):
            told = self._reports.get(device, {})
            if not told and device in self.expected:
                since = gone_since(device)
                told = {PRINTER: _unknown(device, PRINTER, since)}
            elif not is_heard(device):
                told = {name: _unknown(device, name, None) for name in told}
            reports += told.values()
        return tuple(reports)

    def _reported(
        self, device: str, told: AttachedDevice, before: AttachedReport | None
    ) -> AttachedReport:
        if before is not None and before.conditions == told.conditions:
            return before
        now = self.clock()
        self._log(device, told, now)
        since = now - timedelta(seconds=told.seconds)
        return AttachedReport(
            device=device, id=told.id, kind=told.kind, conditions=told.conditions, since=since
        )

    def _log(self, device: str, told: AttachedDevice, now: datetime) -> None:
        logged = self._logged.setdefault(device, {})
        for known, at in tuple(logged.items()):
            if now - at >= LOG_AGAIN:
                del logged[known]
        news = (told.id, *told.conditions)
        if news not in logged and len(logged) < MOST_LOGGED:
            logged[news] = now
            log.info("%s: %s is %s", device, told.id, ", ".join(told.conditions))


def _unknown(device: str, name: str, since: datetime | None) -> AttachedReport:
    return AttachedReport(device=device, id=name, kind=PRINTER, conditions=_UNKNOWN, since=since)
