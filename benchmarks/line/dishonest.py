"""Dishonest officers: one or two give whatever commands their role allows, in any order, among citizens who come."""

from collections.abc import Callable, Sequence
from typing import Final, TypeVar

from benchmarks.line.hall import COUNTERS, SERVICES, Hall
from service_floor.queue import commands as c
from service_floor.queue.tickets import TicketState

T = TypeVar("T")
Choose = Callable[[int], int]
"""Any number from 0 up to the given one, which is left out."""

PAUSES: Final = (0, 0, 1, 3, 5, 11, 30, 61, 301)
"""Seconds between two commands."""


class DishonestHall:
    """`officers` are the counters of those who are dishonest; the last counter of the hall works by the book."""

    def __init__(self, hall: Hall, officers: Sequence[str], choose: Choose) -> None:
        self.hall = hall
        self._officers = officers
        self._choose = choose

    def step(self) -> None:
        """A citizen comes, time passes, the honest counter works, or a dishonest officer presses something."""
        what = self._choose(10)
        if what == 0:
            for _ in range(1 + self._choose(3)):
                self._citizen_comes()
        elif what == 1:
            self._work_by_the_book(COUNTERS[-1])
        else:
            self._press(self._pick(self._officers))
        self.hall.later(self._pick(PAUSES))

    def _citizen_comes(self) -> None:
        services = (self._pick(SERVICES), self._pick(SERVICES))[: 1 + (self._choose(5) == 0)]
        claim = self._pick((None, None, None, "elderly", "merit"))
        self.hall.kiosk(c.IssueTicket(tuple(dict.fromkeys(services)), claim))

    def _work_by_the_book(self, counter: str) -> None:
        self.hall.at(counter, c.CallNext(counter))
        self.hall.later(30)
        self.hall.at(counter, c.StartServing(counter))
        self.hall.later(120)
        self.hall.at(counter, c.Finish(counter))

    def _press(self, counter: str) -> None:
        held = self.hall.held(counter)
        if self._choose(6) == 0:
            command = self._on_the_line(counter)
        elif held is None:
            command = self._when_free(counter)
        elif held.state is TicketState.CALLED:
            command = self._when_called(counter)
        else:
            command = self._when_serving(counter)
        self.hall.at(counter, command)

    def _when_free(self, counter: str) -> c.Command:
        waiting, parked = self._any(TicketState.WAITING), self._any(TicketState.PARKED)
        presses: tuple[c.Command, ...] = (
            *[c.CallNext(counter)] * 5,
            *[c.CallTicket(counter, waiting, self._reason())] * 2,
            c.CallParked(counter, parked),
            c.SignOut(counter),
            c.SignIn(counter, f"officer-{counter}"),
            c.SignIn(counter, "officer-nobody-knows"),
            c.OpenCounter(counter),
        )
        return self._pick(presses)

    def _when_called(self, counter: str) -> c.Command:
        held = self.hall.floor.desk(counter).ticket or ""
        presses: tuple[c.Command, ...] = (
            *[c.StartServing(counter)] * 4,
            *[c.Recall(counter)] * 2,
            *[c.MarkNoShow(counter, self._reason())] * 3,
            c.ConfirmPriority(counter, self._choose(2) == 0),
            c.CancelTicket(held, self._reason()),
        )
        return self._pick(presses)

    def _when_serving(self, counter: str) -> c.Command:
        to = self._pick((None, *COUNTERS))
        transfer = c.Transfer(
            counter, self._pick(SERVICES), to, self._choose(2) == 0, self._reason()
        )
        presses: tuple[c.Command, ...] = (
            *[c.Finish(counter, "", self._reason())] * 3,
            *[c.Park(counter, 5, self._reason())] * 2,
            *[transfer] * 2,
            c.ConfirmPriority(counter, self._choose(2) == 0),
        )
        return self._pick(presses)

    def _on_the_line(self, counter: str) -> c.Command:
        waiting = self._any(TicketState.WAITING, TicketState.PARKED)
        claim = self._pick((None, "elderly", "merit"))
        presses: tuple[c.Command, ...] = (
            c.CancelTicket(waiting, self._reason()),
            c.MoveTicket(waiting, self._pick(SERVICES), self._reason(), None),
            c.MoveTicket(waiting, self._pick(SERVICES), self._reason(), self._pick(COUNTERS)),
            c.Readmit(self._any(TicketState.NO_SHOW)),
            c.IssueTicket((self._pick(SERVICES),), claim),
            c.ReprintSlip(waiting, c.ReprintReason.LOST),
            c.PauseCounter(counter, "break"),
            c.OpenCounter(counter),
        )
        return self._pick(presses)

    def _any(self, *states: TicketState) -> str:
        return self._pick(self.hall.those(*states) or ("none",))

    def _reason(self) -> str:
        return self._pick(("", "", "frail"))

    def _pick(self, some: Sequence[T]) -> T:
        return some[self._choose(len(some))]
