"""The floor websocket over real sockets."""

import asyncio
import json
import socket
from urllib.parse import urlsplit

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from hub import running
from hub.messages import MAX_FRAME
from hub.wire import clients as hub_clients
from hub.wire import effects as hub_effects
from hub.wire import server as hub_server
from hub.wire.listening import listen
from plumbing.limits import PlaceLimit


async def test_a_device_that_says_hello_gets_the_state_of_its_topics(hub, talk) -> None:
    talker = await talk(hub, "board", "floor", "counters")
    snapshot = talker.told[-1]
    assert snapshot["t"] == "snapshot"
    assert set(snapshot["state"]) == {"floor", "counters"}
    assert snapshot["state"]["floor"]["day"]["day"] == "2026-11-20"
    assert set(snapshot["state"]["counters"]) == {f"c{n}" for n in range(1, 9)}


async def test_a_press_is_answered_and_every_screen_is_told_first(hub, talk) -> None:
    kiosk = await talk(hub, "k1", "tickets")
    board = await talk(hub, "board", "services")
    answer = await kiosk.issue("certify")
    assert answer["ok"], answer
    assert answer["result"]["ticket"]["number"] == "A00001"
    assert answer["result"]["ahead"] == 0
    assert answer["result"]["session"] == "all-day"
    # Whoever has the answer has already heard of the ticket.
    assert [frame["t"] for frame in kiosk.told[-2:]] == ["delta", "answer"]
    assert kiosk.told[-2]["puts"][0]["key"] == answer["result"]["ticket"]["id"]
    delta = await board.hear_of("delta")
    assert delta["puts"][0]["value"]["waiting"] == 1


async def test_a_client_whose_topics_did_not_change_gets_an_empty_delta(hub, talk) -> None:
    kiosk, board = await talk(hub, "k1"), await talk(hub, "board", "counters")
    await kiosk.issue()
    delta = await board.hear_of("delta")
    assert delta["puts"] == []
    assert delta["seq"] == board.told[0]["seq"] + 1


async def test_a_call_reaches_the_board_with_its_counter(hub, talk) -> None:
    kiosk, officer = await talk(hub, "k1"), await talk(hub, "t2")
    board = await talk(hub, "board", "calls")
    issued = await kiosk.issue(priority="elderly")
    await officer.open_counter()
    called = await officer.order("call_next", counter="c2")
    assert called["result"]["ticket"]["id"] == issued["result"]["ticket"]["id"]
    delta = await board.hear_of("delta")
    while not delta["puts"]:
        delta = await board.hear_of("delta")
    (put,) = delta["puts"]
    assert put["key"] == called["result"]["call"]
    view = put["value"]
    assert (view["number"], view["counter"], view["priority"], view["over"]) == (
        "A00001", "c2", True, False,
    )  # fmt: skip


async def test_a_refusal_has_its_code_and_data(hub, talk) -> None:
    officer = await talk(hub, "t1")
    answer = await officer.order("call_next", counter="c1")
    assert not answer["ok"]
    assert answer["error"] == {"code": "not_signed_in", "data": {"counter": "c1"}}


@pytest.mark.parametrize(
    ("device", "kind", "what"),
    [
        ("k1", "call_next", {"counter": "c1"}),
        ("t1", "call_next", {"counter": "c2"}),
        ("board", "issue_ticket", {"services": ["certify"]}),
        ("k1", "pass_time", {}),
        ("t1", "end_day", {}),
    ],
)
async def test_who_may_not_give_a_command_is_told_so(hub, talk, device, kind, what) -> None:
    talker = await talk(hub, device)
    answer = await talker.order(kind, **what)
    assert answer["error"] == {"code": "not_allowed", "data": {"kind": kind}}


async def test_a_question_about_a_ticket_is_answered_by_id_and_by_number(hub, talk) -> None:
    kiosk = await talk(hub, "k1")
    await kiosk.issue()
    ticket = (await kiosk.issue())["result"]["ticket"]
    for code in (ticket["id"], "A00002"):
        answer = await kiosk.ask("ticket", code)
        assert answer["result"] == {"ticket": ticket, "ahead": 1, "estimate_seconds": None}
    answer = await kiosk.ask("ticket", "A99999")
    assert answer["error"]["code"] == "unknown_ticket"


