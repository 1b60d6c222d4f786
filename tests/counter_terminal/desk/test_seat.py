"""Who sits down at a desk: the PIN is asked for, goes out once, and every answer has its sentence."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from counter_terminal.desk.actions import Action
from counter_terminal.desk.desk import Desk
from counter_terminal.desk.events import (
    CommandAnswered,
    EnrolmentChanged,
    FloorSeen,
    HubLine,
    OfficerChosen,
    PinAnswered,
    PinEntered,
    Pressed,
    Prove,
    SignInLeft,
)
from counter_terminal.desk.screens import DeskScreen, EnrolScreen, PinScreen, SignInScreen
from counter_terminal.desk.setup import DeskSetup
from hub.client import EnrolmentPrompt
from hub.client.requests import NO_LINE
from hub.messages import Answer, CounterView, ErrorBody
from service_floor.queue.commands import SignIn, SignOut

Views = Callable[..., CounterView]
PIN = "482913"


@pytest.fixture
def desk(setup: DeskSetup) -> Desk:
    """A desk where PINs are asked for, with the hub there and nobody in the chair."""
    desk = Desk(replace(setup, pin_asked=True))
    desk.handle(HubLine(True))
    return desk


def pin_screen(desk: Desk) -> PinScreen:
    screen = desk.screen
    assert isinstance(screen, PinScreen)
    return screen


def list_screen(desk: Desk) -> SignInScreen:
    screen = desk.screen
    assert isinstance(screen, SignInScreen)
    return screen


def ask_pin(desk: Desk) -> None:
    desk.handle(OfficerChosen("an"))
    assert desk.handle(PinEntered(PIN)) == (Prove("an", PIN),)


def refused(code: str, **data: str | int) -> Answer:
    return Answer(req="12345678", ok=False, error=ErrorBody(code=code, data=data))


def test_a_right_pin_signs_in(desk: Desk, counter_view: Views) -> None:
    assert desk.handle(OfficerChosen("an")) == ()
    assert pin_screen(desk).officer.name == "Lê Thu An"
    assert desk.handle(PinEntered(PIN)) == (Prove("an", PIN),)
    assert pin_screen(desk).busy
    assert desk.handle(PinEntered(PIN)) == ()
    (sign_in,) = desk.handle(PinAnswered(Answer(req="p1", ok=True)))
    assert sign_in == SignIn("c1", "an")
    desk.handle(FloorSeen(counter_view(), (), None))
    desk.handle(CommandAnswered(Answer(req="s1", ok=True)))
    assert isinstance(desk.screen, DeskScreen)


def test_the_desk_keeps_and_shows_no_pin(desk: Desk) -> None:
    ask_pin(desk)
    assert PIN not in repr(desk.screen)
    assert PIN not in repr(Prove("an", PIN)) + repr(PinEntered(PIN))
    assert PIN not in str([vars(part) for part in (desk, desk._seat)])


@pytest.mark.parametrize(
    ("code", "data", "sentence", "can_type"),
    [
        ("wrong_pin", {"tries": 3}, "Còn 3 lần thử", True),
        ("locked", {"until": "2026-11-20T09:35:00+07:00"}, "đến 09:35", False),
        ("pin_not_set", {"officer": "an"}, "chưa có mã PIN", False),
        ("too_many_tries", {"seconds": 60}, "60 giây", True),
        ("unknown_officer", {"officer": "an"}, "Không có công chức", True),
        ("storage", {}, "không ghi được", True),
        (NO_LINE, {}, "chưa nhận ca được", True),
    ],
)
def test_each_refusal_of_a_pin_has_its_sentence(
    desk: Desk, code: str, data: dict[str, str | int], sentence: str, can_type: bool
) -> None:
    ask_pin(desk)
    assert desk.handle(PinAnswered(refused(code, **data))) == ()
    screen = pin_screen(desk)
    assert sentence in screen.notice
    assert screen.can_type is can_type


@pytest.mark.parametrize("pin", ["", "12345", "1234567890123", "48291a", "٤٨٢٩١٣"])
def test_what_cannot_be_a_pin_costs_no_try(desk: Desk, pin: str) -> None:
    desk.handle(OfficerChosen("an"))
    assert desk.handle(PinEntered(pin)) == ()
    assert "6 đến 12" in pin_screen(desk).notice


def test_a_new_choice_begins_without_the_last_refusal(desk: Desk) -> None:
    ask_pin(desk)
    desk.handle(PinAnswered(refused("locked", until="2026-11-20T09:35:00+07:00")))
    desk.handle(SignInLeft())
    assert list_screen(desk).notice == ""
    desk.handle(OfficerChosen("binh"))
    assert (pin_screen(desk).notice, pin_screen(desk).can_type) == ("", True)


def test_without_a_line_nobody_can_sign_in_and_nothing_waits_for_it(desk: Desk) -> None:
    desk.handle(OfficerChosen("an"))
    desk.handle(HubLine(False))
    assert "chưa nhận ca được" in pin_screen(desk).notice
    assert not pin_screen(desk).can_type
    assert desk.handle(PinEntered(PIN)) == ()
    desk.handle(HubLine(True))
    assert pin_screen(desk).can_type


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("not_your_counter", "không được nhận ca tại quầy này"),
        ("not_your_shift", "không làm việc trong buổi này"),
        ("counter_taken", "đã có ca"),
        ("pin_needed", "Cần nhập mã PIN"),
    ],
)
def test_who_may_not_sit_here_is_told_so(desk: Desk, code: str, sentence: str) -> None:
    ask_pin(desk)
    desk.handle(PinAnswered(Answer(req="p1", ok=True)))
    assert desk.handle(CommandAnswered(refused(code))) == ()
    assert sentence in list_screen(desk).notice


def test_a_colleague_takes_over_and_is_told_from_whom(desk: Desk, counter_view: Views) -> None:
    desk.handle(FloorSeen(counter_view(), (), None))
    assert desk.handle(Pressed(Action.TAKE_OVER)) == ()
    assert "Lê Thu An đang nhận ca" in list_screen(desk).takes_over
    desk.handle(OfficerChosen("binh"))
    assert "Lê Thu An đang nhận ca" in pin_screen(desk).takes_over
    desk.handle(PinEntered(PIN))
    (sign_in,) = desk.handle(PinAnswered(Answer(req="p1", ok=True)))
    assert sign_in == SignIn("c1", "binh")
    desk.handle(FloorSeen(counter_view(officer="binh"), (), None))
    assert isinstance(desk.screen, DeskScreen)


def test_whoever_did_not_mean_to_take_over_goes_back(desk: Desk, counter_view: Views) -> None:
    desk.handle(FloorSeen(counter_view(), (), None))
    desk.handle(Pressed(Action.TAKE_OVER))
    desk.handle(OfficerChosen("binh"))
    desk.handle(SignInLeft())
    assert list_screen(desk).can_leave
    desk.handle(SignInLeft())
    assert isinstance(desk.screen, DeskScreen)


def test_with_somebody_before_the_counter_nobody_takes_over(
    desk: Desk, counter_view: Views
) -> None:
    desk.handle(FloorSeen(counter_view(ticket="t1", number="B1", ticket_state="called"), (), None))
    desk.handle(Pressed(Action.TAKE_OVER))
    assert isinstance(desk.screen, DeskScreen)


@pytest.mark.parametrize(
    ("ended", "sentence"), [(True, "Hết ngày làm việc"), (False, "kết thúc từ nơi khác")]
)
def test_the_end_of_a_session_is_told(
    desk: Desk, counter_view: Views, ended: bool, sentence: str
) -> None:
    desk.handle(FloorSeen(counter_view(), (), None))
    desk.handle(FloorSeen(counter_view(officer=None, state="closed"), (), None, ended))
    notice = list_screen(desk).notice
    assert sentence in notice
    assert "Lê Thu An" in notice


def test_who_signs_out_is_told_nothing(desk: Desk, counter_view: Views) -> None:
    desk.handle(FloorSeen(counter_view(), (), None))
    (intent,) = desk.handle(Pressed(Action.SIGN_OUT))
    assert intent == SignOut("c1")
    desk.handle(FloorSeen(counter_view(officer=None, state="closed"), (), None))
    assert list_screen(desk).notice == ""


def test_an_officer_who_left_the_list_is_not_signed_in_by_a_late_answer(desk: Desk) -> None:
    ask_pin(desk)
    desk.handle(SignInLeft())
    assert desk.handle(PinAnswered(Answer(req="12345678", ok=True))) == ()
    assert list_screen(desk).notice == ""


def test_while_a_pin_is_checked_no_other_officer_is_chosen(desk: Desk) -> None:
    ask_pin(desk)
    assert desk.handle(OfficerChosen("binh")) == ()
    assert pin_screen(desk).officer.id == "an"


def test_a_desk_that_the_hub_does_not_let_in_shows_its_code(desk: Desk) -> None:
    desk.handle(EnrolmentChanged(EnrolmentPrompt("hub.lan", "terminal-1", code="BCDF-GHJK")))
    assert isinstance(desk.screen, EnrolScreen)
    desk.handle(EnrolmentChanged(None))
    assert isinstance(desk.screen, SignInScreen)
