"""What a desk makes of each thing under its scanner, with a line to the hub and without."""

import unicodedata
from collections.abc import Callable
from dataclasses import replace

import pytest

from counter_terminal.desk.desk import Desk
from counter_terminal.desk.events import (
    Ask,
    AskPlace,
    CodeGarbled,
    CodeRead,
    CodeTyped,
    DeskEvent,
    DossierPutAway,
    FileOpened,
    FileRead,
    FileRefused,
    FloorSeen,
    HubLine,
    QuestionAnswered,
)
from counter_terminal.desk.scan_meaning import SHOWN
from counter_terminal.desk.screens import DeskScreen, DossierCard, SignInScreen
from counter_terminal.desk.setup import DeskSetup
from hub.messages import Answer, CounterView, ErrorBody, TicketView
from plumbing.sentences import Sentences
from service_floor.procedures.model import Paper, Procedure
from service_floor.queue.commands import (
    Readmit,
    StartServing,
)

Views = Callable[..., CounterView]
Tickets = Callable[..., TicketView]


def at_work(desk: Desk) -> DeskScreen:
    screen = desk.screen
    assert isinstance(screen, DeskScreen)
    return screen


@pytest.fixture(autouse=True)
def connected(desk: Desk) -> None:
    desk.handle(HubLine(True))


def shown(desk: Desk, counter: CounterView, text: str) -> DossierCard:
    """The card after a scan that asks nothing."""
    desk.handle(FloorSeen(counter, (), None))
    assert desk.handle(CodeRead(text)) == ()
    card = at_work(desk).dossier
    assert card is not None
    return card


def test_a_scanned_dossier_is_asked_for_and_shown(desk: Desk, counter_view: Views) -> None:
    desk.handle(FloorSeen(counter_view(), (), None))
    (intent,) = desk.handle(CodeRead("https://example.vn/tra-cuu?ma=H56.14-261103-0042"))
    assert intent == Ask("H56.14-261103-0042")
    result = {
        "code": "H56.14-261103-0042",
        "procedure": "Đăng ký khai sinh",
        "agency": "UBND phường Đồi Xanh",
        "status": "in_progress",
        "standing": "overdue",
        "received_at": "2026-11-03T01:00:00Z",
        "due_at": "2026-11-17",
        "finished_at": None,
        "note": "",
    }
    desk.handle(QuestionAnswered(intent, Answer(req="req-9", ok=True, result=result)))
    card = at_work(desk).dossier
    assert card is not None
    assert card.found
    assert card.late
    assert (card.headline, card.standing) == ("Đăng ký khai sinh", "QUÁ HẠN")
    assert ("Hẹn trả", "17/11/2026") in card.lines
    desk.handle(DossierPutAway())
    assert at_work(desk).dossier is None


def test_an_unknown_dossier_is_said_with_what_to_do(desk: Desk, counter_view: Views) -> None:
    desk.handle(FloorSeen(counter_view(), (), None))
    (intent,) = desk.handle(CodeRead("H56.14-261103-0042"))
    error = ErrorBody(code="unknown_dossier")
    desk.handle(QuestionAnswered(intent, Answer(req="req-9", ok=False, error=error)))
    card = at_work(desk).dossier
    assert card is not None
    assert not card.found
    assert card.headline.startswith("Không có hồ sơ này")


def test_rubbish_under_the_scanner_is_shown_as_read_and_asks_nothing(
    desk: Desk, counter_view: Views
) -> None:
    desk.handle(FloorSeen(counter_view(), (), None))
    assert desk.handle(CodeRead("8934563138165 " + "x" * 500)) == ()
    card = at_work(desk).dossier
    assert card is not None
    assert not card.found
    assert len(card.code) == 61


def test_the_called_ticket_under_the_scanner_begins_the_service(
    desk: Desk, counter_view: Views, ticket_view: Tickets
) -> None:
    held = ticket_view("B001", state="called", counter="c1")
    desk.handle(FloorSeen(counter_view(ticket="id-B001", ticket_state="called"), (held,), None))
    assert desk.handle(CodeRead("http://hub/t/id-B001")) == (StartServing("c1", "id-B001"),)


