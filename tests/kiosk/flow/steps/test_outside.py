"""What happens to a citizen: answers, slips, the hub gone and back, time."""

import pytest

from drivers.protocols import DeviceStatus, Health, PrintOutcome
from hub.messages import DossierView
from kiosk.flow.events import (
    Connected,
    Disconnected,
    DossierAnswered,
    PrinterChanged,
    SlipDone,
    TicketRefused,
)
from kiosk.flow.intents import Print, ReportOutcome
from kiosk.flow.screens import Button, Page, SlipState

CODE = "H56.14-240823-0001"
DOSSIER = DossierView(
    code=CODE,
    procedure="Đăng ký khai sinh",
    agency="UBND phường",
    status="in_progress",
    standing="on_time",
    received_at=None,
    due_at=None,
    finished_at=None,
    note="",
)


def test_a_given_number_is_shown_and_printed(citizen) -> None:
    citizen.asks_for_a_number()
    (printed,) = citizen.is_given()
    assert isinstance(printed, Print)
    assert (citizen.screen.number, citizen.screen.slip) == ("B025", SlipState.PRINTING)


@pytest.mark.parametrize("outcome", PrintOutcome)
def test_what_became_of_the_slip_is_shown_and_reported(citizen, outcome) -> None:
    citizen.asks_for_a_number()
    citizen.is_given()
    assert citizen.slip_is(outcome, reason="why") == (ReportOutcome("t1", outcome, "why"),)
    assert citizen.screen.slip.value == outcome.value


def test_a_slip_that_ends_after_the_citizen_left_is_still_reported(citizen) -> None:
    citizen.asks_for_a_number()
    citizen.is_given()
    citizen.taps(Button.DONE)
    assert citizen.slip_is(PrintOutcome.PRINTED) == (ReportOutcome("t1", PrintOutcome.PRINTED, ""),)
    assert citizen.page is Page.WELCOME


def test_a_printer_fault_is_said_before_a_number_is_spent(citizen) -> None:
    citizen.sees(PrinterChanged(DeviceStatus(Health.FAULT, ("out_of_paper",))))
    assert "hết giấy" in citizen.screen.notice.text
    citizen.taps(Button.SERVICES)
    citizen.taps(Button.SERVICE, "land")
    assert citizen.screen.notice.tone == "warning"
    assert citizen.screen.confirm == "Lấy số trên màn hình"


def test_without_a_printer_that_works_the_number_stays_on_the_screen(citizen) -> None:
    citizen.sees(PrinterChanged(DeviceStatus(Health.FAULT, ("cover_open",))))
    citizen.asks_for_a_number()
    assert citizen.is_given() == (ReportOutcome("t1", PrintOutcome.FAILED, "cover_open"),)
    assert citizen.screen.slip is SlipState.FAILED


def test_a_printer_of_which_nothing_is_known_is_tried(citizen) -> None:
    citizen.sees(PrinterChanged(DeviceStatus(Health.UNKNOWN)))
    citizen.asks_for_a_number()
    assert isinstance(citizen.is_given()[0], Print)


def test_a_refusal_is_told_with_its_data_and_what_to_do(citizen) -> None:
    citizen.asks_for_a_number()
    citizen.sees(TicketRefused(1, "outside_session", {"opens_at": "13:30"}))
    assert "13:30" in citizen.screen.message
    citizen.taps(Button.DONE)
    assert citizen.page is Page.WELCOME


def test_a_service_whose_numbers_are_used_up_is_told_at_once(citizen, floor_of) -> None:
    citizen.sees(floor_of(left_today=0))
    citizen.taps(Button.SERVICES)
    assert not citizen.screen.tiles[0].available
    assert citizen.taps(Button.SERVICE, "land") == ()
    assert citizen.page is Page.REFUSED


def test_an_answer_to_nobody_is_reported_and_not_printed(citizen) -> None:
    assert citizen.is_given(attempt=0) == (
        ReportOutcome("t1", PrintOutcome.FAILED, "nobody_there"),
    )
    assert citizen.page is Page.WELCOME


def test_a_late_number_is_shown_while_the_kiosk_is_free(citizen) -> None:
    citizen.asks_for_a_number()
    citizen.waits(61)
    assert citizen.page is Page.WELCOME
    assert isinstance(citizen.is_given()[0], Print)
    assert citizen.page is Page.TICKET


def test_a_late_number_does_not_disturb_the_next_citizen(citizen) -> None:
    citizen.asks_for_a_number()
    citizen.waits(61)
    citizen.taps(Button.SERVICES)
    assert citizen.is_given() == (ReportOutcome("t1", PrintOutcome.FAILED, "nobody_there"),)
    assert citizen.page is Page.SERVICES


def test_a_number_that_comes_much_too_late_finds_nobody(citizen) -> None:
    citizen.asks_for_a_number()
    citizen.waits(200)
    assert citizen.is_given() == (ReportOutcome("t1", PrintOutcome.FAILED, "nobody_there"),)


def test_an_old_answer_is_not_taken_for_the_new_press(citizen) -> None:
    citizen.asks_for_a_number()
    citizen.waits(61)
    citizen.asks_for_a_number("land")
    citizen.is_given(attempt=1, ticket="old")
    assert citizen.page is Page.ISSUING
    citizen.is_given(attempt=2, ticket="new", number="C001")
    assert citizen.screen.number == "C001"


