"""Notices of the floor for the technician: set by the writer thread, said once in the log, read from anywhere."""

import logging
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from service_floor.queue.concerns.rerouting import departures
from service_floor.queue.events import CounterSignedOut, PlanAdopted, TicketReturned
from service_floor.queue.floor import Floor
from service_floor.queue.planning.plan import FloorPlan
from service_floor.queue.stranded import stranded

log = logging.getLogger("hub")

QUIET: Final = timedelta(minutes=10)
"""A notice that goes on is not said again before it has been silent for so long."""
SHOWN_FOR: Final = timedelta(hours=1)
_MOST_NAMED: Final = 20


class FloorNotices:
    """One for a hub. `other_centre` is the centre for which the journal was kept, where it is not this one."""

    def __init__(self) -> None:
        self.other_centre = ""
        self._too_fast: Mapping[str, datetime] = {}
        self._said: set[str] = set()

    def note_too_fast(self, device: str, now: datetime) -> None:
        """A machine wanted more tickets within a minute than people can press for."""
        last = self._too_fast.get(device)
        if last is None or now - last >= QUIET:
            log.warning(
                "%s asks for tickets faster than people can press; refused for the rest of each minute. "
                "Look at the device: a stuck key, or somebody who plays with it",
                device,
            )
        self._too_fast = {**self._too_fast, device: now}

    def too_fast(self, now: datetime) -> Mapping[str, datetime]:
        """The machines that were too fast within the last hour, each with when it was last."""
        return {name: at for name, at in self._too_fast.items() if now - at < SHOWN_FOR}

    def compare(self, plan: FloorPlan, floor: Floor) -> None:
        """Say what the plan no longer has of the day that was just read from the journal."""
        adopted = floor.adopted
        if isinstance(adopted, PlanAdopted) and adopted.centre not in ("", plan.centre):
            self.other_centre = adopted.centre
            self._say(
                f"this journal was kept for another centre: {adopted.centre!r}, and the configuration is "
                f"of {plan.centre!r}. If the data folder is the wrong one, stop the hub now"
            )
        for event in departures(plan, floor):
            if isinstance(event, CounterSignedOut):
                self._say(
                    f"{event.officer} is signed out of counter {event.counter}: "
                    "the configuration no longer has the officer or the counter"
                )
            elif isinstance(event, TicketReturned):
                number = floor.tickets[event.ticket].number
                self._say(f"{number} of counter {event.counter} waits again at its place")
        left = stranded(plan, floor)
        if left:
            numbers = ", ".join(ticket.number for ticket in left[:_MOST_NAMED])
            more = f" and {len(left) - _MOST_NAMED} more" if len(left) > _MOST_NAMED else ""
            self._say(
                f"{len(left)} tickets are for services that no counter takes any more: {numbers}{more}. "
                "Move or cancel them in the console, on the overview; who is at a counter can be finished there"
            )

    def _say(self, line: str) -> None:
        if line not in self._said:
            self._said.add(line)
            log.warning("%s", line)
