"""A short run of the kills, and what its judgement finds."""

import random
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from benchmarks.hall import write_hall
from benchmarks.kills.bench import killed_day
from benchmarks.kills.judgement import Wrongs, chain_breaks, double_calls, lost, unlike_boards
from benchmarks.kills.losses import FAULTS, Losses, note_fault, note_power_cut
from hub.client import Mirror
from hub.messages import Answer


@pytest.mark.floor
async def test_nothing_is_lost_doubled_or_shown_wrongly_when_the_hub_is_killed(
    tmp_path: Path,
) -> None:
    day = await killed_day(tmp_path / "day", write_hall(tmp_path), 2)
    assert day.wrongs == Wrongs()
    assert day.kills == 2
    assert day.acknowledged > 0
    losses, chance = Losses(), random.Random(1)
    for fault in FAULTS.values():
        await note_fault(day.left, fault, chance, losses)
    await note_power_cut(day.left, chance, losses)
    assert (losses.silent, losses.wrongly_refused, losses.unreported) == (0, 0, 0)
    assert (losses.starts, losses.power_cuts) == (len(FAULTS), 1)
    assert losses.refused >= 4
    assert losses.longest <= 1
    left = tmp_path / "day" / "data" / "floor.db"
    assert lost({("kiosk-1", "never-sent"): Answer(req="never-sent", ok=True)}, left) == 1
    assert unlike_boards([Mirror()], left) == 1
    _tell_again(left)
    assert double_calls(left) == 1
    assert chain_breaks(left) == 1


def _tell_again(database: Path) -> None:
    """A second call of a ticket, slipped in."""
    with closing(sqlite3.connect(database)) as store, store:
        store.execute(
            "INSERT INTO journal SELECT (SELECT max(seq) + 1 FROM journal), day, at, kind, body,"
            " device, prev_hash, hash FROM journal WHERE kind = 'ticket_called' LIMIT 1"
        )
