"""A citizen's way through the kiosk: to a number, to a procedure, to a dossier, and back to the first page."""

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
from kiosk.flow.intents import LookUpDossier, Print, SubmitIssue, TellSlip
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


def test_three_taps_lead_to_a_number(citizen) -> None:
    (sent,) = citizen.asks_for_a_number("land")
    assert sent == SubmitIssue(1, "land", None)
    assert citizen.page is Page.ISSUING


def test_the_confirm_page_says_how_many_wait_and_where(citizen) -> None:
    citizen.taps(Button.SERVICES)
    citizen.taps(Button.SERVICE, "civil-status")
    assert citizen.screen.service == "Hộ tịch"
    assert [fact.value for fact in citizen.screen.facts] == ["4 người", "7 phút", "02, 03"]


def test_a_double_tap_on_confirm_takes_one_number(citizen) -> None:
    citizen.asks_for_a_number()
    assert citizen.taps(Button.CONFIRM) == ()


def test_a_claimed_priority_goes_with_the_ticket_and_can_be_taken_back(citizen) -> None:
    citizen.taps(Button.SERVICES)
    citizen.taps(Button.SERVICE, "land")
    citizen.taps(Button.PRIORITY, "elderly")
    citizen.taps(Button.PRIORITY, "pregnant")
    citizen.taps(Button.PRIORITY, "pregnant")
    citizen.taps(Button.PRIORITY, "disabled")
    (sent,) = citizen.taps(Button.CONFIRM)
    assert sent == SubmitIssue(1, "land", "disabled")


def test_a_priority_or_service_that_is_not_configured_is_ignored(citizen) -> None:
    citizen.taps(Button.SERVICES)
    citizen.taps(Button.SERVICE, "nothing")
    assert citizen.page is Page.SERVICES
    citizen.taps(Button.SERVICE, "land")
    citizen.taps(Button.PRIORITY, "nothing")
    assert citizen.flow.state.visit.priority is None


def test_a_given_number_is_shown_and_printed(citizen) -> None:
    citizen.asks_for_a_number()
    (printed,) = citizen.is_given()
    assert isinstance(printed, Print)
    assert (citizen.screen.number, citizen.screen.slip) == ("B025", SlipState.PRINTING)


@pytest.mark.parametrize("outcome", PrintOutcome)
def test_what_became_of_the_slip_is_shown_and_reported(citizen, outcome) -> None:
    citizen.asks_for_a_number()
    citizen.is_given()
    assert citizen.slip_is(outcome, reason="why") == (TellSlip("t1", outcome, "why"),)
    assert citizen.screen.slip.value == outcome.value


def test_a_slip_that_ends_after_the_citizen_left_is_still_reported(citizen) -> None:
    citizen.asks_for_a_number()
    citizen.is_given()
    citizen.taps(Button.DONE)
    assert citizen.slip_is(PrintOutcome.PRINTED) == (TellSlip("t1", PrintOutcome.PRINTED, ""),)
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
    assert citizen.is_given() == (TellSlip("t1", PrintOutcome.FAILED, "cover_open"),)
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
    assert citizen.is_given(attempt=0) == (TellSlip("t1", PrintOutcome.FAILED, "nobody_there"),)
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
    assert citizen.is_given() == (TellSlip("t1", PrintOutcome.FAILED, "nobody_there"),)
    assert citizen.page is Page.SERVICES


def test_a_number_that_comes_much_too_late_finds_nobody(citizen) -> None:
    citizen.asks_for_a_number()
    citizen.waits(200)
    assert citizen.is_given() == (TellSlip("t1", PrintOutcome.FAILED, "nobody_there"),)


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


def test_home_keeps_the_letters_of_who_is_still_there(citizen) -> None:
    citizen.taps(Button.LANGUAGE, "en")
    citizen.taps(Button.CONTRAST)
    citizen.taps(Button.SERVICES)
    citizen.taps(Button.HOME)
    frame = citizen.flow.picture().frame
    assert (frame.language, frame.high_contrast) == ("en", True)


def test_a_language_that_is_not_there_changes_nothing(citizen) -> None:
    citizen.taps(Button.LANGUAGE, "fr")
    assert citizen.flow.picture().frame.language == "vi"


def test_procedures_are_found_with_and_without_accents(citizen) -> None:
    for typed, shown in (("khai sinh", "khai sinh"), ("ddangw kys", "đăng ký")):
        citizen.taps(Button.FIND)
        citizen.types(typed)
        assert citizen.screen.query == shown
        assert citizen.screen.hits[0].name.startswith("Đăng ký")
        citizen.taps(Button.BACK)


def test_a_search_without_hits_says_what_to_do(citizen) -> None:
    citizen.taps(Button.FIND)
    citizen.types("qqqqqq")
    assert citizen.screen.hits == ()
    assert "Không tìm thấy" in citizen.screen.message


