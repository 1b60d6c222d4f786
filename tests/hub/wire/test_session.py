"""The contract of a session: a frame in, effects out. No socket, no clock, no floor."""

import hashlib
import json
from datetime import UTC, datetime, timedelta

import pytest

from hub.accounts.devices import Devices, KnownDevice
from hub.messages import (
    MAX_FRAME,
    AskTicket,
    AttachedDevice,
    CloseCode,
    Condition,
    Topic,
    WireError,
)
from hub.wire.session import (
    LONGEST_LIST,
    LONGEST_TEXT,
    MOST_BAD_FRAMES,
    CheckPin,
    Close,
    DeviceSession,
    LookUp,
    RecordAttached,
    RecordHeartbeat,
    Send,
    Submit,
    Welcome,
)
from service_floor.queue.commands import Actor, CallNext, Role

KIOSK = Actor("k1", Role.KIOSK)
DESK = Actor("t1", Role.COUNTER, "c1")
BOARD = Actor("b1", Role.BOARD)
TOKEN = "0123456789abcdef"
DEVICES = Devices(
    KnownDevice(actor, hashlib.sha256(TOKEN.encode()).digest()) for actor in (KIOSK, DESK, BOARD)
)


def hello(device="k1", **more):
    return json.dumps({"t": "hello", "device": device, "token": TOKEN, **more})


def cmd(command, req="12345678"):
    return json.dumps({"t": "cmd", "req": req, "cmd": command})


def known(device="k1"):
    session = DeviceSession(DEVICES)
    session.receive(hello(device))
    return session


def error(effects):
    sent = json.loads(effects[0].text)
    assert sent["t"] == "error"
    return sent["error"]["code"], sent["error"]["data"], sent["req"]


def test_a_hello_with_the_right_token_is_welcome() -> None:
    effects = DeviceSession(DEVICES).receive(hello(topics=["calls", "floor"]))
    assert effects == [Welcome(KIOSK, frozenset({Topic.CALLS, Topic.FLOOR}), None)]


def test_a_hello_may_ask_to_go_on_from_a_position() -> None:
    (welcome,) = DeviceSession(DEVICES).receive(hello(epoch="abc", seq=7))
    assert welcome.position == ("abc", 7)


@pytest.mark.parametrize("half", [{"epoch": "abc"}, {"seq": 7}])
def test_half_a_position_is_none(half) -> None:
    (welcome,) = DeviceSession(DEVICES).receive(hello(**half))
    assert welcome.position is None


def test_a_command_goes_to_the_writer_with_who_gave_it() -> None:
    effects = known("t1").receive(cmd({"kind": "call_next", "counter": "c1"}))
    assert effects == [Submit(DESK, "12345678", CallNext("c1"))]


def test_a_question_is_looked_up_for_who_may_ask() -> None:
    ask = json.dumps({"t": "ask", "req": "12345678", "ask": {"kind": "ticket", "code": "A1"}})
    assert known().receive(ask) == [LookUp(KIOSK, "12345678", AskTicket(code="A1"))]
    (send,) = known("b1").receive(ask)
    answer = json.loads(send.text)
    assert (answer["t"], answer["req"], answer["ok"]) == ("answer", "12345678", False)
    assert answer["error"] == {"code": "not_allowed", "data": {"kind": "ticket"}}


def test_a_heartbeat_is_passed_on() -> None:
    beat = json.dumps({"t": "hb", "seq": 9, "shown": ["x"]})
    assert known("b1").receive(beat) == [RecordHeartbeat(BOARD, 9, ("x",))]


def attached(*devices):
    return json.dumps({"t": "attached", "devices": devices})


LOW = {"id": "printer", "kind": "printer", "conditions": ["paper_low"], "seconds": 40}


@pytest.mark.parametrize(("device", "actor"), [("k1", KIOSK), ("t1", DESK)])
def test_a_device_says_how_its_own_printer_is(device, actor) -> None:
    told = AttachedDevice(id="printer", conditions=(Condition.PAPER_LOW,), seconds=40)
    assert known(device).receive(attached(LOW)) == [RecordAttached(actor, (told,))]
    assert known(device).receive(attached()) == [RecordAttached(actor, ())]


def test_a_board_has_no_printer() -> None:
    told = error(known("b1").receive(attached(LOW)))
    assert told == ("not_allowed", {"kind": "attached"}, None)


@pytest.mark.parametrize(
    ("devices", "problem"),
    [
        ([LOW | {"conditions": ["on_fire"]}], "enum"),
        ([LOW | {"conditions": []}], "too_short"),
        ([LOW | {"conditions": ["cutter", "cutter"]}], "twice"),
        ([LOW | {"conditions": ["cutter", "ready"]}], "stands_alone"),
        ([LOW | {"conditions": ["cutter", "unknown"]}], "stands_alone"),
        ([LOW | {"seconds": -1}], "greater_than_equal"),
        ([LOW | {"seconds": 10**9}], "less_than_equal"),
        ([LOW | {"id": "<b>"}], "string_pattern_mismatch"),
        ([LOW | {"kind": "oven"}], "literal_error"),
        ([LOW | {"device": "k2"}], "extra_forbidden"),
        ([LOW, LOW], "twice"),
        ([LOW | {"id": f"printer-{n}"} for n in range(9)], "too_long"),
    ],
)
def test_nonsense_about_a_printer_is_refused(devices, problem) -> None:
    code, data, _ = error(known().receive(attached(*devices)))
    assert (code, data["problem"]) == ("bad_frame", problem)


