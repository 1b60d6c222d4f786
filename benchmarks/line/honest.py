"""An honest day: citizens come, late or not, with claims and several errands; officers work by the book, take breaks, send
people on, put them aside, readmit, cancel and reprint for reasons."""

from collections.abc import Iterator
from heapq import heappop, heappush
from random import Random

from benchmarks.line.hall import COUNTERS, SERVICES, Hall
from service_floor.queue import commands as c
from service_floor.queue.tickets import TicketState

_DAY_SECONDS = 8 * 3600
_CITIZENS = 70
Script = Iterator[float]
"""What a person does; each value is how many seconds pass before the next step."""


class HonestDay:
    """One day of a seed. `play` runs it to its end."""

    def __init__(self, hall: Hall, seed: int) -> None:
        self.hall = hall
        self._dice = Random(seed)
        self._agenda: list[tuple[float, int, Script]] = []
        self._started = 0
        self._passed = 0.0
        self._awaited: set[str] = set()
        for counter in COUNTERS:
            self._begin(self._officer(counter), self._dice.uniform(1, 60))
        for _ in range(_CITIZENS):
            self._begin(self._citizen(), self._dice.uniform(0, _DAY_SECONDS - 3600))

    def play(self) -> None:
        """Let everybody do their steps in order of time until the day is over."""
        while self._agenda:
            moment, number, script = heappop(self._agenda)
            if moment > _DAY_SECONDS:
                break
            self.hall.later(moment - self._passed)
            self._passed = moment
            wait = next(script, None)
            if wait is not None:
                heappush(self._agenda, (moment + wait, number, script))

    def _begin(self, script: Script, after: float) -> None:
        self._started += 1
        heappush(self._agenda, (self._passed + after, self._started, script))

    def _happens(self, percent: float) -> bool:
        return self._dice.random() * 100 < percent

    def _citizen(self) -> Script:
        """Takes a number; one in ten is away when called and comes back later, at the kiosk or the reception."""
        dice = self._dice
        services = dice.sample(SERVICES, 2 if self._happens(12) else 1)
        claim = dice.choice(("elderly", "merit")) if self._happens(18) else None
        command = c.IssueTicket(tuple(services), claim)
        at_reception = self._happens(5)
        events = self.hall.at("q3", command) if at_reception else self.hall.kiosk(command)
        if not events:
            return
        ticket = str(getattr(events[0], "ticket", ""))
        if not self._happens(10):
            self._awaited.add(ticket)
        yield dice.uniform(300, 3000)
        if self._happens(3):
            self.hall.give(
                c.ReprintSlip(ticket, c.ReprintReason.LOST),
                c.Actor("console-mai", c.Role.GREETER, proven="mai"),
            )
        while ticket not in self._awaited:
            yield dice.uniform(300, 1500)
            if self.hall.floor.tickets[ticket].state is TicketState.NO_SHOW:
                readmit = c.Readmit(ticket)
                if self._happens(50):
                    self.hall.kiosk(readmit)
                else:
                    self.hall.at("q3", readmit)
                self._awaited.add(ticket)

    def _officer(self, counter: str) -> Script:
        dice, hall = self._dice, self.hall
        while True:
            if self._happens(3):
                hall.at(counter, c.PauseCounter(counter, "break"))
                yield dice.uniform(300, 1200)
                hall.at(counter, c.OpenCounter(counter))
            if self._happens(1):
                hall.at(counter, c.SignOut(counter))
                yield dice.uniform(600, 3600)
                hall.at(counter, c.SignIn(counter, f"officer-{counter}"))
                hall.at(counter, c.OpenCounter(counter))
            yield from self._cancel_who_left(counter)
            if not hall.at(counter, self._next_call(counter)):
                yield dice.uniform(10, 60)
                continue
            yield from self._visit(counter)
            yield dice.uniform(3, 30)

    def _cancel_who_left(self, counter: str) -> Script:
        """A citizen says that they cannot wait any longer."""
        waiting = self.hall.those(TicketState.WAITING)
        if waiting and self._happens(1):
            self.hall.at(counter, c.CancelTicket(self._dice.choice(waiting), "left"))
            yield 5.0

    def _next_call(self, counter: str) -> c.Command:
        parked = [
            ticket
            for ticket in self.hall.floor.parked
            if self.hall.floor.tickets[ticket].counter == counter
        ]
        if parked and self._happens(60):
            return c.CallParked(counter, parked[0])
        waiting = self.hall.those(TicketState.WAITING)
        if waiting and self._happens(1):
            return c.CallTicket(counter, self._dice.choice(waiting), "frail")
        return c.CallNext(counter)

    def _visit(self, counter: str) -> Script:
        dice, hall = self._dice, self.hall
        held = hall.held(counter)
        if held is None or held.id not in self._awaited:
            while hall.held(counter) is not None:
                yield dice.uniform(20, 40)
                if not hall.at(counter, c.Recall(counter)):
                    yield dice.uniform(1, 30)
                    hall.at(counter, c.MarkNoShow(counter))
            return
        yield dice.uniform(5, 45)
        hall.at(counter, c.StartServing(counter))
        if held.priority is not None and self._happens(90):
            yield dice.uniform(5, 20)
            hall.at(counter, c.ConfirmPriority(counter, self._happens(85)))
        yield min(2400.0, dice.lognormvariate(5.0, 0.8))
        yield from self._end(counter)

    def _end(self, counter: str) -> Script:
        dice, hall = self._dice, self.hall
        if self._happens(6):
            hall.at(counter, c.Park(counter, dice.randint(5, 20)))
        elif self._happens(8):
            to = dice.choice((None, *COUNTERS))
            hall.at(counter, c.Transfer(counter, dice.choice(SERVICES), to, self._happens(40)))
        while hall.held(counter) is not None:
            hall.at(counter, c.Finish(counter))
            yield 1.0
