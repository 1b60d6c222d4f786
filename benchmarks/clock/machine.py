"""A simulated machine: true time passes on both its clocks, a jump moves the wall clock."""

from datetime import datetime, timedelta

from hub.clock.floor_clock import MachineClock
from service_floor.wall_clock import Reading


class SimulatedMachine(MachineClock):
    """Made by the bench. `offset` is how far the wall clock is off; `kept_right`: a time service has just set it."""

    def __init__(self, now: datetime) -> None:
        self.true = now
        self.boot = 60.0
        self.boots = 1
        self.offset = timedelta(0)
        self.kept_right = False

    def pass_by(self, time: timedelta) -> None:
        """Let true time pass."""
        self.true += time
        self.boot += time.total_seconds()

    def start_again(self, after: timedelta) -> None:
        """The machine is off for a while."""
        self.true += after
        self.boot, self.boots = 30.0, self.boots + 1

    def read(self) -> Reading:
        """Both clocks."""
        return Reading(self.true + self.offset, self.boot)

    def is_synchronised(self, reading: Reading) -> bool:
        """What the kernel says."""
        return self.kept_right

    def boot_id(self) -> str:
        """Which boot it is."""
        return f"boot-{self.boots}"