def test_a_procedure_leads_to_the_number_of_its_service_and_back(citizen) -> None:
    citizen.taps(Button.FIND)
    citizen.types("khai sinh")
    citizen.taps(Button.PROCEDURE, "1.001193")
    assert citizen.screen.take == "Lấy số: Hộ tịch"
    citizen.taps(Button.TAKE)
    assert citizen.screen.service == "Hộ tịch"
    citizen.taps(Button.BACK)
    assert citizen.page is Page.PROCEDURE
    citizen.taps(Button.BACK)
    assert (citizen.page, citizen.screen.query) == (Page.SEARCH, "khai sinh")


def test_a_procedure_that_is_not_received_here_offers_no_number(citizen) -> None:
    citizen.taps(Button.FIND)
    citizen.types("bay")
    citizen.taps(Button.PROCEDURE, "1.009999")
    assert (citizen.screen.take, citizen.screen.print_list) == ("", "")
    citizen.taps(Button.TAKE)
    assert citizen.page is Page.PROCEDURE


def test_what_was_not_published_is_said_to_be_so(citizen) -> None:
    citizen.taps(Button.FIND)
    citizen.types("khai sinh")
    citizen.taps(Button.PROCEDURE, "1.001193")
    facts = {fact.label: fact.value for fact in citizen.screen.facts}
    assert facts["Phí, lệ phí"] == "Nguồn chưa công bố"
    assert facts["Thời hạn giải quyết"] == "1 ngày làm việc"


def test_the_list_of_papers_is_printed_once_at_a_time(citizen) -> None:
    citizen.taps(Button.FIND)
    citizen.types("khai sinh")
    citizen.taps(Button.PROCEDURE, "1.001193")
    (printed,) = citizen.taps(Button.PRINT_LIST)
    assert citizen.taps(Button.PRINT_LIST) == ()
    citizen.sees(SlipDone(printed.slip.job, PrintOutcome.PRINTED))
    assert citizen.screen.notice.tone == "good"


def test_the_end_of_a_list_that_is_no_longer_shown_is_dropped(citizen) -> None:
    assert citizen.sees(SlipDone("list-1.001193", PrintOutcome.FAILED)) == ()
    assert citizen.page is Page.WELCOME


def test_a_scanned_dossier_is_looked_up_from_any_page(citizen) -> None:
    citizen.taps(Button.SERVICES)
    (asked,) = citizen.scans(f"https://example.org/tracuu?ma={CODE}")
    assert asked == LookUpDossier(1, CODE)
    citizen.sees(DossierAnswered(1, DOSSIER))
    assert (citizen.screen.stage, citizen.screen.headline) == ("found", "Đang xử lý")
    assert citizen.screen.notice.tone == "good"


def test_a_dossier_code_can_be_typed(citizen) -> None:
    citizen.taps(Button.DOSSIER)
    citizen.types(CODE.lower())
    assert citizen.taps(Button.LOOK_UP) == (LookUpDossier(1, CODE),)
    assert citizen.screen.stage == "asking"
    assert citizen.taps(Button.LOOK_UP) == ()


def test_an_unknown_dossier_is_told_and_its_code_can_be_corrected(citizen) -> None:
    citizen.taps(Button.DOSSIER)
    citizen.types(CODE)
    citizen.taps(Button.LOOK_UP)
    citizen.sees(DossierAnswered(1, None, "unknown_dossier"))
    assert "Không có hồ sơ" in citizen.screen.notice.text
    citizen.types("5")
    assert citizen.screen.code == CODE + "5"


def test_an_answer_to_an_earlier_look_up_is_dropped(citizen) -> None:
    citizen.scans(CODE)
    citizen.taps(Button.AGAIN)
    citizen.sees(DossierAnswered(1, DOSSIER))
    assert citizen.screen.stage == "typing"


def test_a_look_up_without_an_answer_says_so(citizen) -> None:
    citizen.scans(CODE)
    citizen.waits(11)
    assert "Chưa tra cứu được" in citizen.screen.notice.text


def test_an_identity_card_under_the_scanner_is_neither_shown_nor_sent(citizen) -> None:
    card = "038099000001||Người Không Có Thật|01011999|Nam|Nơi không có|01012021"
    assert citizen.scans(card) == ()
    assert citizen.page is Page.DOSSIER
    assert "038099000001" not in repr(citizen.flow.picture())
    assert "038099000001" not in repr(citizen.flow.state)


def test_a_code_that_is_none_is_told_so(citizen) -> None:
    citizen.taps(Button.DOSSIER)
    citizen.types("ABC")
    assert citizen.taps(Button.LOOK_UP) == ()
    assert "không phải mã hồ sơ" in citizen.screen.notice.text


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


def test_the_time_is_the_hubs_and_the_date_is_vietnams(citizen) -> None:
    frame = citizen.flow.picture().frame
    assert (frame.time, frame.date) == ("08:15", "20/11/2026")


def test_back_and_home_are_offered_where_they_lead_somewhere(citizen) -> None:
    assert not citizen.flow.picture().frame.can_go_back
    citizen.taps(Button.SERVICES)
    frame = citizen.flow.picture().frame
    assert (frame.can_go_back, frame.can_go_home) == (True, True)
