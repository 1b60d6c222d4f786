"""What devices say of the printers attached to them: state as last told, held in memory, and gone with the connection.

A change is written to the hub's log; the same news of a device once in `LOG_AGAIN`, however its sensor flaps.
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
"""Different news of one device that are written within that time; a sound printer has a handful."""
_UNKNOWN: Final = (Condition.UNKNOWN,)


class AttachedReport(BaseModel):
    """A printer and the kiosk or terminal to which it is attached. `since` by the hub's clock, None where nobody knows."""

    model_config = ConfigDict(frozen=True)

    device: str
    id: str
    kind: str
    conditions: tuple[Condition, ...]
    since: datetime | None


@dataclass(slots=True)
class AttachedPrinters:
    """Kept by the hub's presence, on the event loop. Of a device in `expected` that has told nothing, a printer is unknown."""

    clock: Callable[[], datetime]
    expected: tuple[str, ...] = ()
    _told: dict[str, dict[str, AttachedReport]] = field(default_factory=dict)
    _logged: dict[str, dict[tuple[str, ...], datetime]] = field(default_factory=dict)

    def tell(self, device: str, attached: Iterable[AttachedDevice]) -> None:
        """Take what a device says; what it does not name any more is not there."""
        before = self._told.get(device, {})
        self._told[device] = {
            each.id: self._reported(device, each, before.get(each.id)) for each in attached
        }

    def forget(self, device: str) -> None:
        """Nobody speaks for the device's printers any more."""
        self._told.pop(device, None)

    def reports(
        self, speaks: Callable[[str], bool], gone_since: Callable[[str], datetime | None]
    ) -> tuple[AttachedReport, ...]:
        """Everything attached, by device. What a device told that `speaks` no more is unknown."""
        reports: list[AttachedReport] = []
        for device in sorted({*self.expected, *self._told}):
            told = self._told.get(device, {})
            if not told and device in self.expected:
                since = gone_since(device)
                told = {PRINTER: _unknown(device, PRINTER, since)}
            elif not speaks(device):
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