def test_silence_after_a_press_is_told_as_unknown(citizen) -> None:
    citizen.asks_for_a_number()
    assert citizen.screen.notice.text == ""
    citizen.waits(5)
    assert citizen.screen.notice.tone == "warning"


def test_the_number_leaves_soon_after_its_slip_is_out(citizen) -> None:
    citizen.asks_for_a_number()
    citizen.is_given()
    citizen.waits(4)
    citizen.slip_is(PrintOutcome.PRINTED)
    citizen.waits(14)
    assert citizen.page is Page.TICKET
    citizen.waits(2)
    assert citizen.page is Page.WELCOME


def test_a_number_without_a_slip_stays_longer(citizen) -> None:
    citizen.asks_for_a_number()
    citizen.is_given()
    citizen.slip_is(PrintOutcome.FAILED)
    citizen.waits(44)
    assert citizen.page is Page.TICKET


def test_nothing_of_one_citizen_is_left_for_the_next(citizen) -> None:
    citizen.taps(Button.LANGUAGE, "en")
    citizen.taps(Button.LETTERS)
    citizen.taps(Button.FIND)
    citizen.types("khai sinh")
    citizen.waits(61)
    visit = citizen.flow.state.visit
    assert (visit.language, visit.large_letters, visit.query) == ("vi", False, "")


def test_somebody_who_reads_is_given_twice_the_time(citizen) -> None:
    citizen.taps(Button.FIND)
    citizen.types("khai sinh")
    citizen.taps(Button.PROCEDURE, "1.001193")
    citizen.waits(61)
    assert citizen.page is Page.PROCEDURE
    citizen.waits(60)
    assert citizen.page is Page.WELCOME


def test_scrolling_counts_as_being_there(citizen) -> None:
    citizen.taps(Button.SERVICES)
    citizen.waits(50)
    citizen.taps(Button.SCROLL)
    citizen.waits(50)
    assert citizen.page is Page.SERVICES


def test_the_end_of_a_list_that_is_no_longer_shown_is_dropped(citizen) -> None:
    assert citizen.sees(SlipDone("list-1.001193", PrintOutcome.FAILED)) == ()
    assert citizen.page is Page.WELCOME


def test_an_answer_to_an_earlier_look_up_is_dropped(citizen) -> None:
    citizen.scans(CODE)
    citizen.taps(Button.AGAIN)
    citizen.sees(DossierAnswered(1, DOSSIER))
    assert citizen.screen.stage == "typing"


def test_a_look_up_without_an_answer_says_so(citizen) -> None:
    citizen.scans(CODE)
    citizen.waits(11)
    assert "Chưa tra cứu được" in citizen.screen.notice.text


def test_a_kiosk_that_never_met_the_hub_says_so(stranger) -> None:
    assert stranger.page is Page.OUT_OF_SERVICE
    assert stranger.flow.picture().frame.time == ""


def test_the_kiosk_begins_when_the_hub_is_there(stranger) -> None:
    stranger.sees(Connected())
    assert stranger.page is Page.WELCOME


def test_a_line_that_comes_back_at_once_was_never_gone(citizen) -> None:
    citizen.taps(Button.SERVICES)
    citizen.sees(Disconnected())
    citizen.waits(1)
    citizen.sees(Connected())
    citizen.waits(10)
    assert citizen.page is Page.SERVICES


def test_when_the_hub_is_gone_the_kiosk_says_so_and_goes_on_later(citizen) -> None:
    citizen.taps(Button.SERVICES)
    citizen.taps(Button.SERVICE, "land")
    citizen.sees(Disconnected())
    citizen.waits(4)
    assert citizen.page is Page.OUT_OF_SERVICE
    assert "1900 0000" in citizen.screen.advice
    citizen.sees(Connected())
    assert citizen.page is Page.CONFIRM
    assert citizen.screen.service == "Đất đai"


def test_without_the_hub_procedures_are_still_found_but_no_number_is_given(citizen) -> None:
    citizen.sees(Disconnected())
    citizen.waits(4)
    citizen.taps(Button.FIND)
    citizen.types("khai sinh")
    citizen.taps(Button.PROCEDURE, "1.001193")
    citizen.taps(Button.TAKE)
    assert citizen.page is Page.OUT_OF_SERVICE


def test_a_press_on_its_way_waits_for_the_hub_and_says_that_nobody_knows(citizen) -> None:
    citizen.asks_for_a_number()
    citizen.sees(Disconnected())
    citizen.waits(10)
    assert citizen.page is Page.ISSUING
    assert citizen.screen.notice.tone == "warning"
    citizen.sees(Connected())
    citizen.is_given()
    assert citizen.page is Page.TICKET


def test_a_refusal_of_an_old_press_leaves_the_page_alone(citizen) -> None:
    assert citizen.sees(TicketRefused(7, "quota_exhausted", {})) == ()
    assert citizen.page is Page.WELCOME


def test_a_line_that_is_lost_twice_was_lost_at_first(citizen) -> None:
    citizen.sees(Disconnected())
    first = citizen.flow.state.known.lost_at
    citizen.waits(1)
    citizen.sees(Disconnected())
    assert citizen.flow.state.known.lost_at == first