def test_a_missed_ticket_under_the_scanner_is_readmitted(
    desk: Desk, counter_view: Views, ticket_view: Tickets
) -> None:
    desk.handle(FloorSeen(counter_view(), (ticket_view("B001", state="no_show"),), None))
    assert desk.handle(CodeRead("B001")) == (Readmit("id-B001"),)


def test_a_waiting_ticket_under_the_scanner_tells_its_place(
    desk: Desk, counter_view: Views, ticket_view: Tickets
) -> None:
    tickets = (ticket_view("B001", 1), ticket_view("B002", 2))
    desk.handle(FloorSeen(counter_view(), tickets, None))
    assert desk.handle(CodeRead("B002")) == ()
    assert at_work(desk).notice == "Số B002 đang chờ, trước đó còn 1 người."


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"state": "called", "counter": "c2"}, "Số B002 đang được gọi tới 02 Đất đai."),
        ({"state": "serving", "counter": "c2"}, "đang được phục vụ tại 02 Đất đai"),
        ({"state": "parked", "counter": "c2"}, "trở lại quầy đó"),
        ({"state": "parked", "counter": "c1"}, "Bấm Gọi số ở ô Tạm gác"),
        ({"state": "waiting", "service": "land"}, "đang chờ ở Đất đai"),
    ],
)
def test_a_ticket_elsewhere_under_the_scanner_tells_where_it_is(
    desk: Desk, counter_view: Views, ticket_view: Tickets, changes: dict[str, str], said: str
) -> None:
    desk.handle(FloorSeen(counter_view(), (ticket_view("B002", **changes),), None))
    assert desk.handle(CodeRead("B002")) == ()
    assert said in at_work(desk).notice


@pytest.mark.parametrize(
    ("error", "said"),
    [("unknown_ticket", "không phải của hôm nay"), ("busy", "Chưa hỏi được phiếu này")],
)
def test_a_ticket_that_is_not_in_hand_is_asked_about(
    desk: Desk, counter_view: Views, error: str, said: str
) -> None:
    desk.handle(FloorSeen(counter_view(), (), None))
    (intent,) = desk.handle(CodeRead("http://hub:8710/t/00112233445566ff"))
    assert intent == AskPlace("00112233445566ff")
    body = ErrorBody(code=error)
    desk.handle(QuestionAnswered(intent, Answer(req="req-7", ok=False, error=body)))
    assert said in at_work(desk).notice
    assert at_work(desk).dossier is None


def test_a_ticket_that_is_over_says_so(
    desk: Desk, counter_view: Views, ticket_view: Tickets
) -> None:
    desk.handle(FloorSeen(counter_view(), (), None))
    (intent,) = desk.handle(CodeRead("B009"))
    over = ticket_view("B009", state="finished").model_dump(mode="json")
    result = {"ticket": over, "ahead": None, "estimate_seconds": None}
    desk.handle(QuestionAnswered(intent, Answer(req="req-7", ok=True, result=result)))
    assert "đã xong" in at_work(desk).notice


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("H57.14-240823-0001", "thuộc trung tâm khác"),
        ("KQ.G15.000031", "mã kết quả KQ.G15.000031"),
        ("BCDF-GHJK", "ghi danh thiết bị"),
        ("038099012345||Nguyễn Văn An|01011999|Nam|X|01052021", "Đây là căn cước"),
        ("https://evil.example/t/../x", "không phải mã hồ sơ hay phiếu số"),
    ],
)
def test_a_wrong_kind_has_its_own_sentence_and_asks_nothing(
    setup: DeskSetup, sentences: Sentences, counter_view: Views, text: str, said: str
) -> None:
    desk = Desk(replace(setup, own_dossiers=("H56",)))
    desk.handle(FloorSeen(counter_view(), (), None))
    assert desk.handle(CodeRead(text)) == ()
    card = at_work(desk).dossier
    assert card is not None
    assert said in card.headline
    assert "Nguyễn" not in repr(card)
    assert "038099012345" not in repr(card)


