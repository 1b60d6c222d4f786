import pytest

from drivers.escpos.answers.questions import (
    PROMPT_SECONDS,
    SLOWEST_SECONDS,
    Outstanding,
    surplus_until,
)


def test_an_unanswered_query_is_remembered_for_the_next_and_forgotten_in_time() -> None:
    asked = Outstanding()
    assert asked.asked(10.0, 4) is None
    assert asked.asked(12.0, 4) == 10.0
    assert asked.asked(13.5, 4) == 12.0
    assert asked.asked(20.0, 4) is None


def test_answers_belong_to_the_oldest_query() -> None:
    asked = Outstanding()
    asked.heard()
    asked.asked(10.0, 2)
    asked.asked(11.0, 1)
    for _ in range(2):
        asked.heard()
    assert asked.asked(11.5, 1) == 11.0


def test_a_query_answered_after_its_timeout_makes_the_next_wait_longer() -> None:
    asked = Outstanding()
    asked.asked(10.0, 1)
    asked.heard()
    assert asked.patience == SLOWEST_SECONDS


@pytest.mark.parametrize(
    ("seconds", "patience"), [(0.01, PROMPT_SECONDS), (0.7, 1.05), (1.9, SLOWEST_SECONDS)]
)
def test_the_timeout_follows_the_answers(seconds, patience) -> None:
    asked = Outstanding()
    asked.asked(10.0, 4)
    asked.answered(seconds)
    assert asked.patience == pytest.approx(patience)
    assert asked.asked(10.1, 4) is None


def test_answers_that_were_late_are_followed_by_the_newer_ones_as_late() -> None:
    assert surplus_until(oldest=1.0, asked_at=1.4, now=1.7) == pytest.approx(2.2)
