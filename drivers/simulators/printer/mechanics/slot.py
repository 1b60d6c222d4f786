"""Ticket slot of the simulated printer: a sensor that sees the last ticket hanging, or a presenter that holds it.

A presenter keeps a ticket inside until it is presented, ejected or retracted; one that was left there, with the next behind
it, is a paper jam. Its commands and status bits are those of Custom's VKP80 and Pyramid's Reliance; DLE EOT 5 is assumed.
"""

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from typing import assert_never

from drivers.simulators.printer.interpreter.operations import MoveTicket, PresentTickets


class Place(StrEnum):
    """Where the last ticket is."""

    AWAY = "away"
    """Nothing is in the slot."""

    HANGING = "hanging"
    HELD = "held"
    """Cut and still inside the presenter."""

    PRESENTED = "presented"


class Fate(StrEnum):
    """What became of a ticket."""

    TAKEN = "taken"
    EJECTED = "ejected"
    RETRACTED = "retracted"


@dataclass(slots=True)
class Slot:
    """The mouth of one printer; `fates` counts its tickets."""

    has_sensor: bool = False
    has_presenter: bool = False
    place: Place = Place.AWAY
    is_jammed: bool = False
    fates: Counter[Fate] = field(default_factory=Counter)
    _seconds_left: float | None = None
    _is_retracted: bool = False
    _always: PresentTickets | None = None

    @property
    def has_ticket(self) -> bool:
        """Whether the sensor at the mouth sees paper."""
        return self.place in {Place.HANGING, Place.PRESENTED}

    def cut(self) -> None:
        """Take the ticket that was cut off."""
        if self.has_presenter:
            if self.place is Place.HELD:
                self.is_jammed = True
                return
            if self.place is Place.PRESENTED:
                self._let_go()
            self.place = Place.HELD
            if self._always is not None:
                self._present(self._always.seconds, is_retracted=self._always.is_retracted)
        elif self.has_sensor:
            self.place = Place.HANGING

    def move(self, order: MoveTicket) -> None:
        """Present, eject or retract the ticket, if there is one."""
        if self.place is Place.AWAY or self.is_jammed:
            return
        match order.action:
            case "present":
                self._present(order.seconds, is_retracted=order.is_retracted)
            case "eject":
                self._end(Fate.EJECTED)
            case "retract":
                self._end(Fate.RETRACTED)
            case _:
                assert_never(order.action)

    def present_all(self, order: PresentTickets) -> None:
        """Present this ticket, and each one that comes."""
        self._always = order
        if self.place is Place.HELD:
            self._present(order.seconds, is_retracted=order.is_retracted)

    def pass_time(self, seconds: float) -> None:
        """Let the time of a presented ticket run."""
        if self.place is Place.PRESENTED and self._seconds_left is not None:
            self._seconds_left -= seconds
            if self._seconds_left <= 0:
                self._let_go()

    def take(self) -> None:
        """A person takes the ticket, if it can be reached."""
        if self.has_ticket:
            self._end(Fate.TAKEN)

    def jam(self) -> None:
        """Have the paper stuck."""
        self.is_jammed = True

    def free(self) -> None:
        """Take stuck paper out."""
        self.is_jammed = False
        if self.place is not Place.AWAY:
            self._end(Fate.TAKEN)

    def lose_power(self) -> None:
        """Forget what was ordered; the ticket stays where it is."""
        self._always = self._seconds_left = None

    def byte(self, *, paper_low: bool, paper_out: bool) -> int:
        """Return the status byte of the ejector (GS e 6)."""
        return (
            0x01 * paper_low
            | 0x04 * (not paper_out)
            | 0x08 * self.has_ticket
            | 0xC0 * self.is_jammed
        )

    def _present(self, seconds: int, *, is_retracted: bool) -> None:
        self.place = Place.PRESENTED
        self._seconds_left = float(seconds) if seconds else None
        self._is_retracted = is_retracted

    def _let_go(self) -> None:
        self._end(Fate.RETRACTED if self._is_retracted else Fate.EJECTED)

    def _end(self, fate: Fate) -> None:
        self.place = Place.AWAY
        self.fates[fate] += 1