def test_the_code_of_a_procedure_shows_its_papers_in_brief(
    setup: DeskSetup, sentences: Sentences, counter_view: Views
) -> None:
    papers = tuple(Paper(f"Giấy {n}", 1, 0) for n in range(9))
    known = Procedure("1.001193", "Đăng ký khai sinh", "Hộ tịch", (), papers=papers)
    desk = Desk(replace(setup, procedure_of={known.code: known}.get))
    desk.handle(FloorSeen(counter_view(), (), None))
    assert desk.handle(CodeRead("1.001193")) == ()
    card = at_work(desk).dossier
    assert card is not None
    assert card.headline == "Đăng ký khai sinh"
    assert card.lines[0] == ("1.", "Giấy 0")
    assert card.lines[-1] == ("…", "và 3 giấy tờ khác; ki-ốt in được danh sách")


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("H56.14-240823-0001", "H56.14-240823-0001"),
        ("https://mot-cua.ẽample.vn/?ma=H56.14-240823-0001", "H56.14-240823-0001"),
    ],
)
def test_what_a_scanner_typed_through_an_input_method_is_put_right(
    desk: Desk, counter_view: Views, typed: str, asked: str
) -> None:
    desk.handle(FloorSeen(counter_view(), (), None))
    assert desk.handle(CodeTyped(typed)) == (Ask(asked),)


@pytest.mark.parametrize("typed", ["Á042", "bà3c4d5e6b7f8b9", "Ă.56.14-240823-0001"])
def test_what_cannot_be_put_right_for_sure_is_asked_for_again(
    desk: Desk, counter_view: Views, typed: str
) -> None:
    desk.handle(FloorSeen(counter_view(), (), None))
    assert desk.handle(CodeTyped(typed)) == ()
    card = at_work(desk).dossier
    assert card is not None
    assert "quét lại" in card.headline


@pytest.mark.parametrize(
    ("codes", "asked"),
    [
        (("H56.14-240823-0001",), "H56.14-240823-0001"),
        (("H56.14-240823-0001", "H56.14-240823-0001"), "H56.14-240823-0001"),
        (("https://example.vn/tra-cuu", "H56.14-240823-0001"), "H56.14-240823-0001"),
        (("https://zalo.me/1", "b017"), "B017"),
        (("H56.14-240823-0001", "https://dvc.vn/?ma=H56.14-240823-0001"), "H56.14-240823-0001"),
        (("one thing", "another thing"), None),
        ((), None),
    ],
)
def test_the_one_code_of_a_file_is_taken_as_if_scanned(
    desk: Desk, counter_view: Views, codes: tuple[str, ...], asked: str | None
) -> None:
    desk.handle(FloorSeen(counter_view(), (), None))
    desk.handle(FileOpened())
    card = at_work(desk).dossier
    assert card is not None
    assert card.headline == "Đang đọc tệp…"

    question = Ask if asked and asked.startswith("H56") else AskPlace
    assert desk.handle(FileRead(codes)) == ((question(asked),) if asked else ())
    card = at_work(desk).dossier
    assert card is not None
    assert asked or card.headline.startswith("Tệp có nhiều mã" if codes else "Không thấy mã")


def test_a_file_that_is_not_looked_at_says_why(desk: Desk, counter_view: Views) -> None:
    desk.handle(FloorSeen(counter_view(), (), None))
    desk.handle(FileRefused("encrypted_pdf"))
    card = at_work(desk).dossier
    assert card is not None
    assert "mật khẩu" in card.headline


@pytest.mark.parametrize(
    "text",
    [
        "javascript:alert(document.cookie)",
        "file:///etc/passwd",
        "http://evil.example/?next=javascript:alert(1)",
        "https://mot-cua.example.vn/../../x",
        "\x1b]8;;http://evil.example\x1b\\bấm vào đây\x1b]8;;\x1b\\",
        "\x1b[2J\x1b[31mXONG",
        "A\x00B\x00C001",
        "\u202egnp.eliF \u2066X\u2069 \u200fY",
        "<a href='http://evil.example'>Hồ sơ đã xong</a>",
        "{code} %s ${HOME} $(reboot) `reboot`; DROP TABLE dossiers",
        "http://evil.example/" + "%2e" * 3_500,
        "a\u0301" * 5_000,
        "\U000e0041" * 10_000,
        "\ud800",
    ],
)
def test_hostile_text_under_the_scanner_is_shown_harmless_and_short(
    desk: Desk, counter_view: Views, text: str
) -> None:
    card = shown(desk, counter_view(), text)
    assert card.headline.startswith("Đây không phải mã hồ sơ hay phiếu số.")
    assert len(card.code) <= SHOWN + 1
    assert card.code.isprintable()
    assert not {unicodedata.category(letter) for letter in card.code} & {"Cc", "Cf", "Cs", "Co"}


