"""Figures, bars and how they are told."""

import json

import pytest

from benchmarks.figures import HEADINGS, Bar, Figure, Sheet, as_json, as_table, percentile


@pytest.mark.parametrize(
    ("bar", "value", "met"),
    [
        (Bar(at_least=600), 600, True),
        (Bar(at_least=600), 599.9, False),
        (Bar(at_most=0), 0, True),
        (Bar(at_most=0), 1, False),
        (Bar(below=20), 19.99, True),
        (Bar(below=20), 20, False),
        (Bar(at_least=1, below=2), 1.5, True),
        (Bar(at_least=1, below=2), 0.5, False),
    ],
)
def test_a_bar_is_cleared_or_missed(bar: Bar, value: float, met: bool) -> None:
    assert bar.met_by(value) is met
    assert Figure("b", "n", value, "ms", bar).ok is met


def test_a_figure_without_a_bar_is_fine_whatever_it_is() -> None:
    assert Figure("b", "n", 1e9, "ms").ok


def test_the_ratio_is_told_only_where_there_is_something_to_divide_by() -> None:
    assert Figure("b", "n", 30, "ms", baseline=10).ratio == 3
    assert Figure("b", "n", 30, "ms", baseline=0).ratio is None
    assert Figure("b", "n", 30, "ms").ratio is None


def test_the_json_has_exactly_the_agreed_keys() -> None:
    figures = [Figure("b", "n", 1 / 3, "ms", Bar(below=20), 2), Figure("b", "m", 7, "")]
    first, second = json.loads(as_json(figures))
    assert list(first) == ["bench", "name", "value", "unit", "bar", "baseline", "ratio", "ok"]
    assert list(first) == list(HEADINGS)
    assert list(first.values()) == ["b", "n", 0.333, "ms", "< 20", 2, 0.167, True]
    assert list(second.values()) == ["b", "m", 7, "", None, None, None, True]


def test_the_table_names_every_figure_and_marks_what_is_missed() -> None:
    figures = [Figure("hub", "rate", 1234.5, "1/s", Bar(at_least=600)), Figure("hub", "p99", 21, "ms", Bar(below=20))]  # fmt: skip
    heading, rate, p99 = as_table(figures).splitlines()
    assert heading.split() == list(HEADINGS)
    assert rate.split() == ["hub", "rate", "1,234", "1/s", ">=", "600", "ok"]
    assert p99.split() == ["hub", "p99", "21", "ms", "<", "20", "MISSED"]


@pytest.mark.parametrize(
    ("share", "expected"), [(0.0, 1), (0.5, 50), (0.95, 95), (0.99, 99), (1.0, 100)]
)
def test_a_percentile_is_one_of_the_values(share: float, expected: int) -> None:
    assert percentile(range(100, 0, -1), share) == expected


def test_a_sheet_finds_the_bar_of_a_figure_by_its_name() -> None:
    sheet = Sheet("hub", {"p99": Bar(below=20)})
    sheet.note("p99", 21, "ms", 2)
    sheet.note("p50", 3, "ms")
    missed, fine = sheet.figures()
    assert (missed.bar, missed.ok, missed.ratio) == (Bar(below=20), False, 10.5)
    assert (fine.bar, fine.ok) == (None, True)


def test_a_bar_that_was_never_measured_is_not_passed_over_in_silence() -> None:
    sheet = Sheet("hub", {"p99": Bar(below=20)})
    sheet.note("p50", 3, "ms")
    with pytest.raises(LookupError, match="hub: not measured: p99"):
        sheet.figures()
