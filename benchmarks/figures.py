"""What a bench brings home: figures, the bars they must clear, and how both are written for people and for programs."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil
from typing import Any, Final

HEADINGS: Final = ("bench", "name", "value", "unit", "bar", "baseline", "ratio", "ok")
_LEFT: Final = frozenset({"bench", "name", "unit"})


@dataclass(frozen=True, slots=True)
class Bar:
    """What a value must reach (`at_least`), not exceed (`at_most`), or stay under (`below`)."""

    at_least: float | None = None
    at_most: float | None = None
    below: float | None = None

    def met_by(self, value: float) -> bool:
        """Whether the value clears every limit of the bar."""
        return (
            (self.at_least is None or value >= self.at_least)
            and (self.at_most is None or value <= self.at_most)
            and (self.below is None or value < self.below)
        )

    def __str__(self) -> str:
        limits = ((">=", self.at_least), ("<=", self.at_most), ("<", self.below))
        return " and ".join(f"{sign} {limit:g}" for sign, limit in limits if limit is not None)


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured value; `baseline` is what the same run measured without our own code in the way."""

    bench: str
    name: str
    value: float
    unit: str
    bar: Bar | None = None
    baseline: float | None = None

    @property
    def ratio(self) -> float | None:
        """The value as a multiple of its baseline."""
        return self.value / self.baseline if self.baseline else None

    @property
    def ok(self) -> bool:
        """Whether the bar is cleared; a figure without one is always fine."""
        return self.bar is None or self.bar.met_by(self.value)

    def told(self) -> dict[str, Any]:
        """The figure as plain values, in the order of `HEADINGS`."""
        values = (
            self.bench,
            self.name,
            rounded(self.value),
            self.unit,
            str(self.bar) if self.bar else None,
            rounded(self.baseline),
            rounded(self.ratio),
            self.ok,
        )
        return dict(zip(HEADINGS, values, strict=True))


@dataclass(slots=True)
class Sheet:
    """Takes the figures of one bench and finds the bar of each by its name."""

    bench: str
    bars: Mapping[str, Bar]
    _figures: list[Figure] = field(default_factory=list)

    def note(self, name: str, value: float, unit: str, baseline: float | None = None) -> None:
        """Write down one figure."""
        self._figures.append(Figure(self.bench, name, value, unit, self.bars.get(name), baseline))

    def figures(self) -> tuple[Figure, ...]:
        """All figures. A bar that was declared and not measured is a mistake in the bench, never a success."""
        missing = self.bars.keys() - {figure.name for figure in self._figures}
        if missing:
            raise LookupError(f"{self.bench}: not measured: {', '.join(sorted(missing))}")
        return tuple(self._figures)


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least this share of the values does not exceed."""
    ordered = sorted(values)
    return ordered[max(0, ceil(share * len(ordered)) - 1)]


def rounded(value: float | None) -> float | None:
    """Three decimals: more than any of these measurements knows."""
    return None if value is None else round(value, 3)


def as_json(figures: Iterable[Figure]) -> str:
    """The list that `--json` writes."""
    return json.dumps([figure.told() for figure in figures], ensure_ascii=False, indent=2) + "\n"


def as_table(figures: Iterable[Figure]) -> str:
    """The same for people."""
    rows = [dict(zip(HEADINGS, HEADINGS, strict=True))]
    rows += [{key: _cell(value) for key, value in figure.told().items()} for figure in figures]
    widths = {key: max(len(row[key]) for row in rows) for key in HEADINGS}
    return "\n".join(_line(row, widths) for row in rows) + "\n"


def _line(row: Mapping[str, str], widths: Mapping[str, int]) -> str:
    cells = (
        row[key].ljust(widths[key]) if key in _LEFT else row[key].rjust(widths[key])
        for key in HEADINGS
    )
    return "  ".join(cells).rstrip()


def _cell(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "ok" if value else "MISSED"
        case float() | int():
            return f"{value:,.0f}" if abs(value) >= 1_000 or value == int(value) else f"{value:.2f}"
        case _:
            return str(value)
