"""The floor on the wire writes and answers what the hub would, and the slower disk is slower."""

import sqlite3
from contextlib import closing
from pathlib import Path
from time import perf_counter

import pytest

from benchmarks.devices import kiosks
from benchmarks.hall import hub_running, program_running, write_hall
from benchmarks.hub.floors import group_sizes
from benchmarks.hub.rounds import issue, issue_for
from benchmarks.hub.slow_disk import SLOWER_BY
from benchmarks.hub.witness import Witness


@pytest.mark.floor
async def test_every_answer_of_the_prototype_stands_in_its_database(tmp_path: Path) -> None:
    hall, pressed, bare = write_hall(tmp_path), Witness(), Witness()
    async with (
        hub_running(hall, tmp_path / "hub", program="benchmarks.hub.slow_disk") as hub,
        kiosks(hub.floor, 1) as clients,
    ):
        began = perf_counter()
        await issue(clients, 5, pressed)
        assert perf_counter() - began > 5 * SLOWER_BY
    assert sum(group_sizes(hub.database)) == 5
    copy = tmp_path / "prototype.db"
    source = (str(hub.database), str(copy), "ticket_issued")
    async with (
        program_running(tmp_path, "benchmarks.hub.prototype", *source) as prototype,
        kiosks(prototype.floor, 2) as clients,
    ):
        await issue_for(clients, 0.2, bare)
    assert bare.tickets[0].keys() == pressed.tickets[0].keys()
    with closing(sqlite3.connect(copy)) as store:
        for table in ("journal", "requests", "ticket_numbers"):
            (rows,) = store.execute(f"SELECT count(*) FROM {table}").fetchone()
            assert rows == len(bare.tickets)
