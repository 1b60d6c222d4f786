"""What the bench of the preview makes of its rounds."""

import pytest

from benchmarks.scanning.preview import SECONDS, figures_of

QUIET = {"painted": 30.0, "codes": 12, "seconds": SECONDS, "max": 7.0, "waited": 2.0, "worked": 4.0, "most_work": 5.0, "p99": 4.0, "cpu": 0.7, "ui_cpu": 0.1}  # fmt: skip
BARE = {**QUIET, "painted": 0.0, "codes": 0, "max": 3.0}


@pytest.mark.parametrize(
    ("round_", "missed"),
    [
        ({}, []),
        ({"painted": 23.9}, ["painted while decoding, fewest of a round"]),
        ({"max": 16.1}, ["tick late while decoding: longest"]),
        ({"codes": 10}, ["codes read of those shown"]),
    ],
)
def test_the_worst_round_is_judged(round_, missed) -> None:
    figures = figures_of([BARE], [QUIET, {**QUIET, **round_}], [QUIET])
    assert [figure.name for figure in figures if not figure.ok] == missed
    assert len([figure for figure in figures if figure.bar]) == 3


def test_nothing_is_judged_where_a_bare_timer_is_late() -> None:
    figures = figures_of([{**BARE, "max": 40.0}], [{**QUIET, "max": 50.0, "painted": 9.0}], [QUIET])
    assert all(figure.bar is None for figure in figures)
