"""The journal on a real SQLite file."""

import sqlite3
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from hub.database.storage import close_store, database_in, open_store
from hub.errors import HubError, HubProblem
from hub.journal.journal import _LOOKUPS, Journal, Kept, Recorded, RequestKey
from hub.upkeep.verification import verify
from service_floor.queue.events import DayEnded, DayOpened, Stop, TicketCancelled, TicketIssued
from service_floor.zone import ZONE

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
    assert (journal.seq, verify(engine).rows) == (0, 0)


def test_the_chain_goes_on_after_a_restart(journal, engine) -> None:
    write(journal, DayOpened(FRIDAY), issued(1))
    again = Journal(engine)
    write(again, issued(2))
    again.close()
    assert again.seq == 3
    assert (verify(engine).rows, verify(engine).broken) == (3, None)


YESTERDAY = [DayOpened(FRIDAY), *map(issued, range(1, 4)), DayEnded(FRIDAY)]
TODAY = [DayOpened(SATURDAY), *map(issued, range(4, 7))]


@pytest.mark.parametrize(
    ("tampering", "seq", "flaw"),
    [
        ("UPDATE journal SET body = replace(body, 'A005', 'A009') WHERE seq = 8", 8, "altered"),
        ("UPDATE journal SET at = replace(at, '08:00', '07:00') WHERE seq = 9", 9, "altered"),
        ("UPDATE journal SET kind = 'day_paused' WHERE seq = 6", 6, "altered"),
        ("DELETE FROM journal WHERE seq = 6", 6, "removed"),
        ("DELETE FROM journal WHERE seq = 8", 8, "removed"),
        ("DELETE FROM journal WHERE seq = 9", 9, "removed"),
        ("DELETE FROM journal WHERE seq = 5", 5, "removed"),
        ("UPDATE journal SET hash = 'f' WHERE seq = 5", 5, "altered"),
        ("UPDATE journal SET body = CAST(x'ff' AS TEXT) WHERE seq = 7", 7, "unreadable"),
        ("UPDATE journal SET device = x'ff' WHERE seq = 7", 7, "unreadable"),
    ],
)
def test_a_day_that_was_tampered_with_is_not_folded_and_its_row_is_named(
    journal, engine, tampering, seq, flaw
) -> None:
    write(journal, *YESTERDAY)
    write(journal, *TODAY, day=SATURDAY)
    assert len(list(journal.replay())) == len(TODAY)
    change(engine, tampering)
    with pytest.raises(HubError) as caught:
        list(journal.replay())
    assert caught.value.code is HubProblem.JOURNAL_BROKEN
    assert caught.value.data == {"seq": seq, "flaw": flaw, "keep": seq - 1}


def test_of_the_days_before_only_the_last_row_is_read(journal, engine) -> None:
    write(journal, *YESTERDAY)
    write(journal, *TODAY, day=SATURDAY)
    change(engine, "UPDATE journal SET body = 'x' WHERE seq = 3")
    assert len(list(journal.replay())) == len(TODAY)
    assert verify(engine).broken == (3, "altered")


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
        assert answered(page, [RequestKey("k1", "r")]) == {}
    assert (verify(engine).rows, verify(engine).broken) == (2, None)


def test_the_database_itself_refuses_a_number_twice_on_one_day(journal) -> None:
    write(journal, DayOpened(FRIDAY), issued(1))
    twin = TicketIssued("other", "A001", 1, (Stop("x"),), None, "all-day", "k2")
    with pytest.raises(IntegrityError):
        write(journal, twin)
    write(journal, DayOpened(SATURDAY), day=SATURDAY)
    write(journal, twin, day=SATURDAY)


def answered(page, keys):
    """What a page finds of these requests."""
    page.find(keys)
    return {key: kept for key in keys if (kept := page.answered(key)) is not None}


@pytest.mark.parametrize("count", [0, 1, 2, 4, 5, 16, 63, 64, 65, 200])
def test_any_number_of_requests_is_looked_up(journal, count) -> None:
    keys = [RequestKey(f"k{n % 3}", f"request-{n}") for n in range(count)]
    with journal.page() as page:
        for key in keys[::2]:
            page.keep(key, Kept("hash", f"answer to {key.req}"), EIGHT)
    with journal.page() as page:
        known = answered(page, [*keys, RequestKey("k9", "request-0")])
    assert known == {key: Kept("hash", f"answer to {key.req}") for key in keys[::2]}


def test_the_same_request_id_of_another_device_is_another_request(journal) -> None:
    with journal.page() as page:
        page.keep(RequestKey("k1", "r1"), Kept("h", "first"), EIGHT)
        page.keep(RequestKey("k2", "r1"), Kept("h", "second"), EIGHT)
    with journal.page() as page:
        known = answered(page, [RequestKey("k2", "r1")])
        assert known == {RequestKey("k2", "r1"): Kept("h", "second")}


def test_a_lookup_does_not_grow_with_the_requests_that_are_kept(journal, engine) -> None:
    """SQLite once read the whole table for every batch."""
    for size, statement in _LOOKUPS.items():
        places = {f"k{n}": n for n in range(size)}
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
        assert set(answered(page, [old, young])) == {young}


def test_a_row_that_this_version_cannot_read_is_named(journal, engine, monkeypatch) -> None:
    with monkeypatch.context() as later:
        later.setattr("hub.journal.journal.event_text", lambda _: '{"kind":"ticket_lost"}')
        write(journal, TicketCancelled("t1", "x", "d"))
    assert verify(engine).broken is None
    with pytest.raises(HubError) as caught:
        list(journal.replay())
    assert caught.value.code is HubProblem.JOURNAL_BROKEN
    assert caught.value.data == {"seq": 1, "flaw": "unreadable", "keep": 0}


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
