"""The load of the bench runs on a real hub."""

from pathlib import Path

import pytest

from benchmarks.devices import kiosks, terminals
from benchmarks.hall import hub_running, write_hall
from benchmarks.hub.floors import sample_of
from benchmarks.hub.rounds import issue, issue_and_call, measured
from benchmarks.hub.witness import Witness
from benchmarks.place import BenchFailedError


@pytest.mark.floor
async def test_a_small_round_is_measured_and_checked(tmp_path: Path) -> None:
    witness = Witness()
    async with (
        hub_running(write_hall(tmp_path), tmp_path / "data") as hub,
        kiosks(hub.floor, 2) as issuing,
    ):
        await issue(issuing, 5, witness)
        sample = sample_of(hub.database, 5)
        async with terminals(hub.floor, 2) as calling:
            load = issue_and_call(issuing, calling, 10, witness)
            done = await measured(hub, [*issuing, *calling], load)
            await hub.kill()
            with pytest.raises(BenchFailedError, match="the hub has gone"):
                await issuing[0].issue("certification")
    assert (len(witness.tickets), len(witness.calls)) == (15, 10)
    assert sample.rows_per_commit == 3
    assert done.per_second > 0
    assert 0 < done.p50_ms <= done.p99_ms
    assert witness.duplicate_numbers() == witness.double_calls() == 0
    assert witness.not_in_journal(hub.database) == 0


@pytest.mark.floor
async def test_a_hub_that_does_not_start_is_told_in_its_own_words(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.toml"
    wrong.write_text("[centre]\nlogo = 'x'\n", encoding="utf-8")
    with pytest.raises(BenchFailedError, match="logo"):
        async with hub_running(wrong, tmp_path / "data"):
            pytest.fail("a hub with a wrong configuration runs")
