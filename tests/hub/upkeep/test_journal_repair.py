"""A repair keeps the proven beginning, writes out what it cuts off, and leaves no answer about rows that are gone."""

import json
from datetime import datetime

import pytest
from alembic import command
from alembic.config import Config
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from hub.database.storage import close_store, database_in, open_store
from hub.errors import HubError, HubProblem
from hub.journal.codec import event_text
from hub.journal.journal import Journal, Kept, RequestKey
from hub.journal.rows import entries
from hub.upkeep.database_files import opened_read_only
from hub.upkeep.deeds import Deed
from hub.upkeep.journal_repair import last_before, plan_cut, repair
from hub.upkeep.verification import verify
from service_floor.queue import commands as c
from service_floor.zone import ZONE

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=ZONE)
BY_TECH = Deed("command:tech", NOW)
PAGE = 4096


def cut_back(data, to):
    with opened_read_only(data / "floor.db") as engine:
        cut = plan_cut(engine, to, data / "cut-off.jsonl")
        return repair(engine, data, cut, BY_TECH)


def tamper(data, *statements) -> None:
    engine = open_store(database_in(data))
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))
    close_store(engine)


def keep(data, device, req, answer, at) -> None:
    """A request with its answer, as a hub would keep it."""
    engine = open_store(database_in(data))
    journal = Journal(engine)
    with journal.page() as page:
        page.keep(RequestKey(device, req), Kept("h", answer), at)
    journal.close()
    close_store(engine)


def downgrade(data, revision) -> None:
    """Take the database back to an earlier schema step."""
    engine = open_store(database_in(data))
    config = Config()
    config.set_main_option("script_location", "hub.database:migrations")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, revision)
    close_store(engine)


def column(data, query) -> list:
    engine = open_store(database_in(data))
    with engine.connect() as connection:
        found = [row[0] for row in connection.execute(text(query))]
    close_store(engine)
    return found


def test_rows_behind_are_cut_off_written_out_and_the_old_database_is_kept(data) -> None:
    tamper(data, "UPDATE journal SET body = replace(body, 'A001', 'A009') WHERE seq = 16")
    with opened_read_only(data / "floor.db") as engine:
        before = [row._asdict() for row in entries(engine)]
    repaired = cut_back(data, 15)
    assert (repaired.verdict.rows, repaired.verdict.broken) == (15, None)
    lines = [json.loads(line) for line in (data / "cut-off.jsonl").read_text().splitlines()]
    assert lines == before[15:]
    with opened_read_only(repaired.aside) as engine:
        assert [row._asdict() for row in entries(engine)] == before
    with opened_read_only(data / "floor.db") as engine:
        assert [row._asdict() for row in entries(engine)] == before[:15]
    left = {path.name for path in data.iterdir()}
    assert left == {"floor.db", "cut-off.jsonl", "floor-until-20261122-120000.db"}


def test_numbers_and_answers_of_the_rows_that_are_gone_are_gone_too(data) -> None:
    repaired = cut_back(data, 17)
    assert repaired.requests_dropped == 3
    assert column(data, "SELECT number FROM ticket_numbers WHERE day = '2026-11-22'") == [
        "A001",
        "A002",
    ]
    kept = column(data, "SELECT req FROM requests WHERE req LIKE '2026-11-22%' ORDER BY req")
    assert kept == ["2026-11-22-1", "2026-11-22-2"]
    assert column(data, "SELECT count(*) FROM requests") == [12]


@pytest.mark.slow
def test_a_refusal_stands_if_it_was_given_before_the_cut(data) -> None:
    refused = json.dumps({"req": "r", "ok": False, "error": {"code": "closed"}})
    for req, second in (("early", 1), ("late", 5)):
        keep(data, "k2", req, refused, datetime(2026, 11, 22, 8, 0, second, tzinfo=ZONE))
    cut_back(data, 17)
    assert column(data, "SELECT req FROM requests WHERE device = 'k2'") == ["early"]


def test_of_two_answers_of_one_moment_the_one_whose_ticket_is_gone_goes(data) -> None:
    engine = open_store(database_in(data))
    with engine.connect() as connection:
        (at,) = connection.execute(text("SELECT at FROM journal WHERE seq = 17")).one()
    engine.dispose()
    # As if rows 17 and 18 had been one batch.
    tamper(data, "DELETE FROM requests WHERE req = '2026-11-22-3'")
    third = json.dumps({"ok": True, "result": {"ticket": {"id": "2026-11-22-3"}}})
    keep(data, "k1", "2026-11-22-3", third, datetime.fromisoformat(at))
    cut_back(data, 17)
    kept = column(data, "SELECT req FROM requests WHERE req LIKE '2026-11-22%' ORDER BY req")
    assert kept == ["2026-11-22-1", "2026-11-22-2"]


def test_an_answer_that_was_altered_is_not_carried_over(data) -> None:
    tamper(data, "UPDATE requests SET answer = x'00' WHERE req = '2026-11-20-1'")
    assert cut_back(data, 21).requests_dropped == 1


@pytest.mark.slow
def test_answers_in_the_form_of_an_earlier_version_are_lost_and_named(data) -> None:
    """A damaged database that this version's hub could not open is repaired all the same."""
    downgrade(data, "0005")
    repaired = cut_back(data, 17)
    assert repaired.lost == ("requests",)
    assert (repaired.verdict.rows, repaired.verdict.broken) == (17, None)
    assert column(data, "SELECT count(*) FROM requests") == [0]


