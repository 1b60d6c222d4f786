"""Values of a form out of a JSON file."""

from datetime import date

import pytest

from config.errors import ConfigurationError, MistakeCode
from config.forms.appointment import AppointmentForm
from config.forms.reading import read_values


def test_values_are_read(tmp_path) -> None:
    file = tmp_path / "values.json"
    file.write_text('{"citizen": "Nguyễn Văn Ổn", "due_at": "2026-12-04"}', "utf-8")
    assert read_values(AppointmentForm, file) == AppointmentForm(
        citizen="Nguyễn Văn Ổn", due_at=date(2026, 12, 4)
    )


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ('{"citizn": "x"}', MistakeCode.UNKNOWN_KEY, "citizn"),
        ('{"papers": [{"name": 7}]}', MistakeCode.INVALID, "papers[0].name"),
        ('{"due_at": "mai"}', MistakeCode.INVALID, "due_at"),
        ("[]", MistakeCode.INVALID, ""),
        ("{", MistakeCode.NOT_JSON, ""),
        ("\xff", MistakeCode.NOT_JSON, ""),
    ],
)
def test_each_mistake_is_named(tmp_path, text, code, place) -> None:
    file = tmp_path / "values.json"
    file.write_bytes(text.encode("latin-1"))
    with pytest.raises(ConfigurationError) as error:
        read_values(AppointmentForm, file)
    (mistake,) = error.value.mistakes
    assert (mistake.code, mistake.path) == (code, place)
