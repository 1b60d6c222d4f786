"""The search bench, on the published list where that lies beside the checkout."""

import asyncio

import pytest

from benchmarks.place import BenchSkippedError, Place
from benchmarks.search import bench


def test_every_bar_has_its_figure(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(bench, "ROUNDS", 1)
    try:
        figures = asyncio.run(bench.measure(Place(tmp_path, 0.1, lambda _: None)))
    except BenchSkippedError as reason:
        pytest.skip(str(reason))
    named = {figure.name: figure for figure in figures}
    assert named.keys() >= bench.BARS.keys()
    assert named["question: CPU"].value > 0 < (named["question: CPU"].baseline or 0)


def test_without_the_published_list_it_is_skipped(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(bench, "_DATA", tmp_path)
    with pytest.raises(BenchSkippedError):
        asyncio.run(bench.measure(Place(tmp_path, 0.1, lambda _: None)))
