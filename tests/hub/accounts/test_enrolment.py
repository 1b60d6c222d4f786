"""The desk where new devices ask: codes are good once, for a while, and are not found by trying."""

from datetime import datetime, timedelta
from itertools import count

import pytest

from hub.accounts.enrolment import (
    ALPHABET,
    GOOD_FOR,
    WRONG_OF_ALL,
    WRONG_OF_PERSON,
    EnrolmentProblem,
    PendingEnrolment,
    PendingEnrolments,
)
from plumbing.limits import WIRE_ENROLLING
from service_floor.zone import ZONE

NOW = datetime(2026, 11, 20, 8, 0, tzinfo=ZONE)


@pytest.fixture
def desk() -> PendingEnrolments:
    numbers = count()

    def draw() -> str:
        n = next(numbers)
        return "".join(ALPHABET[n // 20**place % 20] for place in range(8))

    return PendingEnrolments(draw)


def test_a_code_is_typed_once_however_it_is_spelt(desk) -> None:
    waiting = desk.open("kiosk", "10.0.0.7", NOW)
    assert waiting == PendingEnrolment("BBBB-BBBB", "kiosk", "10.0.0.7", NOW, NOW + GOOD_FOR)
    assert desk.waiting(NOW) == (waiting,)
    assert desk.approve(" bbbb bbbb", "kiosk", "an", NOW) == waiting
    assert desk.approve("BBBB-BBBB", "kiosk", "an", NOW) is EnrolmentProblem.UNKNOWN_CODE
    assert desk.waiting(NOW) == ()


def test_a_code_is_good_for_ten_minutes(desk) -> None:
    desk.open("kiosk", "a", NOW)
    late = NOW + GOOD_FOR
    assert desk.approve("BBBBBBBB", "kiosk", "an", late) is EnrolmentProblem.UNKNOWN_CODE
    assert desk.waiting(late) == ()


def test_a_device_that_went_away_is_let_in_no_more(desk) -> None:
    desk.open("kiosk", "a", NOW)
    desk.close("BBBB-BBBB")
    desk.close("BBBB-BBBB")
    assert desk.approve("BBBBBBBB", "kiosk", "an", NOW) is EnrolmentProblem.UNKNOWN_CODE


def test_a_board_is_not_let_in_as_a_kiosk(desk) -> None:
    desk.open("board", "a", NOW)
    assert desk.approve("BBBBBBBB", "kiosk", "an", NOW) is EnrolmentProblem.WRONG_KIND
    assert isinstance(desk.approve("BBBBBBBB", "board", "an", NOW), PendingEnrolment)


def test_few_addresses_cannot_fill_the_desk(desk) -> None:
    gone: list[str] = []
    desk.on_evicted(gone.append)
    board = desk.open("board", "hall", NOW)
    here = [desk.open("kiosk", "a", NOW) for _ in range(WIRE_ENROLLING.of_key + 1)]
    assert gone == [here[0].code]
    crowd = [desk.open("kiosk", f"b{n % 20}", NOW) for n in range(20 * WIRE_ENROLLING.of_key)]
    assert len(desk.waiting(NOW)) == WIRE_ENROLLING.of_all
    assert desk.approve(board.code, "board", "an", NOW) == board
    assert desk.approve(crowd[-1].code, "kiosk", "an", NOW) == crowd[-1]
    assert desk.approve(here[0].code, "kiosk", "an", NOW) is EnrolmentProblem.UNKNOWN_CODE


def test_a_request_that_is_put_back_may_take_the_place_of_another(desk) -> None:
    first = desk.open("kiosk", "a", NOW)
    assert desk.approve(first.code, "kiosk", "an", NOW) == first
    others = [desk.open("kiosk", "a", NOW) for _ in range(WIRE_ENROLLING.of_key)]
    desk.put_back(first)
    assert others[0] not in desk.waiting(NOW)
    assert first in desk.waiting(NOW)


def test_two_never_have_the_same_code() -> None:
    drawn = iter(["BBBBBBBB", "BBBBBBBB", "CCCCCCCC"])
    desk = PendingEnrolments(lambda: next(drawn))
    codes = [desk.open("kiosk", "a", NOW), desk.open("kiosk", "a", NOW)]
    assert [each.code for each in codes] == ["BBBB-BBBB", "CCCC-CCCC"]


def test_who_guesses_waits_and_the_others_do_not(desk) -> None:
    desk.open("kiosk", "a", NOW)
    for _ in range(WRONG_OF_PERSON):
        assert desk.approve("XXXXXXXX", "kiosk", "eve", NOW) is EnrolmentProblem.UNKNOWN_CODE
    assert desk.approve("BBBBBBBB", "kiosk", "eve", NOW) is EnrolmentProblem.TOO_MANY_TRIES
    assert isinstance(desk.approve("BBBBBBBB", "kiosk", "an", NOW), PendingEnrolment)


def test_ten_thousand_wrong_codes_are_bounded_and_pass(desk) -> None:
    desk.open("kiosk", "a", NOW)
    told = [desk.approve("XXXXXXXX", "kiosk", f"eve{n}", NOW) for n in range(10_000)]
    assert told.count(EnrolmentProblem.UNKNOWN_CODE) == WRONG_OF_ALL
    assert desk.approve("BBBBBBBB", "kiosk", "an", NOW) is EnrolmentProblem.TOO_MANY_TRIES
    later = NOW + GOOD_FOR + timedelta(seconds=1)
    assert desk.approve("BBBBBBBB", "kiosk", "an", later) is EnrolmentProblem.UNKNOWN_CODE


@pytest.mark.parametrize("typed", ["", "-", "BBBB", "B" * 100_000, "đđđđđđđđ", "\udc80"])
def test_any_text_may_be_typed(desk, typed) -> None:
    desk.open("kiosk", "a", NOW)
    assert desk.approve(typed, "kiosk", "an", NOW) is EnrolmentProblem.UNKNOWN_CODE
