"""A desk as its officer lives it: what is shown, what is sent, what is refused."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from counter_terminal.desk.actions import Action, ReasonAsked
from counter_terminal.desk.desk import Desk
from counter_terminal.desk.events import (
    CommandAnswered,
    FloorSeen,
    GreyPressed,
    HubLine,
    OfficerChosen,
    Pressed,
    PrinterLine,
    ScannerLine,
)
from counter_terminal.desk.screens import DeskScreen, SignInScreen
from counter_terminal.desk.setup import DeskSetup, PaperSetup
from hub.messages import Answer, Condition, CounterView, ErrorBody, ReprintView, TicketView
from plumbing.sentences import Sentences
from service_floor.queue.commands import (
    CallNext,
    CallTicket,
    Finish,
    MarkNoShow,
    ReprintReason,
    SignIn,
)

NOW = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
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
    assert desk.handle(OfficerChosen("an")) == ()
    desk.handle(CommandAnswered(Answer(req="req-1", ok=True)))
    assert not desk.screen.busy


def test_a_double_press_sends_one_command(desk: Desk, counter_view: Views) -> None:
    desk.handle(FloorSeen(counter_view(), (), None))
    (intent,) = desk.handle(Pressed(Action.CALL_NEXT))
    assert intent == CallNext("c1")
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
    desk.handle(Pressed(Action.CALL_NEXT))
    error = ErrorBody(code="nobody_waiting")
    desk.handle(CommandAnswered(Answer(req="req-1", ok=False, error=error)))
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
    ("health", "live", "said"),
    [("ready", True, "Đưa mã"), ("fault", False, "không hoạt động"), ("unknown", False, "Đang mở")],
)
def test_a_desk_with_a_camera_tells_how_it_is(
    setup: DeskSetup, sentences: Sentences, counter_view: Views, health: str, live: bool, said: str
) -> None:
    desk = Desk(replace(setup, has_camera=True))
    desk.handle(FloorSeen(counter_view(), (), None))
    desk.handle(ScannerLine(health))
    pane = at_work(desk).camera
    assert pane is not None
    assert pane.live is live
    assert said in pane.text


def test_a_desk_without_a_camera_tells_of_none(desk: Desk, counter_view: Views) -> None:
    desk.handle(FloorSeen(counter_view(), (), None))
    desk.handle(ScannerLine("ready"))
    assert at_work(desk).camera is None


def test_a_no_show_that_comes_too_soon_is_asked_why(
    desk: Desk, counter_view: Views, ticket_view: Tickets
) -> None:
    called = ticket_view("B001", state="called", counter="c1")
    held = counter_view(ticket=called.id, number="B001", ticket_state="called")
    desk.handle(FloorSeen(held, (called,), None))
    assert desk.handle(Pressed(Action.NO_SHOW)) == (MarkNoShow("c1"),)
    error = ErrorBody(code="no_show_too_soon", data={"calls": 1, "limit": 3, "seconds": 41})
    desk.handle(CommandAnswered(Answer(req="req-1", ok=False, error=error)))
    screen = at_work(desk)
    assert screen.asks == ReasonAsked(Action.NO_SHOW, 1)
    assert screen.notice.startswith("Mới gọi 1/3 lần, còn phải chờ 41 giây.")
    assert desk.handle(Pressed(Action.NO_SHOW, reason="said")) == (MarkNoShow("c1", "said"),)
    assert at_work(desk).asks is None


def test_what_was_asked_of_one_ticket_is_not_asked_of_the_next(
    desk: Desk, counter_view: Views, ticket_view: Tickets
) -> None:
    called = ticket_view("B001", state="called", counter="c1")
    held = counter_view(ticket=called.id, number="B001", ticket_state="called")
    desk.handle(FloorSeen(held, (called,), None))
    desk.handle(Pressed(Action.NO_SHOW))
    error = ErrorBody(code="no_show_too_soon", data={"calls": 1, "limit": 3, "seconds": 41})
    desk.handle(CommandAnswered(Answer(req="req-1", ok=False, error=error)))
    desk.handle(FloorSeen(counter_view(), (), None))
    assert at_work(desk).asks is None


def test_a_claim_that_was_not_judged_is_named_once_before_the_visit_ends(
    desk: Desk, counter_view: Views, ticket_view: Tickets
) -> None:
    served = ticket_view("B001", state="serving", counter="c1", priority="elderly")
    held = counter_view(ticket=served.id, number="B001", ticket_state="serving")
    desk.handle(FloorSeen(held, (served,), None))
    assert desk.handle(Pressed(Action.FINISH)) == ()
    assert at_work(desk).notice.startswith("Chưa xác nhận diện ưu tiên.")
    assert desk.handle(Pressed(Action.FINISH)) == (Finish("c1"),)
    desk.handle(CommandAnswered(Answer(req="req-1", ok=True)))
    for confirmed in (True, False):
        other = ticket_view(
            "B002", state="serving", counter="c1", priority="elderly", priority_confirmed=confirmed
        )
        desk.handle(
            FloorSeen(counter_view(ticket=other.id, ticket_state="serving"), (other,), None)
        )
        assert desk.handle(Pressed(Action.FINISH)) == (Finish("c1"),)
        desk.handle(CommandAnswered(Answer(req="req-2", ok=True)))


def test_a_visit_that_is_finished_at_once_is_asked_why(
    setup: DeskSetup, counter_view: Views, ticket_view: Tickets
) -> None:
    desk = Desk(replace(setup, shortest_visit=timedelta(seconds=5)))
    now = ticket_view("B001").arrived_at
    served = ticket_view("B001", state="serving", counter="c1", called_at=now)
    held = counter_view(ticket=served.id, number="B001", ticket_state="serving")
    desk.handle(FloorSeen(held, (served,), now + timedelta(seconds=4)))
    assert [desk.handle(Pressed(Action.FINISH)) for _ in range(2)] == [(), ()]
    assert at_work(desk).asks == ReasonAsked(Action.FINISH, 2)
    assert at_work(desk).notice == "Vừa mới gọi. Kết thúc ngay thì phải chọn lý do."
    assert desk.handle(Pressed(Action.FINISH, reason="left")) == (Finish("c1", reason="left"),)
    desk.handle(CommandAnswered(Answer(req="req-1", ok=True)))
    desk.handle(FloorSeen(held, (served,), now + timedelta(seconds=5)))
    assert desk.handle(Pressed(Action.FINISH)) == (Finish("c1"),)


@pytest.mark.parametrize(
    ("counter", "action", "reason"),
    [
        ({"state": "closed"}, Action.CALL_NEXT, "Quầy đang đóng. Bấm Mở quầy trước."),
        ({"state": "paused"}, Action.CALL_NEXT, "Quầy đang tạm nghỉ."),
        ({"ticket": "t1", "ticket_state": "called"}, Action.CALL_NEXT, "Còn một số chưa xong"),
        ({"ticket": "t1", "ticket_state": "serving"}, Action.SIGN_OUT, "Còn một số chưa xong"),
        ({"ticket": "t1", "ticket_state": "serving"}, Action.START, "không còn ở trạng thái đó"),
        ({"ticket": "t1", "ticket_state": "called"}, Action.FINISH, "Chưa phục vụ số nào."),
        ({}, Action.RECALL, "Chưa gọi số nào."),
        ({}, Action.OPEN, "Việc này đã được ghi nhận."),
        ({"state": "closed"}, Action.PAUSE, "Quầy đang đóng."),
        ({"officer": None}, Action.CALL_NEXT, "Chưa có công chức nhận ca"),
        ({}, Action.CALL_NEXT, ""),
    ],
)
def test_a_grey_key_says_why(
    desk: Desk, counter_view: Views, counter: dict[str, str], action: Action, reason: str
) -> None:
    assert desk.handle(GreyPressed(action)) == ()
    desk.handle(FloorSeen(counter_view(**counter), (), None))
    assert desk.handle(GreyPressed(action)) == ()
    notice = desk.screen.notice
    assert notice.startswith(reason) or reason in notice
    assert bool(notice) is bool(reason)


def test_while_a_command_is_under_way_a_grey_key_says_nothing(
    desk: Desk, counter_view: Views
) -> None:
    desk.handle(FloorSeen(counter_view(), (), None))
    desk.handle(Pressed(Action.CALL_NEXT))
    desk.handle(GreyPressed(Action.CALL_NEXT))
    assert at_work(desk).notice == ""


def test_a_ticket_is_not_sent_to_the_service_that_it_is_here_for(
    desk: Desk, counter_view: Views, ticket_view: Tickets
) -> None:
    held = ticket_view("B001", state="serving", counter="c1", service="certification")
    desk.handle(FloorSeen(counter_view(ticket=held.id, ticket_state="serving"), (held,), None))
    assert [service.id for service in at_work(desk).services] == ["land"]


def test_a_parked_ticket_has_the_moment_of_its_return(
    desk: Desk, counter_view: Views, ticket_view: Tickets
) -> None:
    parked = ticket_view("B001", state="parked", counter="c1", parked_until=NOW)
    desk.handle(FloorSeen(counter_view(), (parked,), None))
    assert at_work(desk).parked[0].note == "Gác đến 08:00"


@pytest.mark.parametrize(
    ("conditions", "text", "wants"),
    [
        ((), "Máy in: chưa rõ", False),
        ((Condition.READY,), "Máy in: tốt", False),
        ((Condition.OUT_OF_PAPER, Condition.COVER_OPEN), "Máy in: hết giấy, nắp đang mở", True),
    ],
)
def test_the_strip_has_the_printer_s_state(
    setup: DeskSetup, conditions: tuple[Condition, ...], text: str, wants: bool
) -> None:
    papers = PaperSetup({}, {}, lambda _paper, _day: "", lambda day, _count: day)
    desk = Desk(replace(setup, papers=papers))
    if conditions:
        desk.handle(PrinterLine(conditions))
    strip = desk.screen.strip
    assert (strip.printer_text, strip.printer_wants) == (text, wants)


def test_a_desk_without_a_printer_shows_none(desk: Desk) -> None:
    assert desk.screen.strip.printer_text == ""
