"""A desk as its officer lives it: what is shown, what is sent, what is refused."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from config.sentences import Sentences
from counter_terminal.desk.actions import Action
from counter_terminal.desk.desk import Desk
from counter_terminal.desk.events import (
    Ask,
    AskPlace,
    CodeRead,
    CodeTyped,
    DossierPutAway,
    FileOpened,
    FileRead,
    FileRefused,
    FloorSeen,
    HubAnswered,
    HubLine,
    OfficerChosen,
    Pressed,
    ScannerLine,
)
from counter_terminal.desk.screens import DeskScreen, SignInScreen
from counter_terminal.desk.setup import DeskSetup
from hub.messages import Answer, CounterView, ErrorBody, ReprintView, TicketView
from service_floor.procedures.model import Paper, Procedure
from service_floor.queue.commands import (
    CallNext,
    CallTicket,
    Readmit,
    ReprintReason,
    SignIn,
    StartServing,
)

Views = Callable[..., CounterView]
Tickets = Callable[..., TicketView]


def at_work(desk: Desk) -> DeskScreen:
    screen = desk.screen
    assert isinstance(screen, DeskScreen)
    return screen


def test_before_the_floor_is_known_the_officers_are_shown(desk: Desk) -> None:
    screen = desk.screen
    assert isinstance(screen, SignInScreen)
    assert [officer.name for officer in screen.officers] == ["Lê Thu An", "Trần Thanh Bình"]
    assert not screen.strip.connected


def test_choosing_an_officer_signs_in_once(desk: Desk) -> None:
    (intent,) = desk.handle(OfficerChosen("an"))
    assert intent == SignIn("c1", "an")
    desk.sent("req-1", intent)
    assert desk.handle(OfficerChosen("an")) == ()
    desk.handle(HubAnswered("req-1", Answer(req="req-1", ok=True)))
    assert not desk.screen.busy


def test_a_double_press_sends_one_command(desk: Desk, counter_view: Views) -> None:
    desk.handle(FloorSeen(counter_view(), (), None))
    (intent,) = desk.handle(Pressed(Action.CALL_NEXT))
    assert intent == CallNext("c1")
    desk.sent("req-1", intent)
    assert at_work(desk).actions == frozenset()
    assert desk.handle(Pressed(Action.CALL_NEXT)) == ()


def test_what_the_state_does_not_allow_is_not_sent(desk: Desk, counter_view: Views) -> None:
    desk.handle(FloorSeen(counter_view(state="paused", pause_reason="break"), (), None))
    assert desk.handle(Pressed(Action.CALL_NEXT)) == ()
    assert at_work(desk).strip.state_text == "Tạm nghỉ: Nghỉ giải lao"


def test_a_refusal_is_told_in_a_sentence_and_gone_with_the_next_press(
    desk: Desk, counter_view: Views
) -> None:
    desk.handle(FloorSeen(counter_view(), (), None))
    (intent,) = desk.handle(Pressed(Action.CALL_NEXT))
    desk.sent("req-1", intent)
    error = ErrorBody(code="nobody_waiting")
    desk.handle(HubAnswered("req-1", Answer(req="req-1", ok=False, error=error)))
    assert at_work(desk).notice == "Không có ai chờ cho quầy này."
    desk.handle(Pressed(Action.CALL_NEXT))
    assert at_work(desk).notice == ""


def test_a_call_out_of_order_carries_its_reason(
    desk: Desk, counter_view: Views, ticket_view: Tickets
) -> None:
    desk.handle(FloorSeen(counter_view(), (ticket_view("B002"),), None))
    press = Pressed(Action.CALL_CHOSEN, subject="id-B002", reason="frail")
    assert desk.handle(press) == (CallTicket("c1", "id-B002", "frail"),)


def test_only_tickets_that_this_counter_could_take_are_listed_by_place(
    desk: Desk, counter_view: Views, ticket_view: Tickets
) -> None:
    tickets = (
        ticket_view("B002", 5),
        ticket_view("B001", 1),
        ticket_view("C001", service="land"),
        ticket_view("B003", counter="c2"),
        ticket_view("B004", state="parked", counter="c1"),
        ticket_view("B005", state="no_show"),
    )
    desk.handle(FloorSeen(counter_view(), tickets, None))
    screen = at_work(desk)
    assert [row.number for row in screen.waiting] == ["B001", "B002"]
    assert [row.number for row in screen.parked] == ["B004"]
    assert [row.number for row in screen.missed] == ["B005"]


def test_a_ticket_that_a_kiosk_gave_without_the_hub_is_marked(
    desk: Desk, counter_view: Views, ticket_view: Tickets
) -> None:
    tickets = (ticket_view("B001"), ticket_view("B999", 1, offline=True))
    desk.handle(FloorSeen(counter_view(), tickets, None))
    notes = [row.note for row in at_work(desk).waiting]
    assert notes == ["", "Lấy số khi kiosk mất kết nối"]


def test_the_ticket_at_the_desk_is_shown_with_its_claim(
    desk: Desk, counter_view: Views, ticket_view: Tickets
) -> None:
    held = ticket_view(
        "B001", state="serving", counter="c1", priority="elderly", next_services=("land",)
    )
    desk.handle(FloorSeen(counter_view(ticket="id-B001", ticket_state="serving"), (held,), None))
    current = at_work(desk).current
    assert current is not None
    assert (current.number, current.service) == ("B001", "Hộ tịch")
    assert current.priority == "Tự khai: Người cao tuổi"
    assert current.detail == "Chờ từ 08:00. Sau đó: Đất đai"


@pytest.mark.parametrize(
    ("slip", "outcomes", "said", "is_out"),
    [
        ("printed", (), "", False),
        ("", (), "", False),
        ("failed", (), "Phiếu không in được.", False),
        ("unknown", (), "Chưa rõ phiếu đã in ra chưa.", False),
        ("failed", ("",), "Đang in lại phiếu tại kiosk-1 (lần 1) …", False),
        ("printed", ("failed", "printed"), "Đã in lại phiếu tại kiosk-1 (lần 2).", True),
        ("failed", ("unknown",), "Chưa rõ kiosk-1 đã in lại chưa (lần 1). Xem khe giấy trước khi in tiếp.", False),
    ],
)  # fmt: skip
def test_what_became_of_the_slip_stands_on_the_card(
    desk: Desk, counter_view: Views, ticket_view: Tickets, slip, outcomes, said, is_out
) -> None:
    called = ticket_view("B001", state="called", counter="c1", slip=slip)
    other = ticket_view("B002")
    reprints = [reprint_of(called, n, outcome) for n, outcome in enumerate(outcomes, 1)]
    seen = counter_view(ticket=called.id, number="B001", ticket_state="called")
    asked = (*reprints, reprint_of(other, 9, "failed"))
    desk.handle(FloorSeen(seen, (called, other), None, reprints=asked))
    current = at_work(desk).current
    assert current is not None
    assert (current.paper, current.paper_is_out) == (said, is_out)
    assert [reason.id for reason in at_work(desk).reprint_reasons] == list(ReprintReason)


def reprint_of(ticket: TicketView, reprint: int, outcome: str) -> ReprintView:
    given = ticket.model_dump(include={"number", "service", "priority", "issued_at", "offline"})
    told = {"kiosk": "kiosk-1", "reason": "lost", "outcome": outcome, "remark": ""}
    key = {"id": f"{ticket.id}~{reprint}", "ticket": ticket.id, "reprint": reprint}
    return ReprintView(**given, **told, **key, asked_at=ticket.issued_at)


def test_a_scanned_dossier_is_asked_for_and_shown(desk: Desk, counter_view: Views) -> None:
    desk.handle(FloorSeen(counter_view(), (), None))
    (intent,) = desk.handle(CodeRead("https://example.vn/tra-cuu?ma=H56.14-261103-0042"))
    assert intent == Ask("H56.14-261103-0042")
    desk.sent("req-9", intent)
    result = {
        "code": "H56.14-261103-0042",
        "procedure": "Đăng ký khai sinh",
        "agency": "UBND phường Đồi Xanh",
        "status": "in_progress",
        "standing": "overdue",
        "received_at": "2026-11-03T01:00:00Z",
        "due_at": "2026-11-17T16:59:00Z",
        "finished_at": None,
        "note": "",
    }
    desk.handle(HubAnswered("req-9", Answer(req="req-9", ok=True, result=result)))
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
    desk.sent("req-9", intent)
    error = ErrorBody(code="unknown_dossier")
    desk.handle(HubAnswered("req-9", Answer(req="req-9", ok=False, error=error)))
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
    assert len(card.code) == 60


def test_the_called_ticket_under_the_scanner_begins_the_service(
    desk: Desk, counter_view: Views, ticket_view: Tickets
) -> None:
    held = ticket_view("B001", state="called", counter="c1")
    desk.handle(FloorSeen(counter_view(ticket="id-B001", ticket_state="called"), (held,), None))
    assert desk.handle(CodeRead("http://hub/t/id-B001")) == (StartServing("c1"),)


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
        ({"state": "parked", "counter": "c1"}, "Bấm Gọi số đã gác"),
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
    desk.sent("req-7", intent)
    body = ErrorBody(code=error)
    desk.handle(HubAnswered("req-7", Answer(req="req-7", ok=False, error=body)))
    assert said in at_work(desk).notice
    assert at_work(desk).dossier is None


def test_a_ticket_that_is_over_says_so(
    desk: Desk, counter_view: Views, ticket_view: Tickets
) -> None:
    desk.handle(FloorSeen(counter_view(), (), None))
    (intent,) = desk.handle(CodeRead("B009"))
    desk.sent("req-7", intent)
    over = ticket_view("B009", state="finished").model_dump(mode="json")
    result = {"ticket": over, "ahead": None, "estimate_seconds": None}
    desk.handle(HubAnswered("req-7", Answer(req="req-7", ok=True, result=result)))
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
    desk = Desk(replace(setup, own_dossiers=("H56",)), sentences)
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
    desk = Desk(replace(setup, procedure_of={known.code: known}.get), sentences)
    desk.handle(FloorSeen(counter_view(), (), None))
    assert desk.handle(CodeRead("1.001193")) == ()
    card = at_work(desk).dossier
    assert card is not None
    assert card.headline == "Đăng ký khai sinh"
    assert card.lines[0] == ("1.", "Giấy 0")
    assert card.lines[-1] == ("…", "và 3 giấy tờ khác; ki-ốt in được cả danh sách")


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


@pytest.mark.parametrize(("health", "said"), [("ready", "sẵn sàng"), ("fault", "không kết nối")])
def test_the_strip_tells_of_line_and_scanner(desk: Desk, health: str, said: str) -> None:
    desk.handle(HubLine(True))
    desk.handle(ScannerLine(health))
    assert desk.screen.strip.connected
    assert said in desk.screen.strip.scanner_text


def test_a_transfer_goes_only_where_another_counter_takes_the_service(
    desk: Desk, counter_view: Views
) -> None:
    desk.handle(FloorSeen(counter_view(), (), None))
    assert [service.id for service in at_work(desk).services] == ["certification", "land"]


@pytest.mark.parametrize(
    ("codes", "asked"),
    [
        (("H56.14-240823-0001",), "H56.14-240823-0001"),
        (("H56.14-240823-0001", "H56.14-240823-0001"), "H56.14-240823-0001"),
        (("https://example.vn/tra-cuu", "H56.14-240823-0001"), "H56.14-240823-0001"),
        (("H56.14-240823-0001", "H56.14-240823-0002"), None),
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

    assert desk.handle(FileRead(codes)) == ((Ask(asked),) if asked else ())
    card = at_work(desk).dossier
    assert card is not None
    assert asked or card.headline.startswith("Tệp có nhiều mã" if codes else "Không thấy mã")


def test_a_file_that_is_not_looked_at_says_why(desk: Desk, counter_view: Views) -> None:
    desk.handle(FloorSeen(counter_view(), (), None))
    desk.handle(FileRefused("encrypted_pdf"))
    card = at_work(desk).dossier
    assert card is not None
    assert "mật khẩu" in card.headline
