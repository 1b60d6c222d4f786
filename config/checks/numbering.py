"""Validation of ticket numbers: bands that do not overlap, and that fit every sign."""

from collections.abc import Iterator
from itertools import combinations

from config.errors import Mistake, MistakeCode
from config.model import Installation
from config.model.centre import NumberSeries


def check_numbering(installation: Installation) -> Iterator[Mistake]:
    """Bands that are upside down, too wide for their digits, overlapping, or too long for a sign."""
    series = [(f"services[{i}].series", s.series) for i, s in enumerate(installation.services)]
    for path, band in series:
        yield from _check_band(path, band)
    for (path_a, a), (path_b, b) in combinations(series, 2):
        if a.prefix == b.prefix and max(a.first, b.first) <= min(a.last, b.last):
            yield Mistake(path_b, MistakeCode.BANDS_OVERLAP, _range(b), (_range(a),), other=path_a)
    yield from _check_signs(installation)


def _check_band(path: str, band: NumberSeries) -> Iterator[Mistake]:
    if band.first > band.last:
        code, allowed = MistakeCode.FIRST_AFTER_LAST, (f"≤ {band.last}",)
        yield Mistake(f"{path}.first", code, str(band.first), allowed, other=f"{path}.last")
    if len(str(band.last)) > band.width:
        most = "9" * band.width
        code, allowed = MistakeCode.TOO_MANY_DIGITS, (f"≤ {most}",)
        yield Mistake(f"{path}.last", code, str(band.last), allowed, other=f"{path}.width")


def _check_signs(installation: Installation) -> Iterator[Mistake]:
    """A sign that cannot show the longest number called to its counter."""
    lengths = {
        service.id: (len(service.series.prefix) + service.series.width, f"services[{i}].series")
        for i, service in enumerate(installation.services)
    }
    longest = {
        counter.id: max(lengths.get(s, (0, "")) for tier in counter.profile for s in tier)
        for counter in installation.counters
        if any(counter.profile)
    }
    for i, agent in enumerate(installation.agents):
        for j, sign in enumerate(agent.signs):
            needs, band = longest.get(sign.counter, (0, ""))
            if needs > sign.columns:
                path = f"agents[{i}].signs[{j}].columns"
                code, allowed = MistakeCode.TOO_LONG_FOR_SIGN, (f"≥ {needs}",)
                yield Mistake(path, code, str(sign.columns), allowed, other=band)


def _range(band: NumberSeries) -> str:
    first, last = (f"{band.prefix}{n:0{band.width}d}" for n in (band.first, band.last))
    return f"{first}–{last}"
