"""The hub's answers as the flow understands them; one that cannot be read is a refusal, never a crash."""

import pytest

from hub.messages import Answer
from hub.messages.envelopes import ErrorBody
from kiosk.flow.answers import (
    UNREADABLE,
    dossier_answer,
    issue_answer,
    place_answer,
    readmit_answer,
)
from kiosk.flow.events import DossierAnswered, PlaceAnswered, Readmitted, TicketRefused

DOSSIER = {
    "code": "H56.14-240823-0001",
    "procedure": "Đăng ký khai sinh",
    "agency": "UBND phường",
    "status": "in_progress",
    "standing": "on_time",
    "received_at": "2026-11-16T08:15:00+07:00",
    "due_at": None,
    "finished_at": None,
    "note": "",
}


@pytest.fixture
def issued(ticket_view):
    result = {"ticket": ticket_view().model_dump(mode="json"), "ahead": 3, "estimate_seconds": None}
    return Answer(req="r" * 8, ok=True, result={**result, "session": "morning"})


def refused(code, **data) -> Answer:
    return Answer(req="r" * 8, ok=False, error=ErrorBody(code=code, data=data))


def test_a_ticket(issued) -> None:
    event = issue_answer(7, issued)
    assert (event.attempt, event.ticket.number, event.ahead, event.estimate_seconds) == (
        7,
        "B025",
        3,
        None,
    )


def test_a_refusal_keeps_its_code_and_data() -> None:
    event = issue_answer(7, refused("outside_session", opens_at="13:30"))
    assert event == TicketRefused(7, "outside_session", {"opens_at": "13:30"})


@pytest.mark.parametrize("result", [{}, {"ticket": None}, {"ticket": {"id": "t"}}])
def test_an_answer_that_cannot_be_read_is_a_refusal(result) -> None:
    answer = Answer(req="r" * 8, ok=True, result=result)
    assert issue_answer(7, answer) == TicketRefused(7, UNREADABLE)


def test_a_dossier() -> None:
    event = dossier_answer(2, Answer(req="r" * 8, ok=True, result=DOSSIER))
    assert event.dossier.status == "in_progress"


def test_an_unknown_dossier() -> None:
    expected = DossierAnswered(2, None, "unknown_dossier")
    assert dossier_answer(2, refused("unknown_dossier")) == expected


def test_a_dossier_that_cannot_be_read_is_no_answer() -> None:
    answer = Answer(req="r" * 8, ok=True, result={"code": "x"})
    assert dossier_answer(2, answer) == DossierAnswered(2, None, UNREADABLE)


def test_the_place_of_a_ticket(ticket_view) -> None:
    result = {"ticket": ticket_view().model_dump(mode="json"), "ahead": 2, "estimate_seconds": 60}
    event = place_answer(3, Answer(req="r" * 8, ok=True, result=result))
    assert event.place is not None
    assert (event.attempt, event.place.ahead) == (3, 2)


def test_a_place_that_is_refused_or_cannot_be_read_has_its_reason() -> None:
    unreadable = Answer(req="r" * 8, ok=True, result={"ahead": "x"})
    assert place_answer(3, unreadable) == PlaceAnswered(3, None, UNREADABLE)
    assert place_answer(3, refused("locked")) == PlaceAnswered(3, None, "locked")


def test_a_readmission_is_granted_or_has_its_reason() -> None:
    assert readmit_answer(4, Answer(req="r" * 8, ok=True)) == Readmitted(4)
    assert readmit_answer(4, refused("wrong_state")) == Readmitted(4, "wrong_state")


def test_a_refusal_without_a_code_counts_as_unreadable() -> None:
    assert readmit_answer(4, Answer(req="r" * 8, ok=False)) == Readmitted(4, UNREADABLE)
