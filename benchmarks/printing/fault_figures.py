"""Figures of the matrix of printing: what went wrong in all its cases, and on a thousand slips that nothing disturbed."""

import logging
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from itertools import product
from typing import Final

from benchmarks.figures import Sheet
from benchmarks.place import Place
from benchmarks.printing.matrix import run_all, undisturbed
from benchmarks.printing.scenarios import KINDS, WIRES, PaperVerdict, scenarios

SLIPS: Final = 1_000
_AT_ONCE: Final = 8
_MOST_SHOWN: Final = 40

OFFENCES: Final[Mapping[str, Callable[[PaperVerdict], int]]] = {
    "pieces of paper with two numbers": lambda verdict: verdict.shared,
    "reports that are not true": lambda verdict: len(verdict.untrue),
    "slips after a fault that never came": lambda verdict: len(verdict.missing),
    "numbers on two papers": lambda verdict: len(verdict.doubled),
}
"""What may not happen, and how often it did in one case."""

_LOST_POWER: Final = ("power-", "silent")


def is_unknowable(verdict: PaperVerdict) -> bool:
    """Whether nothing could show that a part of a slip is gone: power or buffer were lost where nothing comes back, or power
    on a serial line, which stays, with firmware that names no slip.
    """
    event, traits, wire = verdict.scenario.event, verdict.scenario.traits, verdict.scenario.wire
    is_power = event.startswith(_LOST_POWER)
    if verdict.scenario.is_blind:
        return is_power or "loses-buffer" in " ".join(traits)
    return is_power and "no-process-id" in traits and wire in {"bare", "handshake"}


def note_faults(sheet: Sheet, place: Place) -> None:
    """Run every case; those that no program could know are counted apart, without a bar."""
    logging.getLogger("device").setLevel(logging.CRITICAL)
    wanted = list(scenarios())
    place.say(f"{len(wanted)} printers with a fault, three slips each")
    verdicts = run_all(place.folder / "matrix", wanted, _AT_ONCE)
    wrong = [verdict for verdict in verdicts if not verdict.is_good]
    for verdict in wrong[:_MOST_SHOWN]:
        place.say(f"{verdict.scenario}: {_said(verdict)}")
    known = [verdict for verdict in verdicts if not is_unknowable(verdict)]
    sheet.note("faults: printers with a fault", len(known), "printers")
    for what, count in OFFENCES.items():
        sheet.note(f"faults: {what}", sum(map(count, known)), f"of {3 * len(known)} slips")
    apart = [verdict for verdict in verdicts if is_unknowable(verdict)]
    for what, count in OFFENCES.items():
        name = f"power lost where nothing comes back: {what}"
        sheet.note(name, sum(map(count, apart)), f"of {3 * len(apart)} slips")


def note_undisturbed(sheet: Sheet, place: Place) -> None:
    """Print a thousand slips on printers of every kind over every wire."""
    kinds = list(product(KINDS, WIRES))
    each = SLIPS // len(kinds)
    place.say(f"{SLIPS} slips that nothing disturbs")
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        running = [
            pool.submit(undisturbed, place.folder / f"calm-{number}", traits, wire, each)
            for number, (traits, wire) in enumerate(kinds)
        ]
        counts = [each_kind.result() for each_kind in running]
    for (traits, wire), (blank, not_whole) in zip(kinds, counts, strict=True):
        if blank or not_whole:
            place.say(f"{traits} {wire}: {blank} empty strips, {not_whole} slips not whole")
    slips = f"of {each * len(kinds)}"
    sheet.note("undisturbed: empty strips cut", sum(blank for blank, _ in counts), slips)
    not_whole = sum(count for _, count in counts)
    sheet.note("undisturbed: slips not whole on their own paper", not_whole, slips)


def _said(verdict: PaperVerdict) -> str:
    found = (f"{what} {n}" for what, count in OFFENCES.items() if (n := count(verdict)))
    return ", ".join(found)
