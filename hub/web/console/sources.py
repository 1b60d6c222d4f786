"""What the console works with; put together by the composition root."""

from concurrent.futures import Executor
from dataclasses import dataclass
from typing import Any

from config.model import Installation
from hub.accounts.admission import Admission
from hub.accounts.roster import Roster
from hub.reports.archive import Archive
from hub.wire.reception import Reception
from service_floor.queue.commands import Actor
from service_floor.queue.planning.plan import FloorPlan


@dataclass(frozen=True, slots=True)
class ConsoleSources:
    """One for the hub. `workers` is where accounts and long reports are read."""

    installation: Installation
    plan: FloorPlan
    reception: Reception[Any]
    archive: Archive
    admission: Admission
    workers: Executor

    @property
    def roster(self) -> Roster:
        """Whom the configuration names."""
        return self.admission.accounts.roster

    def known_devices(self) -> tuple[Actor, ...]:
        """Every device of the configuration."""
        return tuple(each.actor for each in self.roster.devices.values())
