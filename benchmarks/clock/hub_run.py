"""A floor on a simulated machine: the hub's own opening, writer and rules, without its ports."""

import json
import secrets
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from benchmarks.clock.machine import SimulatedMachine
from benchmarks.hall import SERVICES
from hub.floor.commits import GroupCommit
from hub.floor.decider import Request
from hub.floor.intake import Intake
from hub.floor.live import floors
from hub.floor.tallies import Tallies
from hub.journal.mark import mark_folder, read_mark, set_mark
from hub.messages import TicketPlace
from hub.opening import JournalPlace, OpenedJournal, open_journal
from service_floor.queue.commands import (
    Actor,
    CallNext,
    Command,
    Finish,
    IssueTicket,
    OpenCounter,
    Role,
    SignIn,
    StartServing,
)
from service_floor.queue.planning.plan import FloorPlan
from service_floor.wall_clock import ClockLimits

KIOSK: Final = Actor("kiosk-1", Role.KIOSK)
TERMINAL: Final = Actor("terminal-1", Role.COUNTER, "c1")


@dataclass(slots=True)
class SimulatedFloor:
    """A run of the hub: commands are decided and committed one by one."""

    opened: OpenedJournal
    commits: GroupCommit[TicketPlace]

    def give(self, actor: Actor, command: Command) -> dict[str, Any]:
        """Carry out a command; its answer."""
        told: list[str] = []
        request = Request(actor, secrets.token_hex(8), command, told.append)
        outcome = self.commits.carry_out([request], alone=True)
        for reply, value in outcome.replies:
            reply(value)
        answer: dict[str, Any] = json.loads(told[0])
        return answer

    def press(self, service: str = SERVICES[0]) -> str:
        """A citizen takes a ticket; its number, empty if there was none."""
        answer = self.give(KIOSK, IssueTicket((service,)))
        return str(answer["result"]["ticket"]["number"]) if answer["ok"] else ""

    def sit_down(self) -> None:
        """The officer signs in, if that is still to do."""
        self.give(TERMINAL, SignIn("c1", "o1"))
        self.give(TERMINAL, OpenCounter("c1"))

    def finish_visit(self) -> Iterator[bool]:
        """End what an earlier run has begun at the counter."""
        for command in (StartServing("c1"), Finish("c1")):
            yield bool(self.give(TERMINAL, command)["ok"])

    def serve(self) -> Iterator[bool]:
        """Call, begin and finish, one command for each step."""
        for command in (CallNext("c1"), StartServing("c1"), Finish("c1")):
            yield bool(self.give(TERMINAL, command)["ok"])


@asynccontextmanager
async def floor_open(
    data: Path, plan: FloorPlan, machine: SimulatedMachine
) -> AsyncIterator[SimulatedFloor]:
    """A hub from its start to its clean end."""
    async with AsyncExitStack() as stack:
        opened = open_journal(stack, JournalPlace(data), None, machine, ClockLimits())
        tallies = Tallies()
        decider = floors(plan, lambda: secrets.token_hex(8), tallies)
        commits = GroupCommit(opened.journal, decider, Intake(), opened.clock, tallies)
        stack.callback(opened.journal.close)
        commits.carry_out([])
        yield SimulatedFloor(opened, commits)


def as_killed(data: Path) -> None:
    """Make of a clean end what a kill leaves: the mark says that the hub still ran."""
    folder = mark_folder(data)
    record = read_mark(folder)
    if record is not None:
        set_mark(folder, record._replace(ended=False))
