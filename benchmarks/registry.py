"""Which benches there are: one table from the name to where it is measured. A bench is imported when it runs."""

from collections.abc import Awaitable, Callable, Mapping
from importlib import import_module
from typing import Final, cast

from benchmarks.figures import Figure
from benchmarks.place import Place

Measure = Callable[[Place], Awaitable[tuple[Figure, ...]]]

BENCHES: Final[Mapping[str, str]] = {
    "hub": "benchmarks.hub.bench",
    "kills": "benchmarks.kills.bench",
    "clock": "benchmarks.clock.bench",
    "attacks": "benchmarks.attacks.bench",
    "days": "benchmarks.days.bench",
    "fanout": "benchmarks.fanout.bench",
    "board": "benchmarks.board.bench",
    "scanning": "benchmarks.scanning.bench",
    "preview": "benchmarks.scanning.preview",
    "printing": "benchmarks.printing.bench",
    "proof": "benchmarks.printing.proof",
    "search": "benchmarks.search.bench",
    "forms": "benchmarks.forms.bench",
    "line": "benchmarks.line.bench",
    "deadlines": "benchmarks.deadlines.bench",
    "house": "benchmarks.house.bench",
}


def bench(name: str) -> Measure:
    """The function `measure` of a bench."""
    return cast(Measure, import_module(BENCHES[name]).measure)