async def test_malformed_frames_are_answered_and_the_connection_goes_on(hub, talk) -> None:
    kiosk = await talk(hub, "k1")
    for frame, code in [
        ("{", "not_json"),
        ("[]", "bad_frame"),
        (b"\x00\x01", "bad_frame"),
        ('{"t":"cmd","req":"12345678","cmd":{"kind":"fly"}}', "unknown_command"),
        ('{"t":"cmd","req":"12345678","cmd":{"kind":"end_day","x":1}}', "bad_frame"),
    ]:
        await kiosk.say(frame)
        assert (await kiosk.hear_of("error"))["error"]["code"] == code
    assert (await kiosk.issue())["ok"]


async def test_too_many_malformed_frames_end_the_connection(hub, talk) -> None:
    kiosk = await talk(hub, "k1")
    for _ in range(20):
        await kiosk.say("no frame at all")
    assert await kiosk.closing() == 4400


async def test_an_oversized_frame_ends_that_connection_alone(hub, talk) -> None:
    kiosk, other = await talk(hub, "k1"), await talk(hub, "k2")
    await kiosk.say("x" * (MAX_FRAME + 1))
    assert await kiosk.closing() == 1009
    assert (await other.issue())["ok"]


async def test_a_wrong_token_is_turned_away_and_not_logged(hub, talk, caplog) -> None:
    caplog.set_level("DEBUG")
    stranger = await talk(hub, "k1", hello=False)
    told = await stranger.hello(token="a-wrong-token-of-somebody")
    assert told["error"]["code"] == "wrong_token"
    assert await stranger.closing() == 4401
    unknown = await talk(hub, "k99", hello=False)
    assert (await unknown.hello())["error"]["code"] == "wrong_token"
    hub_records = [r for r in caplog.records if r.name.startswith("hub")]
    assert not any("token-of-somebody" in r.getMessage() for r in hub_records)


async def test_who_says_nothing_is_turned_away(hub, talk, monkeypatch) -> None:
    monkeypatch.setattr(hub_server, "HELLO_SECONDS", 0.05)
    silent = await talk(hub, "k1", hello=False)
    assert (await silent.hear_of("error"))["error"]["code"] == "hello_first"
    assert await silent.closing() == 4408


@pytest.mark.parametrize(
    ("origin", "welcome"),
    [(None, True), ("http://127.0.0.1:40111", True), ("http://localhost", True), ("http://[::1]:8080", True),
     ("http://hub.example:8710", True), ("https://HUB.example", True), ("https://evil.example", False),
     ("http://127.0.0.1.evil.example", False), ("http://hub.example.evil.example", False), ("null", False),
     ("http://[::1", False), ("file://", False), ("", False)],
)  # fmt: skip
async def test_a_page_connects_from_the_hub_or_from_its_own_machine(hub, origin, welcome) -> None:
    place = urlsplit(hub.floor)
    entrance = connect(
        f"ws://hub.example:{place.port}/", host=place.hostname, origin=origin, proxy=None
    )
    if welcome:
        async with entrance as wire:
            await (await wire.ping())
    else:
        with pytest.raises(InvalidStatus) as refused:
            await entrance
        assert refused.value.response.status_code == 403


async def test_without_a_common_protocol_there_is_no_talk(hub, talk) -> None:
    later = await talk(hub, "k1", hello=False)
    told = await later.hello(proto=[7, 8])
    assert told["error"] == {"code": "no_common_protocol", "data": {"hub": 1}}
    assert await later.closing() == 4406


async def test_a_kiosk_that_comes_back_replaces_its_own_dead_connection(hub, talk) -> None:
    old = await talk(hub, "k1")
    new = await talk(hub, "k1")
    assert await old.closing() == 4409
    assert (await new.issue())["ok"]
    assert [(d.device, d.connections) for d in hub.health().devices] == [("k1", 1)]