SERVED = {"kind": "issue_ticket", "services": ["a"]}
BAD_FRAMES = {
    "not JSON": ("{", "not_json", {}, None),
    "nothing": ("", "not_json", {}, None),
    "too deep": ("[" * 5_000, "not_json", {}, None),
    "a lone surrogate": ('{"t":"\\ud800"}', "not_json", {}, None),
    "a list": ("[]", "bad_frame", {"at": "", "problem": "dict_type"}, None),
    "a number": ("12", "bad_frame", {"at": "", "problem": "dict_type"}, None),
    "binary": (b"{}", "bad_frame", {"at": "", "problem": "binary"}, None),
    "no kind of frame": ("{}", "bad_frame", {"at": "", "problem": "union_tag_not_found"}, None),
    "an unknown frame": (
        '{"t":"fly"}',
        "bad_frame",
        {"at": "", "problem": "union_tag_invalid"},
        None,
    ),
    "an unknown command": (
        cmd({"kind": "fly"}),
        "unknown_command",
        {"kind": "fly"},
        "12345678",
    ),
    "an unknown question": (
        '{"t":"ask","req":"12345678","ask":{"kind":"why","code":"x"}}',
        "unknown_command",
        {"kind": "why"},
        "12345678",
    ),
    "a command without its kind": (
        cmd({"counter": "c1"}),
        "bad_frame",
        {"at": "cmd", "problem": "union_tag_not_found"},
        "12345678",
    ),
    "an unknown field": (
        cmd(SERVED | {"colour": "red"}),
        "bad_frame",
        {"at": "cmd.issue_ticket.colour", "problem": "unexpected_keyword_argument"},
        "12345678",
    ),
    "a missing field": (
        cmd({"kind": "call_next"}),
        "bad_frame",
        {"at": "cmd.call_next.counter", "problem": "missing"},
        "12345678",
    ),
    "a short request id": (
        cmd(SERVED, req="123"),
        "bad_frame",
        {"at": "req", "problem": "string_too_short"},
        "123",
    ),
    "a request id of another type": (
        '{"t":"cmd","req":7,"cmd":{"kind":"end_day"}}',
        "bad_frame",
        {"at": "req", "problem": "string_type"},
        None,
    ),
    "a long text": (
        cmd({"kind": "cancel_ticket", "ticket": "x", "reason": "y" * (LONGEST_TEXT + 1)}),
        "bad_frame",
        {"at": "cmd.cancel_ticket.reason", "problem": "too_long"},
        "12345678",
    ),
    "a long list": (
        cmd(SERVED | {"services": ["a"] * (LONGEST_LIST + 1)}),
        "bad_frame",
        {"at": "cmd.issue_ticket.services", "problem": "too_long"},
        "12345678",
    ),
    "a long text in a list": (
        cmd(SERVED | {"services": ["a" * (LONGEST_TEXT + 1)]}),
        "bad_frame",
        {"at": "cmd.issue_ticket.services", "problem": "too_long"},
        "12345678",
    ),
    "an absurd number": (
        '{"t":"cmd","req":"12345678","cmd":{"kind":"park","counter":"c1","minutes":1'
        + "0" * 60
        + "}}",
        "bad_frame",
        {"at": "cmd.park.minutes", "problem": "too_long"},
        "12345678",
    ),
    "a number as text": (
        '{"t":"hb","seq":"5"}',
        "bad_frame",
        {"at": "seq", "problem": "int_type"},
        None,
    ),
    "a yes where a number belongs": (
        cmd({"kind": "park", "counter": "c1", "minutes": True}),
        "bad_frame",
        {"at": "cmd.park.minutes", "problem": "int_type"},
        "12345678",
    ),
    "a position that nobody reaches": (
        '{"t":"hb","seq":9007199254740992}',
        "bad_frame",
        {"at": "seq", "problem": "less_than_equal"},
        None,
    ),
    "too large": ("x" * (MAX_FRAME + 1), "too_large", {"limit": MAX_FRAME}, None),
}


@pytest.mark.parametrize("case", BAD_FRAMES.values(), ids=BAD_FRAMES.keys())
def test_a_bad_frame_is_answered_with_what_is_wrong(case) -> None:
    frame, *expected = case
    effects = known().receive(frame)
    assert len(effects) == 1
    assert [*error(effects)] == expected


def test_the_answer_to_a_bad_hello_does_not_repeat_the_token() -> None:
    effects = DeviceSession(DEVICES).receive(hello(colour="red"))
    assert error(effects)[0] == "bad_frame"
    assert TOKEN not in effects[0].text


