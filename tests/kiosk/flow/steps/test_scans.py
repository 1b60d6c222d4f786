"""Papers under the kiosk's scanner: tickets, cards, codes of elsewhere; each has its page, and none is opened or kept."""

from dataclasses import replace

import pytest

from hub.messages import DossierView, TicketPlace
from kiosk.flow.events import (
    Disconnected,
    DossierAnswered,
    PlaceAnswered,
    Readmitted,
    ReserveChanged,
    Scanned,
    TimePassed,
)
from kiosk.flow.intents import AskTicketPlace, LookUpDossier, ReadmitTicket, SubmitIssue
from kiosk.flow.screens import Button, Page
from kiosk.flow.state import DossierStage
from tests.kiosk.conftest import Citizen

ID = "00112233445566ff"
PAPER = f"http://hub:8710/t/{ID}"
OLD_CARD = "038040000123||Người Không Có Thật|01011940|Nam|Nơi không có|01012021"
YOUNG_CARD = "038099000123||Người Không Có Thật|01011999|Nữ|Nơi không có|01012021"


@pytest.fixture
def in_a_centre(reference):
    """Makes a citizen before a kiosk of a centre that says whose dossiers are its own, and which age has priority."""

    def make(*, readmits: bool = False) -> Citizen:
        elderly = replace_model(reference.priorities["elderly"], from_age=60)
        centre = replace_model(reference.centre, dossier_prefixes=("H56",))
        here = replace(
            reference,
            priorities=dict(reference.priorities) | {"elderly": elderly},
            centre=centre,
            kiosk_readmit=readmits,
        )
        return Citizen(here).arrives()

    return make


def replace_model(model, **changes):
    return model.model_copy(update=changes)


@pytest.fixture
def place_of(ticket_view):
    def make(state="waiting", counter=None, ahead=3) -> TicketPlace:
        ticket = ticket_view(ticket=ID).model_copy(update={"state": state, "counter": counter})
        return TicketPlace(ticket=ticket, ahead=ahead, estimate_seconds=600)

    return make


def test_a_scanned_ticket_tells_how_many_are_before_it(citizen, place_of) -> None:
    assert citizen.scans(PAPER) == (AskTicketPlace(1, ID),)
    assert citizen.page is Page.SCANNED
    citizen.sees(PlaceAnswered(1, place_of()))
    assert (citizen.screen.code, citizen.screen.headline) == ("B025", "Trước số này còn 3 người")
    assert citizen.screen.button is None


def test_a_damaged_code_is_asked_for_again_and_not_marked_as_read(citizen) -> None:
    assert citizen.scans("") == ()
    assert (citizen.page, citizen.screen.notice.tone) == (Page.DOSSIER, "warning")
    assert "quét lại" in citizen.screen.notice.text
    assert not citizen.flow.picture().frame.code_read


def test_a_place_without_estimate_and_counters_shows_only_its_service(reference, place_of) -> None:
    citizen = Citizen(replace(reference, places={})).arrives()
    citizen.scans(PAPER)
    place = place_of().model_copy(update={"estimate_seconds": None})
    citizen.sees(PlaceAnswered(1, place))
    assert [fact.value for fact in citizen.screen.facts] == ["Hộ tịch"]


def test_a_ticket_scanned_without_the_hub_is_not_asked_about(in_a_centre) -> None:
    citizen = in_a_centre()
    citizen.sees(ReserveChanged({"land": 3}))
    citizen.sees(Disconnected())
    citizen.waits(5.0)
    assert citizen.scans(PAPER) == ()
    assert "Chưa tra cứu được" in citizen.screen.headline


def test_without_the_hubs_time_a_card_proposes_nothing(in_a_centre) -> None:
    citizen = in_a_centre()
    citizen.sees(TimePassed(citizen.now, None))
    citizen.scans(OLD_CARD)
    assert citizen.screen.button is None


def test_a_paper_other_than_a_card_leads_to_no_number(in_a_centre) -> None:
    citizen = in_a_centre()
    citizen.scans("KQ.G15.000031")
    assert citizen.taps(Button.TAKE) == ()
    assert citizen.page is Page.SCANNED


def test_a_dossier_that_is_not_found_leads_to_no_number(citizen) -> None:
    citizen.scans("H56.14-240823-0001")
    assert citizen.taps(Button.TAKE) == ()
    citizen.sees(DossierAnswered(7, None, "unknown_dossier"))
    assert (citizen.page, citizen.screen.stage) == (Page.DOSSIER, "asking")


