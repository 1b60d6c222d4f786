"""Control commands of the simulated printer (`cover open`, `paper in 200`, `fault out-at:400`) and a report of its true state."""

from collections.abc import Callable
from typing import Any

from drivers.simulators.printer.device import SimulatedPrinter
from drivers.simulators.printer.faults import TRAITS, Fault, written
from drivers.simulators.printer.intake import BUFFER_BYTES
from drivers.simulators.printer.mechanics.slot import Fate, Slot

_PAPER = frozenset({Fault.PAPER_OUT, Fault.PAPER_LOW})


class OrderError(ValueError):
    """An order that the printer does not know."""


def obey(printer: SimulatedPrinter, order: str) -> bytes:
    """Carry out one order, or raise `OrderError`; return what the printer sends on its wire."""
    words = order.split()
    count = next((n for n in (2, 1) if " ".join(words[:n]) in _ORDERS), 0)
    if not count:
        raise OrderError(order)
    try:
        return _ORDERS[" ".join(words[:count])](printer, words[count:])
    except (ValueError, IndexError):
        raise OrderError(order) from None


def state(printer: SimulatedPrinter) -> dict[str, Any]:
    """The true state of the printer and what it has done, whatever it reports on its wire."""
    sensors, left = printer.sensors, printer.roll.left_dots
    return {
        "faults": written({at: n for at, n in printer.faults.items() if at not in TRAITS}),
        "traits": written({at: n for at, n in printer.faults.items() if at in TRAITS}),
        "power": printer.is_on,
        "cover_open": sensors.cover_open,
        "paper_out": sensors.paper_out,
        "near_end": sensors.near_end,
        "jammed": sensors.jammed,
        "stopped": sensors.stopped or not printer.is_on,
        "busy": printer.is_busy,
        "buffered": BUFFER_BYTES - printer.intake.room,
        "paper_left_mm": None if left is None else left // 8,
        "dots": printer.feed.dots,
        "cuts": printer.feed.cuts,
        "power_cycles": printer.power_cycles,
        "ticket": printer.slot.place,
        "ticket_jammed": printer.slot.is_jammed,
        "tickets": {fate.value: printer.slot.fates[fate] for fate in Fate},
        "unknown_commands": dict(printer.unknown),
    }


def _new_roll(printer: SimulatedPrinter, words: list[str]) -> bytes:
    printer.roll.renew(min(int(words[0]), 10**7) if words else None)
    return b"".join(printer.take_away(fault) for fault in _PAPER)


def _add(fault: Fault) -> Callable[[SimulatedPrinter, list[str]], bytes]:
    return lambda printer, _: printer.add(fault)


def _take(fault: Fault) -> Callable[[SimulatedPrinter, list[str]], bytes]:
    return lambda printer, _: printer.take_away(fault)


def _hand(act: Callable[[Slot], None]) -> Callable[[SimulatedPrinter, list[str]], bytes]:
    """At the slot; what a jam stopped goes on when it is freed."""

    def at_the_slot(printer: SimulatedPrinter, _: list[str]) -> bytes:
        act(printer.slot)
        return printer.pass_time(0)

    return at_the_slot


def _clear(printer: SimulatedPrinter, words: list[str]) -> bytes:
    return printer.take_away(Fault(words[0]))


_ORDERS: dict[str, Callable[[SimulatedPrinter, list[str]], bytes]] = {
    "cover open": _add(Fault.COVER_OPEN),
    "cover shut": _take(Fault.COVER_OPEN),
    "paper out": _add(Fault.PAPER_OUT),
    "paper low": _add(Fault.PAPER_LOW),
    "paper in": _new_roll,
    "cutter block": _add(Fault.CUTTER),
    "cutter free": _take(Fault.CUTTER),
    "ticket take": _hand(Slot.take),
    "ticket jam": _hand(Slot.jam),
    "ticket free": _hand(Slot.free),
    "power off": _add(Fault.SILENT),
    "power on": _take(Fault.SILENT),
    "power cycle": _add(Fault.POWER_CYCLE),
    "fault": lambda printer, words: printer.add(words[0]),
    "clear": _clear,
    "heal": lambda printer, _: printer.change(()),
    "state": lambda _printer, _words: b"",
}
ORDERS = tuple(_ORDERS)
