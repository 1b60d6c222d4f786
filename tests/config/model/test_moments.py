"""Values of the wire that are a moment or only a day."""

from datetime import UTC, date, datetime

import pytest
from pydantic import TypeAdapter, ValidationError

from config.model.moments import When

WHEN = TypeAdapter(When)


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ('"2026-11-20"', date(2026, 11, 20)),
        ('"2026-11-20T00:00:00Z"', datetime(2026, 11, 20, tzinfo=UTC)),
        ('"2026-11-20T16:30:00Z"', datetime(2026, 11, 20, 16, 30, tzinfo=UTC)),
    ],
)
def test_a_day_is_never_read_as_midnight_nor_midnight_as_a_day(text, when) -> None:
    for read in (WHEN.validate_json(text), WHEN.validate_python(when)):
        assert (type(read), read) == (type(when), when)
    assert WHEN.dump_json(when).decode() == text


@pytest.mark.parametrize(
    "text", ['"soon"', '""', "17", "null", '"2026-11-31"', '"T"', '"2026-11-20T08:00:00"']
)
def test_what_is_neither_is_refused(text) -> None:
    with pytest.raises(ValidationError):
        WHEN.validate_json(text)
