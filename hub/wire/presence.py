"""Presence of devices: which are connected, how far each has applied the feed, and which calls were shown. On the
event loop."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final

from pydantic import BaseModel, ConfigDict

from hub.messages import AttachedDevice
from hub.wire.attached_printers import AttachedPrinters, AttachedReport
from service_floor.queue.commands import Actor, Role

SILENT_AFTER: Final = timedelta(seconds=20)
"""Timeout of heartbeats, which come every 5 seconds: after this long without one, a device's state is unknown."""


class DeviceReport(BaseModel):
    """One connected device. `applied_seq` is what its screen has applied, not what it was sent."""

    model_config = ConfigDict(frozen=True)

    device: str
    role: Role
    connections: int
    applied_seq: int | None
    last_heartbeat: datetime | None


@dataclass(slots=True)
class _Present:
    actor: Actor
    connections: int = 0
    applied_seq: int | None = None
    last_heartbeat: datetime | None = None
    last_report: datetime | None = None
    """When it last reported its printers."""


@dataclass(slots=True)
class Presence:
    """Silence means unknown, never fine: a device is listed with its last heartbeat while it is connected, and not
    after.

    `printing` are the devices that have a printer by the configuration, whether they report it or not.
    """

    clock: Callable[[], datetime]
    printing: tuple[str, ...] = ()
    _present: dict[str, _Present] = field(default_factory=dict)
    _gone: dict[str, datetime] = field(default_factory=dict)
    _day: date | None = None
    _shown: set[str] = field(default_factory=set)
    _looked_up: int = 0
    _attached: AttachedPrinters = field(init=False)

    def __post_init__(self) -> None:
        self._attached = AttachedPrinters(self.clock, self.printing)

    def connect(self, actor: Actor) -> None:
        """A connection of this device has been authenticated."""
        self._present.setdefault(actor.device, _Present(actor)).connections += 1
        self._gone.pop(actor.device, None)
        # A program that reconnects reports again; until then its printers are unknown.
        self._attached.forget(actor.device)

    def disconnect(self, actor: Actor) -> None:
        """One of its connections is gone."""
        present = self._present.get(actor.device)
        if present is None:
            return
        present.connections -= 1
        if present.connections <= 0:
            del self._present[actor.device]
            self._gone[actor.device] = self.clock()
            self._attached.forget(actor.device)

    def heartbeat(self, actor: Actor, seq: int, shown: Iterable[str]) -> None:
        """Record a heartbeat; `shown` are calls of today that the device has painted or spoken."""
        present = self._present.get(actor.device)
        if present is not None:
            present.applied_seq, present.last_heartbeat = seq, self.clock()
        if actor.role is Role.BOARD:
            self._shown.update(shown)

    def attach(self, actor: Actor, devices: Iterable[AttachedDevice]) -> None:
        """Record what a device reports of its printers."""
        present = self._present.get(actor.device)
        if present is not None:
            present.last_report = self.clock()
            self._attached.update(actor.device, devices)

    def attached(self) -> tuple[AttachedReport, ...]:
        """All printers by device, as last reported; unknown if their device is silent."""
        return self._attached.reports(self._is_heard, self.gone_since)

    def gone_since(self, device: str) -> datetime | None:
        """Since when a device is disconnected; None while it is connected, and if it never was since the start."""
        return self._gone.get(device)

    def count_look_up(self) -> None:
        """Count one dossier that was looked up."""
        self._looked_up += 1

    def _is_heard(self, device: str) -> bool:
        present = self._present.get(device)
        words = (present.last_heartbeat, present.last_report) if present else ()
        return any(at is not None and self.clock() - at <= SILENT_AFTER for at in words)

    def begin_day(self, day: date | None) -> None:
        """Reset the counts when another business day begins."""
        if day != self._day:
            self._day, self._looked_up = day, 0
            self._shown.clear()

    @property
    def shown(self) -> int:
        """Calls of today that were on a board, as reported by boards since the hub started."""
        return len(self._shown)

    @property
    def looked_up(self) -> int:
        """Dossiers looked up today since the hub started."""
        return self._looked_up

    def devices(self) -> tuple[DeviceReport, ...]:
        """The connected devices, by name."""
        return tuple(
            DeviceReport(
                device=name,
                role=each.actor.role,
                connections=each.connections,
                applied_seq=each.applied_seq,
                last_heartbeat=each.last_heartbeat,
            )
            for name, each in sorted(self._present.items())
        )