async def test_a_board_may_hang_on_several_screens(hub, talk) -> None:
    first, second = await talk(hub, "board", "floor"), await talk(hub, "board", "floor")
    kiosk = await talk(hub, "k1")
    await kiosk.issue()
    assert (await first.hear_of("delta"))["seq"] == (await second.hear_of("delta"))["seq"]


async def test_a_second_hello_mends_a_gap_on_the_same_connection(hub, talk) -> None:
    kiosk, board = await talk(hub, "k1"), await talk(hub, "board", "tickets")
    start = board.told[0]
    await kiosk.issue()
    await kiosk.issue()
    first, second = await board.hear_of("delta"), await board.hear_of("delta")
    told = await board.hello("tickets", epoch=start["epoch"], seq=start["seq"])
    assert (told["t"], told["seq"]) == ("resumed", start["seq"])
    assert [await board.hear_of("delta"), await board.hear_of("delta")] == [first, second]
    await kiosk.issue()
    assert (await board.hear_of("delta"))["seq"] == second["seq"] + 1
    assert [d.connections for d in hub.health().devices if d.device == "board"] == [1]


async def test_a_screen_hears_the_position_and_the_time_when_nothing_happens(
    start_hub, talk, monkeypatch
) -> None:
    monkeypatch.setattr(hub_server, "TICK_SECONDS", 0.02)
    async with start_hub() as ticking:
        board = await talk(ticking, "board", "floor")
        tick = await board.hear_of("tick")
    assert (tick["epoch"], tick["seq"]) == (board.told[0]["epoch"], board.told[0]["seq"])
    assert tick["now"] == "2026-11-20T08:00:00+07:00"


async def test_heartbeats_say_what_a_screen_has_applied_and_shown(hub, talk) -> None:
    kiosk, officer = await talk(hub, "k1"), await talk(hub, "t1")
    board = await talk(hub, "board", "calls")
    await kiosk.issue()
    await officer.open_counter()
    call = (await officer.order("call_next", counter="c1"))["result"]["call"]
    await board.say({"t": "hb", "seq": 3, "shown": [call, call, "no-call-at-all"]})
    # The answer to a frame that comes later shows that the heartbeat was taken.
    await board.ask("ticket", "x")
    health = hub.health()
    (screen,) = (d for d in health.devices if d.device == "board")
    assert (screen.applied_seq, screen.last_heartbeat) == (3, health.now)
    assert health.counts["shown"] == 1


async def test_a_connection_that_breaks_the_hub_is_alone_in_it(hub, talk, monkeypatch) -> None:
    kiosk, other = await talk(hub, "k1"), await talk(hub, "k2")
    monkeypatch.setattr(hub_effects, "Submit", None)
    await kiosk.say({"t": "cmd", "req": "press-0001", "cmd": {"kind": "end_day"}})
    assert await kiosk.closing() == 1011
    monkeypatch.undo()
    assert (await other.issue())["ok"]


async def test_one_client_cannot_take_the_whole_hub_for_itself(hub, talk, monkeypatch) -> None:
    monkeypatch.setattr(hub_effects, "MOST_UNANSWERED", 2)
    greedy = await talk(hub, "k1")
    press = {"kind": "issue_ticket", "services": ["certify"]}
    for n in range(100):
        await greedy.say({"t": "cmd", "req": f"press-{n:06}", "cmd": press})
    answers = [await greedy.hear_of("answer") for _ in range(100)]
    refused = [answer for answer in answers if not answer["ok"]]
    assert {answer["error"]["code"] for answer in refused} == {"busy"}
    # Busy is not kept: the same request is carried out when it comes again.
    again = await greedy.order("issue_ticket", req=refused[0]["req"], services=["certify"])
    assert (again["ok"], again["replayed"]) == (True, False)


async def test_silent_strangers_give_way_to_whoever_speaks(start_hub, talk, monkeypatch) -> None:
    monkeypatch.setattr(hub_clients, "WIRE_SILENT", PlaceLimit(4, 2))
    async with start_hub() as hub:
        silent = [await talk(hub, "stranger", hello=False) for _ in range(3)]
        assert await silent[0].closing() == 1006
        kiosk = await talk(hub, "k1")
        assert await silent[1].closing() == 1006
        assert (await kiosk.issue())["ok"]
        assert silent[2].wire.close_code is None


