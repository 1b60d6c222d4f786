"""The witness finds what must never happen."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from benchmarks.hub.witness import Witness


def ticket(name: str, number: str, day: str = "2026-11-20") -> dict[str, Any]:
    return {"id": name, "number": number, "issued_at": f"{day}T08:00:00+07:00"}


def test_a_number_given_twice_on_one_day_is_found_and_one_of_the_next_day_is_not() -> None:
    one, two = ticket("t1", "A001"), ticket("t2", "A001")
    assert Witness([one, ticket("t2", "A002")]).duplicate_numbers() == 0
    assert Witness([one, two, ticket("t3", "A001")]).duplicate_numbers() == 2
    assert Witness([one, ticket("t2", "A001", "2026-11-21")]).duplicate_numbers() == 0


def test_a_ticket_called_by_two_counters_is_found() -> None:
    calls = [{"ticket": {"id": name}} for name in ("t1", "t2", "t1")]
    assert Witness(calls=calls[:2]).double_calls() == 0
    assert Witness(calls=calls).double_calls() == 1


def test_what_was_answered_and_is_not_in_the_journal_is_found(tmp_path: Path) -> None:
    database = tmp_path / "floor.db"
    with closing(sqlite3.connect(database)) as store, store:
        store.execute("CREATE TABLE journal (kind TEXT, body TEXT)")
        store.execute("""INSERT INTO journal VALUES ('ticket_issued', '{"ticket":"t1"}')""")
    heard = Witness([ticket("t1", "A001")])
    assert heard.not_in_journal(database) == 0
    heard.tickets.append(ticket("t2", "A002"))
    heard.calls.append({"ticket": {"id": "t1"}})
    assert heard.not_in_journal(database) == 2
