"""Value objects of forms: bounded, cleaned, and written as official papers write moments."""

from datetime import date

import pytest
from pydantic import ValidationError

from config.forms.appointment import AppointmentForm
from config.forms.samples import RECEIVED as NOW


def test_moments_are_written_as_in_an_official_paper() -> None:
    form = AppointmentForm(date=date(2026, 2, 3), received_at=NOW, due_at=date(2026, 12, 4))
    data = form.as_template_data()
    assert data["date"] == "ngày 03 tháng 02 năm 2026"
    assert data["received_at"] == "08 giờ 15 phút, ngày 20 tháng 11 năm 2026"
    assert data["due_at"] == "ngày 04 tháng 12 năm 2026"


def test_what_is_unknown_is_empty_and_a_count_that_is_unknown_is_none() -> None:
    data = AppointmentForm(papers=[{"name": "Tờ khai", "copies": 0}]).as_template_data()
    assert data["papers"] == (
        {"name": "Tờ khai", "originals": None, "certified": None, "copies": 0},
    )
    assert {value for name, value in data.items() if name != "papers"} == {""}


@pytest.mark.parametrize(
    "wrong",
    [
        {"citizen": "x" * 301}, {"request": "x" * 6_001}, {"papers": [{"name": "x"}] * 201}, {"papers": [{"name": "x", "copies": -1}]},
        {"received_at": "2026-11-20T08:00:00"}, {"citizn": "x"}, {"citizen": 7},
    ],
)  # fmt: skip
def test_a_value_beyond_its_bounds_is_refused(wrong) -> None:
    with pytest.raises(ValidationError):
        AppointmentForm.model_validate(wrong)


def test_a_form_is_read_from_json() -> None:
    text = '{"citizen": "An", "due_at": "2026-12-04", "received_at": "2026-11-20T08:15:00+07:00"}'
    form = AppointmentForm.model_validate_json(text)
    assert (form.due_at, form.received_at) == (date(2026, 12, 4), NOW)
