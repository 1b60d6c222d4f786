"""The journal on a real SQLite file."""

import sqlite3
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from hub.codec import GENESIS
from hub.errors import HubError, HubProblem
from hub.journal import _LOOKUPS, Journal, Kept, Recorded, RequestKey, Verdict, verify
from hub.storage import close_store, database_in, open_store
from service_floor.queue.events import DayEnded, DayOpened, Stop, TicketCancelled, TicketIssued
from service_floor.queue.hours import ZONE

FRIDAY, SATURDAY = date(2026, 11, 20), date(2026, 11, 21)
EIGHT = datetime(2026, 11, 20, 8, 0, tzinfo=ZONE)


class PowerCutError(Exception):
    pass


@pytest.fixture
def engine(tmp_path):
    engine = open_store(database_in(tmp_path))
    yield engine
    engine.dispose()


@pytest.fixture
def journal(engine):
    journal = Journal(engine)
    yield journal
    journal.close()


def issued(n):
    return TicketIssued(f"t{n}", f"A{n:03}", n, (Stop("đất"),), None, "all-day", "k1")


def write(journal, *events, at=EIGHT, day=FRIDAY):
    with journal.page() as page:
        for event in events:
            page.record(event, at, day, "k1")


def change(engine, statement) -> None:
    with engine.begin() as connection:
        connection.execute(text(statement))


def test_the_latest_day_comes_back_as_it_was_told(journal) -> None:
    write(journal, DayOpened(FRIDAY), issued(1))
    later = EIGHT + timedelta(days=1)
    write(journal, DayEnded(FRIDAY), at=later)
    write(journal, DayOpened(SATURDAY), issued(1), at=later, day=SATURDAY)
    assert list(journal.replay()) == [
        Recorded(DayOpened(SATURDAY), later),
        Recorded(issued(1), later),
    ]


def test_moments_come_back_on_the_wall_clock_of_the_centre(journal) -> None:
    write(journal, DayOpened(FRIDAY), at=EIGHT.astimezone(UTC))
    (recorded,) = journal.replay()
    assert recorded.at == EIGHT
    assert recorded.at.hour == 8


def test_an_empty_journal_has_nothing_to_tell(journal, engine) -> None:
    assert list(journal.replay()) == []
    assert (journal.seq, verify(engine)) == (0, Verdict(0))


def test_the_chain_goes_on_after_a_restart(journal, engine) -> None:
    write(journal, DayOpened(FRIDAY), issued(1))
    again = Journal(engine)
    write(again, issued(2))
    again.close()
    assert again.seq == 3
    assert verify(engine) == Verdict(3)


@pytest.mark.parametrize(
    ("tampering", "broken_at"),
    [
        ("UPDATE journal SET body = replace(body, 'A002', 'A009') WHERE seq = 3", 3),
        ("UPDATE journal SET at = replace(at, '08:00', '07:00') WHERE seq = 3", 3),
        ("UPDATE journal SET device = 'k2' WHERE seq = 3", 3),
        ("UPDATE journal SET day = '2026-11-19' WHERE seq = 3", 3),
        ("DELETE FROM journal WHERE seq = 3", 4),
        ("DELETE FROM journal WHERE seq = 1", 2),
        (f"UPDATE journal SET prev_hash = '{GENESIS}' WHERE seq = 3", 3),
        ("UPDATE journal SET seq = seq + 10 WHERE seq >= 3", 13),
        (
            "INSERT INTO journal SELECT 6, day, at, kind, body, device, hash, hash"
            " FROM journal WHERE seq = 5",
            6,
        ),
    ],
)
def test_a_row_that_is_altered_removed_moved_or_added_is_found(
    journal, engine, tampering, broken_at
) -> None:
    write(journal, DayOpened(FRIDAY), issued(1), issued(2), issued(3), issued(4))
    assert verify(engine) == Verdict(5)
    change(engine, tampering)
    assert verify(engine).broken_at == broken_at