async def test_a_device_comes_back_though_every_place_of_strangers_is_taken(
    start_hub, talk, monkeypatch
) -> None:
    monkeypatch.setattr(hub_clients, "WIRE_SILENT", PlaceLimit(1, 1))
    async with start_hub() as hub:
        await (await talk(hub, "k1")).wire.close()
        async with connect(hub.floor, local_addr=("127.0.0.2", 0), proxy=None) as stranger:
            kiosk = await talk(hub, "k1")
            assert (await kiosk.issue())["ok"]
            assert stranger.close_code is None


async def test_the_places_of_devices_are_not_those_of_strangers(
    start_hub, talk, monkeypatch
) -> None:
    monkeypatch.setattr(hub_clients, "WIRE_DEVICES", PlaceLimit(3, 2))
    async with start_hub() as hub:
        kiosk = await talk(hub, "k1")
        boards = [await talk(hub, "board") for _ in range(3)]
        for _ in range(5):
            await talk(hub, "stranger", hello=False)
        assert await boards[0].closing() == 1006
        assert (await kiosk.issue())["ok"]
        assert [each.connections for each in hub.health().devices] == [2, 1]


async def test_a_client_that_does_not_read_is_cut_off_and_the_others_go_on(
    start_hub, talk, monkeypatch
) -> None:
    monkeypatch.setattr(hub_effects, "LARGEST_BUFFER", 2_000)
    monkeypatch.setattr(running, "listen", _with_small_buffers)
    async with start_hub() as hub:
        kiosk = await talk(hub, "k1")
        small = socket.socket()
        small.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
        small.connect(("127.0.0.1", int(hub.floor.rsplit(":", 1)[1])))
        small.setblocking(False)
        options = {"compression": None, "max_queue": 1, "close_timeout": 0.1, "proxy": None}
        async with connect(hub.floor, sock=small, **options) as deaf:
            token = "board-0123456789abcdef"
            hello = {"t": "hello", "device": "board", "token": token, "topics": ["tickets"]}
            await deaf.send(json.dumps(hello))
            await deaf.recv()
            async with asyncio.timeout(20):
                while any(d.device == "board" for d in hub.health().devices):
                    assert (await kiosk.issue())["ok"]
            deaf.transport.abort()
        assert (await kiosk.issue())["ok"]


async def test_nothing_more_is_written_to_a_client_that_was_cut_off(
    start_hub, talk, monkeypatch, caplog
) -> None:
    async with start_hub() as hub:
        kiosk = await talk(hub, "k1", hello=False)
        token = "k1-0123456789abcdef"
        hello = {"t": "hello", "device": "k1", "token": token, "topics": ["services"]}
        monkeypatch.setattr(
            hub_clients.Client, "allowance", property(lambda _: -1, lambda *_: None)
        )
        for _ in range(30):
            await kiosk.say(hello)
        await kiosk.closing()
    assert "socket.send() raised" not in caplog.text
    assert caplog.text.count("does not read") == 1


def _with_small_buffers(host: str, port: int) -> socket.socket:
    """The kernel of a test machine swallows megabytes for a client that never reads; this one does not."""
    listener = listen(host, port)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4_096)
    return listener


async def test_a_device_that_has_seen_more_rows_shows_that_some_are_lost(hub, talk) -> None:
    board = await talk(hub, "board", "floor", hello=False)
    first = await board.hello("floor", epoch="of-an-earlier-run", seq=7, rows=41)
    loss = hub.health().loss
    assert (loss.rows_at_start, loss.seen_by_devices) == (0, {"board": 41})
    assert loss.rows == 41
    rows = first["rows"]
    assert rows == hub.health().journal_rows
    # A position of this run proves nothing.
    await board.hello("floor", epoch=first["epoch"], seq=first["seq"], rows=99)
    assert hub.health().loss.rows == 41
    kiosk = await talk(hub, "k1")
    await kiosk.issue()
    assert (await board.hear_of("delta"))["rows"] == rows + 1