def test_a_damaged_code_is_asked_for_again(desk: Desk, counter_view: Views) -> None:
    desk.handle(FloorSeen(counter_view(), (), None))
    assert desk.handle(CodeGarbled()) == ()
    card = at_work(desk).dossier
    assert card is not None
    assert card.headline.startswith("Máy quét gửi mã bị hỏng.")


def test_what_is_scanned_without_a_line_is_asked_once_when_it_is_back(
    desk: Desk, counter_view: Views
) -> None:
    desk.handle(FloorSeen(counter_view(), (), None))
    desk.handle(HubLine(False))
    for code in ("H56.14-261103-0041", "H56.14-261103-0042", "H56.14-261103-0042"):
        card = shown(desk, counter_view(), code)
        assert card.headline.startswith(f"Mất kết nối với máy chủ. Mã {code} sẽ được tra")

    assert desk.handle(HubLine(True)) == (Ask("H56.14-261103-0042"),)
    card = at_work(desk).dossier
    assert card is not None
    assert card.headline.startswith("Đang tra")
    assert desk.handle(HubLine(True)) == ()


def test_a_question_under_way_when_the_line_goes_is_left_to_the_line(
    desk: Desk, counter_view: Views
) -> None:
    desk.handle(FloorSeen(counter_view(), (), None))
    (intent,) = desk.handle(CodeRead("H56.14-261103-0042"))
    assert desk.handle(HubLine(False)) == ()
    card = at_work(desk).dossier
    assert card is not None
    assert card.headline.startswith("Mất kết nối")
    assert desk.handle(HubLine(True)) == ()

    error = ErrorBody(code="unknown_dossier")
    desk.handle(QuestionAnswered(intent, Answer(req="req-1", ok=False, error=error)))
    card = at_work(desk).dossier
    assert card is not None
    assert card.headline.startswith("Không có hồ sơ này")


@pytest.mark.parametrize("then", [CodeRead("H56.14-261103-0042"), DossierPutAway()])
def test_an_answer_that_nobody_waits_for_any_more_changes_nothing(
    desk: Desk, counter_view: Views, then: DeskEvent
) -> None:
    desk.handle(FloorSeen(counter_view(), (), None))
    (intent,) = desk.handle(CodeRead("H56.14-261103-0041"))
    desk.handle(then)
    before = at_work(desk).dossier
    error = ErrorBody(code="unknown_dossier")
    desk.handle(QuestionAnswered(intent, Answer(req="req-1", ok=False, error=error)))
    assert at_work(desk).dossier == before


def test_a_ticket_scanned_while_a_command_is_under_way_is_not_lost_silently(
    desk: Desk, counter_view: Views, ticket_view: Tickets
) -> None:
    held = ticket_view("B001", state="called", counter="c1")
    desk.handle(FloorSeen(counter_view(ticket="id-B001", ticket_state="called"), (held,), None))
    desk.handle(CodeRead("http://hub/t/id-B001"))
    assert desk.handle(CodeRead("http://hub/t/id-B001")) == ()
    assert at_work(desk).notice.startswith("Thao tác trước chưa xong nên phiếu B001")


def test_what_is_scanned_before_anybody_sits_there_does_nothing_and_says_so(desk: Desk) -> None:
    assert desk.handle(CodeRead("H56.14-261103-0041")) == ()
    screen = desk.screen
    assert isinstance(screen, SignInScreen)
    assert screen.notice == "Chưa có công chức nhận ca tại quầy."