def test_a_dossier_that_the_hub_cannot_look_up_now_is_not_called_unknown(citizen) -> None:
    citizen.scans("H56.14-240823-0001")
    citizen.sees(DossierAnswered(1, None, "busy"))
    assert citizen.flow.state.visit.inquiry.stage is DossierStage.NO_ANSWER


def test_a_called_ticket_says_which_counter_to_go_to(citizen, place_of) -> None:
    citizen.scans(PAPER)
    citizen.sees(PlaceAnswered(1, place_of("called", "c2", None)))
    assert citizen.screen.headline == "Đang gọi số này – mời đến quầy 02"


def test_a_scan_that_is_being_looked_up_is_not_asked_twice(citizen) -> None:
    citizen.scans(PAPER)
    assert citizen.scans(PAPER) == ()


@pytest.mark.parametrize(
    ("reason", "said"),
    [("unknown_ticket", "không phải của hôm nay"), ("busy", "Chưa tra cứu được")],
)
def test_a_ticket_without_a_place_says_why(citizen, reason, said) -> None:
    citizen.scans(PAPER)
    citizen.sees(PlaceAnswered(1, None, reason))
    assert said in citizen.screen.headline
    assert citizen.screen.notice.tone == "warning"


def test_without_the_hub_or_its_answer_a_ticket_is_said_to_be_unknown_for_now(citizen) -> None:
    citizen.scans(PAPER)
    citizen.waits(10.0)
    assert "Chưa tra cứu được" in citizen.screen.headline
    citizen.sees(Disconnected())
    citizen.waits(2.9)
    assert citizen.scans("A025") == (AskTicketPlace(2, "A025"),)


def test_who_missed_a_call_is_sent_to_the_greeter(in_a_centre, place_of) -> None:
    citizen = in_a_centre(readmits=False)
    citizen.scans(PAPER)
    citizen.sees(PlaceAnswered(1, place_of("no_show", None, None)))
    assert "nhân viên hướng dẫn" in citizen.screen.notice.text
    assert citizen.taps(Button.READMIT) == ()


def test_where_the_centre_allows_it_the_slip_takes_its_place_again(in_a_centre, place_of) -> None:
    citizen = in_a_centre(readmits=True)
    citizen.scans(PAPER)
    citizen.sees(PlaceAnswered(1, place_of("no_show", None, None)))
    assert citizen.taps(Button.READMIT) == (ReadmitTicket(2, ID),)
    assert citizen.taps(Button.READMIT) == ()
    assert citizen.sees(Readmitted(2)) == (AskTicketPlace(3, ID),)
    citizen.sees(PlaceAnswered(3, place_of()))
    assert citizen.screen.notice.tone == "good"


def test_a_number_alone_takes_no_place_again(in_a_centre, place_of) -> None:
    citizen = in_a_centre(readmits=True)
    citizen.scans("B025")
    citizen.sees(PlaceAnswered(1, place_of("no_show", None, None)))
    assert citizen.taps(Button.READMIT) == ()


def test_a_refused_readmission_sends_to_the_greeter(in_a_centre, place_of) -> None:
    citizen = in_a_centre(readmits=True)
    citizen.scans(PAPER)
    citizen.sees(PlaceAnswered(1, place_of("no_show", None, None)))
    citizen.taps(Button.READMIT)
    citizen.sees(Readmitted(2, "wrong_state"))
    assert citizen.screen.headline == "Chưa nhận lại được số này"


def test_a_card_of_age_proposes_priority_and_a_tap_takes_it(in_a_centre) -> None:
    citizen = in_a_centre()
    citizen.scans(OLD_CARD)
    assert citizen.screen.code == "0********123"
    assert citizen.screen.headline == "Có thể được ưu tiên: Người cao tuổi"
    citizen.taps(Button.TAKE)
    citizen.taps(Button.SERVICE, "land")
    assert citizen.taps(Button.CONFIRM) == (SubmitIssue(1, "land", "elderly"),)


def test_a_proposed_priority_is_gone_with_its_citizen(in_a_centre) -> None:
    citizen = in_a_centre()
    citizen.scans(OLD_CARD)
    citizen.taps(Button.TAKE)
    citizen.taps(Button.HOME)
    assert citizen.asks_for_a_number("land") == (SubmitIssue(1, "land", None),)


def test_another_card_proposes_nothing_and_names_the_slip(in_a_centre) -> None:
    citizen = in_a_centre()
    citizen.scans(YOUNG_CARD)
    assert citizen.screen.button is None
    assert "giấy hẹn" in citizen.screen.notice.text
    assert citizen.taps(Button.TAKE) == ()
    assert "038099000123" not in repr((citizen.flow.state, citizen.flow.picture()))


