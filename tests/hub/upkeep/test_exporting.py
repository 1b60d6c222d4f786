"""Rows as lines: complete, provable by anyone, and of a damaged journal as many as can be read."""

import io
import json
from datetime import date

from sqlalchemy import text

from hub.journal.rows import entries
from hub.upkeep.exporting import export
from hub.upkeep.verification import verify

FRIDAY, SATURDAY = date(2026, 11, 20), date(2026, 11, 21)


def exported(engine, day=None):
    lines = io.StringIO()
    told = export(engine, lines, day)
    return told, [json.loads(line) for line in lines.getvalue().splitlines()]


def test_every_row_is_a_line_with_its_hash(engine) -> None:
    told, lines = exported(engine)
    assert (told.rows, told.unreadable) == (21, [])
    assert lines == [row._asdict() for row in entries(engine)]


def test_a_day_is_written_alone(engine) -> None:
    _, lines = exported(engine, SATURDAY)
    assert [line["seq"] for line in lines] == list(range(8, 15))
    assert exported(engine, date(2026, 11, 30))[0].rows == 0


def test_vietnamese_stands_in_plain_letters(engine) -> None:
    lines = io.StringIO()
    export(engine, lines, FRIDAY)
    assert "đất" in lines.getvalue()


def test_what_cannot_be_read_is_named_and_the_rest_is_written(engine, change) -> None:
    change("UPDATE journal SET body = CAST(x'ff' AS TEXT) WHERE seq IN (4, 5)")
    change("UPDATE journal SET device = x'beef' WHERE seq = 9")
    told, lines = exported(engine)
    assert (told.rows, told.unreadable) == (19, [4, 5])
    assert next(line for line in lines if line["seq"] == 9)["device"] == "beef"
    assert verify(engine).broken == (4, "unreadable")


def test_nothing_readable_writes_nothing(engine, change) -> None:
    change("UPDATE journal SET body = CAST(x'ff' AS TEXT)")
    told, lines = exported(engine)
    assert (lines, told.unreadable) == ([], list(range(1, 22)))
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM journal")).scalar() == 21
