"""The whole chain on a real file: what is proven, what is named, and what was kept on paper."""

from datetime import date

import pytest

from hub.database.storage import close_store, database_in, open_store
from hub.errors import HubError, HubProblem
from hub.journal.chain import ChainBrokenError
from hub.journal.codec import GENESIS
from hub.journal.rows import entries
from hub.upkeep.verification import DayClosing, closing, verify

PAGE = 4096


def test_a_whole_chain_is_counted_and_its_last_hash_told(engine) -> None:
    verdict = verify(engine)
    assert (verdict.rows, verdict.days, verdict.broken) == (21, 3, None)
    assert verdict.last_hash == list(entries(engine))[-1].hash


def test_a_journal_without_a_row_stands(tmp_path) -> None:
    engine = open_store(database_in(tmp_path))
    verdict = verify(engine)
    assert (verdict.rows, verdict.days, verdict.last_hash) == (0, 0, GENESIS)
    engine.dispose()


@pytest.mark.parametrize(
    ("tampering", "found"),
    [
        ("UPDATE journal SET body = replace(body, 'A002', 'A009') WHERE seq = 3", (3, "altered")),
        ("UPDATE journal SET device = 'k2' WHERE seq = 3", (3, "altered")),
        ("UPDATE journal SET day = '2026-11-19' WHERE seq = 3", (3, "altered")),
        (f"UPDATE journal SET prev_hash = '{GENESIS}' WHERE seq = 3", (3, "altered")),
        ("DELETE FROM journal WHERE seq = 3", (3, "removed")),
        ("DELETE FROM journal WHERE seq = 1", (1, "removed")),
        ("UPDATE journal SET seq = seq + 10 WHERE seq = 21", (21, "removed")),
        ("DELETE FROM journal WHERE seq >= 20", (20, "removed")),
        (
            "INSERT INTO journal SELECT 22, day, at, kind, body, device, hash, hash"
            " FROM journal WHERE seq = 21",
            (22, "altered"),
        ),
        (
            "INSERT INTO journal SELECT -5, day, at, kind, body, device, hash, hash"
            " FROM journal WHERE seq = 21",
            (-5, "inserted"),
        ),
        ("UPDATE journal SET body = CAST(x'c328' AS TEXT) WHERE seq = 9", (9, "unreadable")),
        ("UPDATE journal SET kind = x'00' WHERE seq = 9", (9, "unreadable")),
    ],
)
def test_what_was_done_to_a_row_is_named(engine, change, tampering, found) -> None:
    change(tampering)
    verdict = verify(engine)
    assert verdict.broken == found
    assert verdict.rows == max(0, found[0] - 1)


def test_a_page_that_the_disk_lost_is_named_by_the_first_row_that_cannot_be_read(
    engine, data
) -> None:
    marker = bytes.fromhex(list(entries(engine))[15].hash)
    close_store(engine)
    with (data / "floor.db").open("r+b") as file:
        page = file.read().index(marker) // PAGE * PAGE
        file.seek(page)
        file.write(b"\x55" * PAGE)
    verdict = verify(engine)
    assert verdict.broken == (verdict.rows + 1, "unreadable")
    assert 0 < verdict.rows < 21


def test_a_hash_from_paper_is_found_by_its_beginning_or_not_at_all(engine) -> None:
    last_of_friday = list(entries(engine))[6]
    assert verify(engine, printed=last_of_friday.hash[:16]).printed == last_of_friday
    assert verify(engine, printed="f" * 64).printed is None


def test_rows_cut_off_and_written_anew_are_not_those_on_paper(engine, change) -> None:
    told = closing(engine, date(2026, 11, 22))
    assert told is not None
    change("DELETE FROM journal WHERE seq >= 20")
    change("DELETE FROM ticket_numbers WHERE day = '2026-11-22' AND number = 'A005'")
    assert verify(engine).broken is None
    assert verify(engine, printed=told.hash).printed is None


def test_a_day_closes_with_the_hash_of_its_last_row(engine) -> None:
    rows = list(entries(engine))
    friday, sunday = date(2026, 11, 20), date(2026, 11, 22)
    assert closing(engine, friday) == DayClosing(friday, 1, 7, rows[6].hash, over=True)
    assert closing(engine, sunday) == DayClosing(sunday, 15, 21, rows[20].hash, over=False)
    assert closing(engine, date(2026, 11, 23)) is None


def test_a_day_behind_a_break_has_no_closing_hash(engine, change) -> None:
    change("UPDATE journal SET body = '{}' WHERE seq = 4")
    with pytest.raises(ChainBrokenError):
        closing(engine, date(2026, 11, 22))


def test_a_file_that_is_no_database_is_said(tmp_path) -> None:
    engine = open_store(database_in(tmp_path))
    engine.dispose()
    (tmp_path / "floor.db").write_bytes(b"\x55" * 8192)
    with pytest.raises(HubError) as caught:
        verify(engine)
    assert caught.value.code is HubProblem.DATABASE_UNUSABLE
    engine.dispose()


def test_reading_in_pieces_gives_every_row_once(engine) -> None:
    whole = list(entries(engine))
    assert [row.seq for row in whole] == list(range(1, 22))
    for at_once in (1, 2, 20, 21, 22):
        assert list(entries(engine, at_once=at_once)) == whole
    assert [row.seq for row in entries(engine, after=5, last=9)] == [6, 7, 8, 9]
