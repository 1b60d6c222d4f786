"""A kiosk whose hub is gone: numbers held in advance, what is said of them, and the way back."""

import pytest

from drivers.protocols import PrintOutcome
from kiosk.flow.events import Connected, Disconnected, ReserveChanged
from kiosk.flow.intents import Print, ReportOutcome, StandIn, SubmitIssue
from kiosk.flow.screens import Button, Page, SlipState

RESERVE = {"civil-status": 2, "land": 1}
CODE = "H56.14-240823-0001"


@pytest.fixture
def alone(citizen):
    citizen.sees(ReserveChanged(RESERVE))
    citizen.sees(Disconnected())
    citizen.waits(4)
    return citizen


def test_the_first_page_stays_and_says_that_the_hub_is_gone(alone) -> None:
    assert alone.page is Page.WELCOME
    assert "Mất kết nối" in alone.screen.notice.text
    alone.taps(Button.SERVICES)
    tiles = {tile.id: tile for tile in alone.screen.tiles}
    assert (tiles["land"].available, tiles["land"].note) == (True, "Chưa biết số người chờ")
    assert (tiles["business"].available, tiles["business"].note) == (False, "Đã hết số dự phòng")


def test_a_press_is_answered_from_the_reserve(alone) -> None:
    alone.taps(Button.SERVICES)
    alone.taps(Button.SERVICE, "land")
    assert [fact.label for fact in alone.screen.facts] == ["Quầy phục vụ"]
    assert "Mất kết nối" in alone.screen.notice.text
    assert alone.taps(Button.CONFIRM) == (SubmitIssue(1, "land", None),)
    assert alone.waits(0.25) == (StandIn(),)
    assert alone.waits(0.25) == ()
    (printed,) = alone.is_given(offline=True, number="C999", ahead=None, estimate_seconds=None)
    assert isinstance(printed, Print)
    assert alone.page is Page.TICKET
    assert alone.screen.facts == ()
    assert "chưa biết số người chờ trước" in alone.screen.notice.text
    assert "mất kết nối" in str(printed.slip)
    assert alone.slip_is(PrintOutcome.PRINTED) == (ReportOutcome("t1", PrintOutcome.PRINTED, ""),)
    assert alone.screen.slip is SlipState.PRINTED


def test_a_press_on_its_way_when_the_line_breaks_is_answered_from_the_reserve(citizen) -> None:
    citizen.sees(ReserveChanged(RESERVE))
    citizen.asks_for_a_number()
    citizen.sees(Disconnected())
    assert citizen.waits(2) == ()
    assert citizen.waits(2) == (StandIn(),)


def test_a_line_that_comes_back_in_time_leaves_the_press_to_the_hub(citizen) -> None:
    citizen.sees(ReserveChanged(RESERVE))
    citizen.asks_for_a_number()
    citizen.sees(Disconnected())
    citizen.waits(2)
    citizen.sees(Connected())
    assert citizen.waits(20) == ()
    citizen.sees(Disconnected())
    assert citizen.waits(4) == (StandIn(),)


def test_a_ticket_of_the_hub_says_nothing_of_it(citizen) -> None:
    citizen.asks_for_a_number()
    (printed,) = citizen.is_given()
    assert citizen.screen.notice.text == ""
    assert "mất kết nối" not in str(printed.slip)


def test_a_service_without_a_number_left_is_told_at_once(alone) -> None:
    alone.taps(Button.SERVICES)
    assert alone.taps(Button.SERVICE, "business") == ()
    assert alone.page is Page.REFUSED
    assert "hết số dự phòng" in alone.screen.message


def test_with_the_last_number_the_kiosk_is_out_of_service(alone) -> None:
    alone.sees(ReserveChanged({}))
    alone.waits(1)
    assert alone.page is Page.OUT_OF_SERVICE
    alone.sees(ReserveChanged(RESERVE))
    assert alone.page is Page.WELCOME


def test_a_kiosk_that_was_restarted_alone_opens_with_its_numbers(stranger) -> None:
    stranger.sees(ReserveChanged(RESERVE))
    assert stranger.page is Page.WELCOME
    assert "Mất kết nối" in stranger.screen.notice.text
    stranger.taps(Button.SERVICES)
    stranger.taps(Button.SERVICE, "land")
    stranger.taps(Button.CONFIRM)
    assert stranger.waits(0.25) == (StandIn(),)


def test_numbers_held_while_the_hub_is_there_change_nothing(citizen) -> None:
    citizen.sees(ReserveChanged(RESERVE))
    assert citizen.screen.notice.text == ""
    citizen.asks_for_a_number()
    assert citizen.waits(10) == ()


def test_dossiers_cannot_be_looked_up_and_it_is_said_at_once(alone) -> None:
    assert alone.scans(CODE) == ()
    assert alone.page is Page.DOSSIER
    assert "Chưa tra cứu được" in alone.screen.notice.text


def test_when_the_hub_is_back_the_notice_is_gone(alone) -> None:
    alone.sees(Connected())
    assert alone.screen.notice.text == ""


def test_how_long_a_hub_may_be_silent_is_the_centres_choice(installation, reference) -> None:
    assert reference.gone_after == installation.offline.after_seconds == 3
