"""What a citizen does: ways to a number, to a procedure, to a dossier."""

from drivers.protocols import PrintOutcome
from hub.messages import DossierView
from kiosk.flow.events import (
    DossierAnswered,
    SlipDone,
    Tapped,
    Typed,
)
from kiosk.flow.intents import LookUpDossier, SubmitIssue
from kiosk.flow.screens import Button, Page
from kiosk.flow.steps.citizen import Step, confirm

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


def test_a_word_in_which_a_letter_is_no_tone_is_found_by_its_keys(citizen) -> None:
    citizen.taps(Button.FIND)
    citizen.types("visa")
    assert citizen.screen.query == "vía"
    assert [hit.name for hit in citizen.screen.hits] == ["Cấp visa"]
    citizen.sees(Typed("backspace"))
    assert citizen.flow.state.visit.keys == "ví"


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


def test_an_identity_card_under_the_scanner_is_neither_shown_nor_sent(citizen) -> None:
    card = "038099000001||Người Không Có Thật|01011999|Nam|Nơi không có|01012021"
    assert citizen.scans(card) == ()
    assert citizen.page is Page.SCANNED
    assert "038099000001" not in repr(citizen.flow.picture())
    assert "Không Có Thật" not in repr((citizen.flow.picture(), citizen.flow.state))
    assert "038099000001" not in repr(citizen.flow.state)


def test_a_code_that_is_none_is_told_so(citizen) -> None:
    citizen.taps(Button.DOSSIER)
    citizen.types("ABC")
    assert citizen.taps(Button.LOOK_UP) == ()
    assert "không phải mã hồ sơ" in citizen.screen.notice.text


def test_a_button_of_an_unknown_procedure_does_nothing(citizen) -> None:
    citizen.taps(Button.FIND)
    citizen.taps(Button.PROCEDURE, "9.999999")
    assert citizen.page is Page.SEARCH


def test_without_a_chosen_service_nothing_is_spent(citizen) -> None:
    state = citizen.flow.state.at(Page.CONFIRM, service=None)
    assert confirm(state, Tapped(Button.CONFIRM), citizen.reference) == Step(state)


def test_a_key_does_not_disturb_a_look_up(citizen) -> None:
    citizen.scans("H56.14-240823-0001")
    before = citizen.screen
    citizen.types("7")
    assert citizen.screen == before
