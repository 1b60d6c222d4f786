"""The command: what it prints, what it writes, and with which status it ends."""

import asyncio
import json
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest
from click.testing import CliRunner, Result

from benchmarks.__main__ import main
from benchmarks.figures import Bar, Figure
from benchmarks.place import BenchFailedError, BenchSkippedError, Place
from benchmarks.registry import BENCHES, Measure

Run = Callable[..., Result]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Runs the command with these benches only."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))

    def running(*arguments: str, **measures: Measure) -> Result:
        with monkeypatch.context() as patch:
            for name in tuple(BENCHES):
                patch.delitem(BENCHES, name)
            for name, measure in measures.items():
                module = ModuleType(f"bench_{name}")
                module.measure = measure
                patch.setitem(sys.modules, module.__name__, module)
                patch.setitem(BENCHES, name, module.__name__)
            return CliRunner().invoke(main, arguments)

    return running


def bench(value: float) -> Measure:
    async def measure(place: Place) -> tuple[Figure, ...]:
        assert place.folder.is_dir()
        assert not list(place.folder.iterdir())
        place.say("measuring")
        return (Figure("b", "waits", value, "ms", Bar(below=20), 5),)

    return measure


def test_cleared_bars_end_with_status_0_and_a_head_that_names_the_machine(run, tmp_path) -> None:
    result = run(quick=bench(10))
    assert result.exit_code == 0, result.output
    for word in ("processor", "Python 3.", "fsync of 4 KiB p50", "b      waits     10  ms    < 20"):
        assert word in result.stdout
    assert "quick: measuring" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_missed_bar_ends_with_status_1(run) -> None:
    result = run(quick=bench(10), slow=bench(20))
    assert result.exit_code == 1
    assert "MISSED" in result.stdout


def test_a_name_runs_that_bench_alone(run) -> None:
    assert run("quick", quick=bench(10), slow=bench(20)).exit_code == 0


def test_an_unknown_name_is_answered_with_the_known_ones_and_status_2(run) -> None:
    result = run("quik", quick=bench(10), slow=bench(20))
    assert result.exit_code == 2
    assert (
        "there is no bench 'quik'; there are: quick, slow. Did you mean 'quick'?" in result.stderr
    )


def test_the_json_file_holds_the_figures(run, tmp_path) -> None:
    file = tmp_path / "figures.json"
    assert run("--json", str(file), quick=bench(20)).exit_code == 1
    (figure,) = json.loads(file.read_text(encoding="utf-8"))
    assert figure == {
        "bench": "b", "name": "waits", "value": 20, "unit": "ms",
        "bar": "< 20", "baseline": 5, "ratio": 4, "ok": False,
    }  # fmt: skip


def test_a_file_that_cannot_be_written_is_said_before_anything_is_measured(run, tmp_path) -> None:
    result = run("--json", str(tmp_path / "no" / "figures.json"), quick=bench(10))
    assert result.exit_code == 2
    assert "measuring" not in result.stderr


def test_a_skipped_bench_says_why_and_is_no_failure(run) -> None:
    async def measure(place: Place) -> tuple[Figure, ...]:
        raise BenchSkippedError("no Chromium here")

    result = run(quick=bench(10), board=measure)
    assert result.exit_code == 0
    assert "board: skipped: no Chromium here" in result.stderr


def test_a_bench_that_cannot_measure_fails_and_the_others_still_run(run) -> None:
    async def client() -> None:
        raise BenchFailedError("the hub has gone")

    async def measure(place: Place) -> tuple[Figure, ...]:
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(client())
            tasks.create_task(client())
        return ()

    result = run(hub=measure, quick=bench(10))
    assert result.exit_code == 1
    assert result.stderr.count("hub: the hub has gone") == 1
    assert "waits" in result.stdout