def test_what_is_no_part_of_the_journal_is_carried_over(data) -> None:
    tamper(
        data,
        "INSERT INTO meta VALUES ('key', 'value')",
        "INSERT INTO dossiers VALUES ('H1', 1, 'p', 'n', 'a', 1, NULL, NULL, NULL, '', 1)",
    )
    assert cut_back(data, 7).lost == ()
    assert column(data, "SELECT value FROM meta WHERE key = 'key'") == ["value"]
    assert column(data, "SELECT code FROM dossiers") == ["H1"]


def test_the_chain_goes_on_behind_the_cut(data) -> None:
    cut_back(data, 17)
    engine = open_store(database_in(data))
    journal = Journal(engine)
    told = list(journal.replay())
    assert [recorded.event.kind for recorded in told] == ["day_opened", *["ticket_issued"] * 2]
    with journal.page() as page:
        page.record(told[0].event, NOW, NOW.date(), "k1")
    journal.close()
    assert (verify(engine).rows, verify(engine).broken) == (18, None)
    assert event_text(told[0].event) == list(entries(engine))[-1].body
    close_store(engine)


@pytest.mark.parametrize(
    ("tampering", "proven"),
    [
        ("UPDATE journal SET body = '{}' WHERE seq = 9", 8),
        ("DELETE FROM journal WHERE seq = 9", 8),
        ("DELETE FROM journal WHERE seq = 21", 20),
        ("DELETE FROM journal WHERE seq = 20", 19),
        ("SELECT 1", 21),
    ],
)
def test_only_proven_rows_can_be_kept(data, tampering, proven) -> None:
    tamper(data, tampering)
    for to in (-1, proven + 1):
        with pytest.raises(HubError) as caught:
            cut_back(data, to)
        assert caught.value.code is HubProblem.CUT_OUT_OF_REACH
        assert caught.value.data == {"to": to, "last": proven}
    assert cut_back(data, proven).verdict.rows == proven


def test_a_database_with_a_page_that_the_disk_lost_is_brought_to_life_again(data) -> None:
    with opened_read_only(data / "floor.db") as engine:
        marker = bytes.fromhex(list(entries(engine))[15].hash)
    with (data / "floor.db").open("r+b") as file:
        place = file.read().index(marker) // PAGE * PAGE
        file.seek(place)
        file.write(b"\x55" * PAGE)
    with opened_read_only(data / "floor.db") as engine:
        found = verify(engine).broken
    assert found is not None
    repaired = cut_back(data, found.seq - 1)
    assert (repaired.verdict.rows, repaired.verdict.broken) == (found.seq - 1, None)
    assert repaired.cut_off.unreadable[0] == found.seq
    assert repaired.cut_off.rows + len(repaired.cut_off.unreadable) == 21 - repaired.verdict.rows


def test_nothing_is_touched_where_what_is_cut_off_cannot_be_written(data) -> None:
    (data / "cut-off.jsonl").write_text("of another time")
    before = (data / "floor.db").read_bytes()
    with pytest.raises(HubError) as caught:
        cut_back(data, 5)
    assert caught.value.code is HubProblem.FILE_UNWRITABLE
    assert (data / "floor.db").read_bytes() == before
    assert (data / "cut-off.jsonl").read_text() == "of another time"
    assert {path.name for path in data.iterdir()} == {"floor.db", "cut-off.jsonl"}


@settings(max_examples=settings.default.max_examples // 8)
@given(to=st.integers(0, 21))
def test_wherever_the_cut_is_every_kept_answer_has_its_row(
    tmp_path_factory, data_bytes, to
) -> None:
    data = tmp_path_factory.mktemp("cut")
    (data / "floor.db").write_bytes(data_bytes)
    cut_back(data, to)
    issued = {
        json.loads(b)["ticket"]
        for b in column(data, "SELECT body FROM journal WHERE kind = 'ticket_issued'")
    }
    assert set(column(data, "SELECT req FROM requests")) == issued
    assert set(column(data, "SELECT ticket FROM ticket_numbers")) == issued


@pytest.fixture(scope="module")
def data_bytes(make_data, tmp_path_factory):
    return (make_data(tmp_path_factory.mktemp("whole")) / "floor.db").read_bytes()


def test_a_date_that_was_wrong_is_repaired_with_the_tickets_that_it_expired(
    make_hub, clock, tmp_path
) -> None:
    hub = make_hub()
    hub.start()
    given = [hub.do(c.IssueTicket(("certify",)))["result"]["ticket"]["id"] for _ in range(5)]
    right = clock.now
    hub.stop()
    clock.pass_by(days=1)
    wrong = make_hub()
    assert wrong.writer._commits.decider.day.day == right.day + 1
    wrong.stop()
    clock.now = right
    with opened_read_only(tmp_path / "floor.db") as engine:
        to = last_before(engine, right.replace(hour=23))
        cut = plan_cut(engine, to, tmp_path / "cut-off.jsonl")
        repaired = repair(engine, tmp_path, cut, BY_TECH)
    # Five tickets and the day expire, the next one begins with its plan.
    assert repaired.cut_off.rows == 8
    again = make_hub()
    again.start()
    assert {again.where(ticket).ticket.state for ticket in given} == {"waiting"}
    assert again.do(c.IssueTicket(("certify",)))["result"]["ticket"]["number"] == "A00006"