def test_every_length_that_is_allowed_is_taken() -> None:
    longest = {"kind": "cancel_ticket", "ticket": "x", "reason": "y" * LONGEST_TEXT}
    assert isinstance(known().receive(cmd(longest))[0], Submit)


def test_bad_frames_are_counted_and_end_in_a_close() -> None:
    session = known()
    for _ in range(MOST_BAD_FRAMES - 1):
        assert [type(effect) for effect in session.receive("{")] == [Send]
    assert session.receive(cmd(SERVED)) != []
    effects = session.receive("{")
    assert effects[1:] == [Close(CloseCode.BAD_FRAME)]


@pytest.mark.parametrize("frame", [cmd(SERVED), '{"t":"hb","seq":1}'])
def test_nothing_goes_before_the_hello(frame) -> None:
    session = DeviceSession(DEVICES)
    assert error(session.receive(frame))[0] == "hello_first"
    assert isinstance(session.receive(hello())[0], Welcome)


@pytest.mark.parametrize(
    "hello",
    [
        json.dumps({"t": "hello", "device": "k1", "token": "another token"}),
        json.dumps({"t": "hello", "device": "nobody", "token": TOKEN}),
        json.dumps({"t": "hello", "device": "k1", "token": ""}),
    ],
)
def test_a_wrong_token_ends_it(hello) -> None:
    session = DeviceSession(DEVICES)
    effects = session.receive(hello)
    assert error(effects)[0] == "wrong_token"
    assert effects[1:] == [Close(CloseCode.WRONG_TOKEN)]
    assert session.receive(hello) == []


def test_a_connection_stays_the_device_that_it_was() -> None:
    effects = known("k1").receive(hello("t1"))
    assert effects[1:] == [Close(CloseCode.WRONG_TOKEN)]


def test_the_highest_protocol_of_both_is_spoken_or_none() -> None:
    assert isinstance(DeviceSession(DEVICES).receive(hello(proto=[3, 1]))[0], Welcome)
    effects = DeviceSession(DEVICES).receive(hello(proto=[3, 2]))
    assert error(effects)[0] == "no_common_protocol"
    assert effects[1:] == [Close(CloseCode.NO_COMMON_PROTOCOL)]


def test_patience_with_silence_ends_but_not_with_a_known_device() -> None:
    effects = DeviceSession(DEVICES).time_out_hello()
    assert error(effects)[0] == "hello_first"
    assert effects[1:] == [Close(CloseCode.HELLO_TIMEOUT)]
    assert known().time_out_hello() == []


def test_after_giving_way_nothing_counts() -> None:
    session = known()
    assert session.be_replaced() == [Close(CloseCode.REPLACED)]
    assert session.receive(cmd(SERVED)) == []


def enrol(**more):
    return json.dumps({"t": "enrol", "kind": "kiosk", **more})


@pytest.mark.parametrize(
    ("problem", "close"),
    [
        (WireError.CODE_EXPIRED, CloseCode.HELLO_TIMEOUT),
        (WireError.TOO_MANY_WAITING, CloseCode.TRY_LATER),
    ],
)
def test_an_enrolment_that_fails_ends_the_connection(problem, close) -> None:
    session = DeviceSession(DEVICES)
    session.receive(enrol())
    effects = session.not_enrolled(problem)
    assert error(effects)[0] == problem
    assert effects[1] == Close(close)
    assert session.disconnect() == []


def test_an_enrolment_in_an_unknown_protocol_is_refused() -> None:
    effects = DeviceSession(DEVICES).receive(enrol(proto=[99]))
    assert error(effects)[0] == WireError.NO_COMMON_PROTOCOL
    assert effects[1] == Close(CloseCode.NO_COMMON_PROTOCOL)


def test_the_pin_of_an_officer_is_checked_for_the_terminal_that_asks() -> None:
    ask = {"kind": "prove_officer", "officer": "an", "pin": "123456"}
    frame = json.dumps({"t": "ask", "req": "12345678", "ask": ask})
    (check,) = known("t1").receive(frame)
    assert isinstance(check, CheckPin)
    assert (check.actor, check.req) == (DESK, "12345678")


def test_a_device_that_enrols_sees_its_code_and_then_its_token() -> None:
    session = DeviceSession(DEVICES)
    session.receive(enrol())
    now = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
    (shown,) = session.show_code("AB12CD", now, now + timedelta(minutes=5))
    assert json.loads(shown.text)["code"] == "AB12CD"
    send, close = session.enrolled("k9", TOKEN)
    assert json.loads(send.text)["device"] == "k9"
    assert close == Close(CloseCode.ENROLLED)


def test_a_device_whose_token_was_revoked_is_disconnected() -> None:
    effects = known().disconnect()
    assert error(effects)[0] == WireError.WRONG_TOKEN
    assert effects[1] == Close(CloseCode.WRONG_TOKEN)


def test_a_frame_of_which_nothing_can_be_read_has_no_request() -> None:
    code, _, req = error(known().receive('{"t": "cmd", "req": "12345678", "cmd": NaN}'))
    assert code in {WireError.NOT_JSON, WireError.BAD_FRAME}
    assert req is None or req == "12345678"
