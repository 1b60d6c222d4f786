"""The thermal slip says what the form says."""

from datetime import date

import pytest

from config.forms.appointment import AppointmentForm
from config.forms.samples import usual_appointment
from config.forms.thermal import appointment_entries, appointment_values
from config.slips.placeholders import contents
from plumbing.sentences import load_sentences

TEXTS = load_sentences("counter_terminal", "vi")


def test_every_placeholder_of_the_slip_comes_from_the_form() -> None:
    form = usual_appointment(2)
    values = appointment_values(form, TEXTS)
    every = set(contents()["ticket"].values) & set(contents()["checklist"].values)
    assert set(values) | every | {"form"} == set(contents()["appointment"].values)
    assert values["received_at"] == "08:15 ngày 20/11/2026"
    assert values["due_at"] == "Sau 16:30 ngày 04/12/2026"
    assert all(values.values())


def test_what_is_unknown_is_empty_and_a_day_has_no_time() -> None:
    assert set(appointment_values(AppointmentForm(), TEXTS).values()) == {""}
    values = appointment_values(AppointmentForm(due_at=date(2026, 12, 4)), TEXTS)
    assert (values["due_at"], values["due_date"]) == ("Ngày 04/12/2026", "04/12/2026")


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ({}, ""),
        ({"originals": 1, "copies": 0}, "1 bản chính"),
        ({"originals": 1, "certified": 2, "copies": 3}, "1 bản chính, 2 bản chứng thực, 3 bản sao"),
    ],
)
def test_the_counts_of_a_paper_stand_beside_it(counts, said) -> None:
    form = AppointmentForm(papers=[{"name": "Tờ khai", **counts}])
    assert appointment_entries(form, TEXTS) == {"papers": [{"paper": "Tờ khai", "copies": said}]}