def test_the_code_of_a_procedure_opens_its_page(citizen) -> None:
    assert citizen.scans("1.001193") == ()
    assert citizen.page is Page.PROCEDURE


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("H57.14-240823-0001", "thuộc trung tâm khác"),
        ("KQ.G15.000031", "mã của một kết quả"),
        ("BCDF-GHJK", "mã ghi danh thiết bị"),
        ("TE1383812345678|", "thẻ bảo hiểm y tế"),
        ("00020101021138140010A0000007276304ABCD", "mã QR chuyển khoản"),
        ("VNEID|Q2hhbw==", "VNeID"),
        ("1.099999", "Không tìm thấy thủ tục"),
    ],
)
def test_a_paper_of_no_use_here_says_what_it_is(in_a_centre, text, said) -> None:
    citizen = in_a_centre()
    assert citizen.scans(text) == ()
    assert said in citizen.screen.headline
    assert citizen.screen.notice.text


@pytest.mark.parametrize(
    "text", ["https://evil.example/" + "x" * 4_000, "javascript:alert(1)", "\x00\x1b[2J", "☃" * 900]
)
def test_a_hostile_code_is_one_sentence_and_never_shown(citizen, text) -> None:
    assert citizen.scans(text) == ()
    assert citizen.page is Page.DOSSIER
    assert "không phải mã hồ sơ" in citizen.screen.notice.text
    assert text[:20] not in repr(citizen.flow.picture())


@pytest.mark.parametrize(
    ("procedure", "agency", "page"),
    [
        ("Đăng ký khai sinh", "UBND phường", Page.CONFIRM),
        ("1.001193", "UBND phường", Page.CONFIRM),
        ("Thủ tục không ai biết", "Nơi không ai biết", Page.SERVICES),
    ],
)
def test_a_number_is_taken_for_a_scanned_dossier(citizen, procedure, agency, page) -> None:
    assert citizen.scans("H56.14-240823-0001") == (LookUpDossier(1, "H56.14-240823-0001"),)
    dossier = DossierView(
        code="H56.14-240823-0001",
        procedure=procedure,
        agency=agency,
        status="in_progress",
        standing="on_time",
        received_at=None,
        due_at=None,
        finished_at=None,
        note="",
    )
    citizen.sees(DossierAnswered(1, dossier))
    assert citizen.screen.take == "Lấy số cho hồ sơ này"
    citizen.taps(Button.TAKE)
    assert citizen.page is page


def test_answers_to_another_question_change_nothing(citizen, place_of) -> None:
    citizen.scans(PAPER)
    before = citizen.screen
    assert citizen.sees(PlaceAnswered(7, place_of())) == ()
    assert citizen.sees(Readmitted(7)) == ()
    assert citizen.screen == before


def test_several_codes_of_one_kind_are_named_and_asked_about(citizen) -> None:
    codes = ("H56.14-240823-0001", "H56.14-240823-0002")
    assert citizen.sees(Scanned(codes[0], codes[1:])) == ()
    assert "nhiều mã" in citizen.screen.headline
    assert all(code in citizen.screen.code for code in codes)
    shown = citizen.screen
    assert citizen.sees(Scanned("Bàn giao: " + " và ".join(codes))) == ()
    assert citizen.screen == shown


def test_what_telex_left_of_an_old_ticket_is_asked_about_and_never_shown(citizen, place_of) -> None:
    assert citizen.scans("0011bà3344556f") == (AskTicketPlace(1, "0011bà3344556f"),)
    citizen.sees(PlaceAnswered(1, None, "unknown_ticket"))
    assert citizen.screen.code == ""
    assert citizen.scans("http://hub/t/0011bà3344556f") == (AskTicketPlace(2, "0011bà3344556f"),)
    citizen.sees(PlaceAnswered(2, place_of("no_show")))
    assert citizen.screen.code == "B025"
    assert citizen.taps(Button.READMIT) == (ReadmitTicket(3, ID),)


def test_the_digits_of_a_bank_card_are_neither_asked_about_nor_shown(citizen) -> None:
    assert citizen.scans("9704051234567892") == ()
    assert "9704" not in str(citizen.screen)
    assert citizen.scans("http://hub/t/9704051234567892") == (
        AskTicketPlace(1, "9704051234567892"),
    )
    citizen.sees(PlaceAnswered(1, None, "unknown_ticket"))
    assert citizen.screen.code == "9************892"
    addresses = ("http://hub/t/9704051234567892", "http://hub/t/9704051234567891")
    citizen.sees(Scanned(addresses[0], addresses[1:]))
    assert citizen.screen.code == "9************892\n9************891"
