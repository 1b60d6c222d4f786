"""Dependencies of the console's pages; put together by the composition root."""

from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from config.model import Installation
from hub.accounts.authentication import Authentication
from hub.accounts.rights import DUTIES, Duty
from hub.accounts.roster import Roster
from hub.clock.floor_clock import ClockReport, TrustedClock
from hub.journal.loss import LossReport
from hub.reports.report_cache import ReportCache
from hub.wire.floor_service import FloorService
from service_floor.queue.commands import Actor, Role
from service_floor.queue.planning.plan import FloorPlan


class Alarms(NamedTuple):
    """What needs a person: a clock that is held, rows that are or may be lost."""

    now: datetime
    clock: ClockReport
    loss: LossReport | None
    may_confirm: frozenset[Role] = DUTIES[Duty.CONFIRM_CLOCK]


@dataclass(frozen=True, slots=True)
class ConsoleSources:
    """One for the hub. `workers` are the threads in which accounts and long reports are read."""

    installation: Installation
    plan: FloorPlan
    floor_service: FloorService[Any]
    reports: ReportCache
    authentication: Authentication
    workers: Executor
    clock: TrustedClock

    def alarms(self) -> Alarms:
        """What stands above every page."""
        return Alarms(self.clock(), self.clock.report(), self.floor_service.loss.report())

    @property
    def roster(self) -> Roster:
        """The devices and people of the configuration."""
        return self.authentication.accounts.roster

    def known_devices(self) -> tuple[Actor, ...]:
        """Every device of the configuration."""
        return tuple(each.actor for each in self.roster.devices.values())
