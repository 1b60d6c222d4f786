"""Dependencies of the console's pages; put together by the composition root."""

from concurrent.futures import Executor
from dataclasses import dataclass
from typing import Any

from config.model import Installation
from hub.accounts.authentication import Authentication
from hub.accounts.roster import Roster
from hub.reports.report_cache import ReportCache
from hub.wire.floor_service import FloorService
from service_floor.queue.commands import Actor
from service_floor.queue.planning.plan import FloorPlan


@dataclass(frozen=True, slots=True)
class ConsoleSources:
    """One for the hub. `workers` are the threads in which accounts and long reports are read."""

    installation: Installation
    plan: FloorPlan
    floor_service: FloorService[Any]
    reports: ReportCache
    authentication: Authentication
    workers: Executor

    @property
    def roster(self) -> Roster:
        """The devices and people of the configuration."""
        return self.authentication.accounts.roster

    def known_devices(self) -> tuple[Actor, ...]:
        """Every device of the configuration."""
        return tuple(each.actor for each in self.roster.devices.values())