def test_a_page_that_fails_leaves_nothing_and_the_next_one_goes_on(journal, engine) -> None:
    write(journal, DayOpened(FRIDAY))

    def fail() -> None:
        with journal.page() as page:
            page.record(issued(1), EIGHT, FRIDAY, "k1")
            page.keep(RequestKey("k1", "r"), Kept("h", "a"), EIGHT)
            raise PowerCutError

    with pytest.raises(PowerCutError):
        fail()
    write(journal, issued(2))
    assert [recorded.event for recorded in journal.replay()] == [DayOpened(FRIDAY), issued(2)]
    with journal.page() as page:
        assert page.known([RequestKey("k1", "r")]) == {}
    assert verify(engine) == Verdict(2)


def test_the_database_itself_refuses_a_number_twice_on_one_day(journal) -> None:
    write(journal, DayOpened(FRIDAY), issued(1))
    twin = TicketIssued("other", "A001", 1, (Stop("x"),), None, "all-day", "k2")
    with pytest.raises(IntegrityError):
        write(journal, twin)
    write(journal, DayOpened(SATURDAY), day=SATURDAY)
    write(journal, twin, day=SATURDAY)


@pytest.mark.parametrize("count", [0, 1, 2, 4, 5, 16, 63, 64, 65, 200])
def test_any_number_of_requests_is_looked_up(journal, count) -> None:
    keys = [RequestKey(f"k{n % 3}", f"request-{n}") for n in range(count)]
    with journal.page() as page:
        for key in keys[::2]:
            page.keep(key, Kept("hash", f"answer to {key.req}"), EIGHT)
    with journal.page() as page:
        known = page.known([*keys, RequestKey("k9", "request-0")])
    assert known == {key: Kept("hash", f"answer to {key.req}") for key in keys[::2]}


def test_the_same_request_id_of_another_device_is_another_request(journal) -> None:
    with journal.page() as page:
        page.keep(RequestKey("k1", "r1"), Kept("h", "first"), EIGHT)
        page.keep(RequestKey("k2", "r1"), Kept("h", "second"), EIGHT)
    with journal.page() as page:
        assert page.known([RequestKey("k2", "r1")]) == {RequestKey("k2", "r1"): Kept("h", "second")}


def test_a_lookup_does_not_grow_with_the_requests_that_are_kept(journal, engine) -> None:
    """SQLite once read the whole table for every batch."""
    for size, statement in _LOOKUPS.items():
        places = {f"{c}{n}": "x" for c in "dr" for n in range(size)}
        with engine.connect() as connection:
            plan = connection.execute(text(f"EXPLAIN QUERY PLAN {statement.text}"), places)
            steps = [row.detail for row in plan]
        assert not [step for step in steps if step.startswith("SCAN")], steps


def test_old_requests_are_forgotten_and_young_ones_kept(journal) -> None:
    old, young = RequestKey("k1", "old"), RequestKey("k1", "young")
    with journal.page() as page:
        page.keep(old, Kept("h", "a"), EIGHT - timedelta(days=8))
        page.keep(young, Kept("h", "a"), EIGHT - timedelta(days=6))
    assert journal.forget_requests(EIGHT - timedelta(days=7)) == 1
    with journal.page() as page:
        assert set(page.known([old, young])) == {young}


def test_a_row_that_this_version_cannot_read_is_named(journal, engine) -> None:
    write(journal, DayOpened(FRIDAY), TicketCancelled("t1", "x", "d"))
    change(engine, "UPDATE journal SET body = replace(body, 'cancelled', 'lost') WHERE seq = 2")
    with pytest.raises(HubError) as caught:
        list(journal.replay())
    assert (caught.value.code, caught.value.data) == (HubProblem.JOURNAL_UNREADABLE, {"seq": 2})


def test_commits_are_durable_and_readers_do_not_block_the_writer(journal, engine, tmp_path) -> None:
    with engine.connect() as connection:
        assert connection.execute(text("PRAGMA journal_mode")).scalar() == "wal"
        assert connection.execute(text("PRAGMA synchronous")).scalar() == 2
    reader = sqlite3.connect(tmp_path / "floor.db")
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM journal").fetchone()
    write(journal, DayOpened(FRIDAY))
    assert reader.execute("SELECT count(*) FROM journal").fetchone() == (0,)
    reader.close()


def test_closing_folds_the_log_into_the_one_file(tmp_path) -> None:
    engine = open_store(database_in(tmp_path))
    journal = Journal(engine)
    write(journal, DayOpened(FRIDAY))
    journal.close()
    close_store(engine)
    assert [path.name for path in tmp_path.iterdir()] == ["floor.db"]
