"""The client's conversation: what it sends and what it makes of each frame, without a socket."""

from datetime import UTC, datetime

from hub.client.address import HubAddress
from hub.client.mirror import Mirror
from hub.client.session import (
    Answered,
    Changed,
    ClientSession,
    Complained,
    Ready,
    SendFrame,
    frame_of,
)
from hub.messages import (
    Answer,
    AskFrame,
    AskTicket,
    AttachedDevice,
    AttachedFrame,
    Condition,
    Delta,
    Enrolled,
    ErrorBody,
    ErrorFrame,
    Hello,
    Resumed,
    Snapshot,
    Tick,
    Topic,
    client_frames,
)
from service_floor.queue.commands import CallNext

NOW = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
ADDRESS = HubAddress("ws://127.0.0.1:1", "kiosk-1", "secret-secret-secret")


def session(mirror: Mirror | None = None) -> ClientSession:
    return ClientSession(ADDRESS, (Topic.COUNTERS,), mirror or Mirror())


def snapshot(seq: int) -> str:
    return Snapshot(epoch="e", seq=seq, now=NOW, state={}).model_dump_json()


def delta(seq: int) -> str:
    return Delta(epoch="e", seq=seq, puts=()).model_dump_json()


def test_the_first_hello_asks_for_no_position() -> None:
    hello = client_frames.validate_json(session().opening())
    assert isinstance(hello, Hello)
    assert (hello.device, hello.epoch, hello.seq) == ("kiosk-1", None, None)
    assert hello.topics == (Topic.COUNTERS,)


def test_after_a_loss_the_hello_asks_to_go_on_where_the_mirror_stands() -> None:
    talk = session()
    talk.receive(snapshot(7))
    hello = client_frames.validate_json(talk.opening())
    assert isinstance(hello, Hello)
    assert (hello.epoch, hello.seq) == ("e", 7)


def test_a_snapshot_makes_ready_and_the_next_delta_is_applied() -> None:
    talk = session()
    assert [type(e) for e in talk.receive(snapshot(7))] == [Ready, Changed]
    assert [type(e) for e in talk.receive(delta(8))] == [Changed]
    assert talk.receive(delta(8)) == []


def test_a_gap_asks_once_and_waits_for_the_answer() -> None:
    talk = session()
    talk.receive(snapshot(7))
    first = talk.receive(delta(10))
    assert isinstance(first[0], SendFrame)
    assert talk.receive(delta(11)) == []
    resumed = Resumed(epoch="e", seq=11, now=NOW).model_dump_json()
    assert isinstance(talk.receive(resumed)[0], Ready)
    assert [type(e) for e in talk.receive(delta(8))] == [Changed]


def test_a_tick_ahead_of_the_mirror_reveals_a_lost_delta() -> None:
    talk = session()
    talk.receive(snapshot(7))
    ahead = Tick(epoch="e", seq=9, now=NOW).model_dump_json()
    assert isinstance(talk.receive(ahead)[0], SendFrame)


def test_a_tick_at_the_same_position_keeps_the_clock() -> None:
    mirror = Mirror()
    talk = session(mirror)
    talk.receive(snapshot(7))
    later = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
    talk.receive(Tick(epoch="e", seq=7, now=later).model_dump_json())
    assert mirror.hub_now == later


def test_answers_and_complaints_come_through() -> None:
    answer = Answer(req="12345678", ok=True)
    assert session().receive(answer.model_dump_json()) == [Answered(answer)]
    complaint = ErrorFrame(error=ErrorBody(code="bad_frame"))
    assert session().receive(complaint.model_dump_json()) == [Complained(complaint.error)]


def test_a_rejected_request_has_its_answer() -> None:
    error = ErrorBody(code="bad_frame")
    complaint = ErrorFrame(error=error, req="12345678").model_dump_json()
    refused = Answer(req="12345678", ok=False, error=error)
    assert session().receive(complaint) == [Complained(error), Answered(refused)]


def test_what_a_newer_hub_says_is_ignored() -> None:
    assert session().receive('{"t":"weather","sun":true}') == []
    assert session().receive("not json") == []


def test_a_command_travels_with_its_request_id() -> None:
    frame = client_frames.validate_json(frame_of("12345678", CallNext("c1")))
    assert frame.t == "cmd"
    assert frame.cmd == CallNext("c1")


def test_a_question_travels_with_its_request_id() -> None:
    frame = client_frames.validate_json(frame_of("12345678", AskTicket(code="A1")))
    assert isinstance(frame, AskFrame)
    assert (frame.req, frame.ask) == ("12345678", AskTicket(code="A1"))


def test_what_is_attached_is_reported_in_one_frame() -> None:
    devices = (AttachedDevice(id="printer", conditions=(Condition.READY,)),)
    frame = client_frames.validate_json(session().attached(devices))
    assert frame == AttachedFrame(devices=devices)


def test_frames_of_an_enrolment_are_for_another_conversation() -> None:
    told = Enrolled(device="kiosk-1", token="0123456789abcdef").model_dump_json()
    assert session().receive(told) == []


def test_the_next_hello_has_the_new_token() -> None:
    talk = session()
    talk.come_as(HubAddress("ws://127.0.0.1:1", "kiosk-1", "another-secret-another"))
    hello = client_frames.validate_json(talk.opening())
    assert isinstance(hello, Hello)
    assert hello.token == "another-secret-another"


def test_a_heartbeat_has_the_position_and_what_was_shown() -> None:
    talk = session()
    talk.receive(snapshot(7))
    frame = client_frames.validate_json(talk.heartbeat(("call-1",)))
    assert (frame.seq, frame.shown) == (7, ("call-1",))
