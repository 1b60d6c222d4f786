"""Frames that no program of the suite sends, made by a seeded generator: the journal, the log and the others stay as they are."""

import asyncio
import json
import logging
import random
from collections import Counter
from urllib.parse import urlsplit

import pytest
from websockets.exceptions import ConnectionClosed

from hub.messages import Topic

DEVICE = "board"
TOKEN = f"{DEVICE}-0123456789abcdef"
HELLO = {"t": "hello", "device": DEVICE, "token": TOKEN, "topics": ["calls"]}
# A board has no right to any command, so that nothing may come of the frames that stay whole.
FRAMES = [
    HELLO,
    {"t": "hb", "seq": 0, "shown": []},
    {"t": "enrol", "kind": "kiosk"},
    {
        "t": "attached",
        "devices": [{"id": "printer", "kind": "printer", "conditions": ["ready"], "seconds": 0}],
    },
    {
        "t": "ask",
        "req": "4123456789abcdef",
        "ask": {"kind": "prove_officer", "officer": "o1", "pin": "482913"},
    },
    {"t": "cmd", "req": "0123456789abcdef", "cmd": {"kind": "issue_ticket", "services": ["land"]}},
    {"t": "cmd", "req": "1123456789abcdef", "cmd": {"kind": "call_next", "counter": "c1"}},
    {"t": "ask", "req": "2123456789abcdef", "ask": {"kind": "ticket", "code": "A00001"}},
    {
        "t": "ask",
        "req": "3123456789abcdef",
        "ask": {"kind": "dossier", "code": "H56.14-261103-0007"},
    },
]
VALUES = [
    None, True, -1, 2**63, 10**400, 1e308, "", "x" * 70_000, "\ud800", "\x00", "'; DROP TABLE journal",
    [], {}, [[]] * 50, {"t": {"t": {}}}, "\u202e", "unknown",
]  # fmt: skip


def _mutated(dice: random.Random) -> str | bytes:
    frame = json.loads(json.dumps(dice.choice(FRAMES)))
    where = frame
    if dice.random() < 0.5:
        where = next((part for part in frame.values() if isinstance(part, dict)), frame)
    field = dice.choice([*where, "more"])
    match dice.randrange(6):
        case 0:
            where[field] = dice.choice(VALUES)
        case 1:
            where.pop(field, None)
        case 2:
            return b"\x00\xff" + dice.randbytes(dice.randrange(2_000))
        case 3:
            return "[" * 30_000
        case 4:
            text = json.dumps(frame)
            return text[: dice.randrange(len(text))]
        case 5:
            text = bytearray(json.dumps(frame).encode())
            text[dice.randrange(len(text))] = dice.randrange(32, 127)
            return text.decode()
    return json.dumps(frame)


@pytest.mark.parametrize("seed", range(3))
async def test_whatever_is_sent_changes_nothing_and_disturbs_nobody(
    hub, talk, caplog, seed
) -> None:
    caplog.set_level(logging.WARNING)
    dice = random.Random(seed)
    good = await talk(hub, "k1")
    before = hub.health().journal_rows
    for _ in range(40):
        hostile = await talk(hub, DEVICE, hello=False)
        try:
            if dice.random() < 0.7:
                await hostile.say(HELLO)
            for _ in range(5):
                await hostile.say(_mutated(dice))
        except ConnectionClosed:
            pass
        hostile.wire.transport.abort()
    where = await good.ask("ticket", "A00001")
    assert where["error"]["code"] == "unknown_ticket"
    assert hub.health().journal_rows == before
    async with asyncio.timeout(10):
        while hub.authentication.waiting():
            await asyncio.sleep(0.01)
    assert [each for each in caplog.records if each.levelno >= logging.ERROR] == []
    assert (await good.issue())["ok"]


# A kiosk, a counter, the agent, a console and a board.
TAKEN_OVER = ["k1", "t1", "hall", "desk", "board"]
SILENT = frozenset({"delta", "tick"})
ELSEWHERE = "c2"
EDGES = [
    *VALUES, "c1", ELSEWHERE, "c99", "certify", "land", "A00001", 0, 1, 1.5, 10**30, -(2**63), "A" * 201,
    ["certify"] * 17, ["certify", "certify"], {"kind": "pass_time"}, "2026-11-20T09:00:00+07:00", "9999-12-31",
]  # fmt: skip


def _commands(tickets: list[str], call: str) -> list[dict]:
    """Each command and question as a program of the suite would send it, at its own counter and at another."""
    at = [{"counter": "c1"}, {"counter": ELSEWHERE}]
    bodies = [{"kind": kind, **where} for where in at for kind in (
        "open_counter", "close_counter", "call_next", "recall", "start_serving", "mark_no_show", "finish", "sign_out",
    )]  # fmt: skip
    for where in at:
        bodies += [
            {"kind": "sign_in", "officer": "o1", **where},
            {"kind": "pause_counter", "reason": "break", **where},
            {"kind": "park", "minutes": 5, **where},
            {"kind": "transfer", "service": "land", "to_counter": "c3", **where},
            {"kind": "confirm_priority", "confirmed": True, **where},
        ]
        bodies += [
            {"kind": kind, "ticket": ticket, "reason": "x", **where}
            for ticket in tickets
            for kind in ("call_ticket", "call_parked")
        ]
    for ticket in tickets:
        bodies += [
            {"kind": "readmit", "ticket": ticket},
            {"kind": "cancel_ticket", "ticket": ticket, "reason": "x"},
            {"kind": "report_slip", "ticket": ticket, "outcome": "printed"},
            {"kind": "reprint_slip", "ticket": ticket, "reason": "lost"},
        ]
    return [
        *bodies,
        {"kind": "issue_ticket", "services": ["certify"], "priority": "elderly"},
        {"kind": "lease_numbers", "service": "certify", "count": 3},
        {"kind": "return_numbers", "lease": "0" * 16, "numbers": ["A99999"]},
        {"kind": "hand_in_ticket", "lease": "0" * 16, "number": "A99999", "service": "certify",
         "issued_at": "2026-11-20T08:00:00+07:00"},
        {"kind": "report_announced", "call": call, "outcome": "announced"},
        {"kind": "pass_time"},
    ]  # fmt: skip


def _signed_in_frame(dice: random.Random, commands: list[dict]) -> dict:
    req = f"{dice.getrandbits(64):016x}"
    match dice.randrange(10):
        case 0:
            return {"t": "ask", "req": req, "ask": {"kind": "ticket", "code": "A00001"}}
        case 1:
            prove = {"kind": "prove_officer", "officer": "o2", "pin": f"{dice.randrange(10**6):06}"}
            return {"t": "ask", "req": req, "ask": prove}
        case 2:
            return {"t": "enrol", "kind": "kiosk"}
    return {"t": "cmd", "req": req, "cmd": dict(dice.choice(commands))}


def _spoilt(dice: random.Random, frame: dict) -> str | bytes | list[str]:
    """The frame with one thing wrong, or none; a list is sent in fragments, bytes as they are."""
    places = [frame, *(part for part in frame.values() if isinstance(part, dict))]
    where = dice.choice(places)
    field = dice.choice(sorted(where))
    text = json.dumps(frame)
    match dice.randrange(10):
        case 0 | 1 | 2:
            where[field] = dice.choice(EDGES)
        case 3:
            where.pop(field)
        case 4:
            where["more"] = dice.choice(EDGES)
        case 5:
            return text[:-1] + f',"{field}":{json.dumps(dice.choice(EDGES))}}}'
        case 6:
            return text.replace('"', '"\\ud800', 1) if dice.random() < 0.5 else text.encode()
        case 7:
            return '{"t":' * 2_000
        case 8:
            return [text[:7], "", text[7:]]
    return json.dumps(frame)


class Hostile:
    """A device of the hall that has been taken over: it knows its token and sends what it likes."""

    def __init__(self, hub, talk, device: str) -> None:
        self._hub, self._talk, self._device = hub, talk, device
        self._talker = None

    async def send(self, frame: str | bytes | list[str]) -> dict:
        """What comes back: the answer, the error, or what closed the connection."""
        if self._talker is None:
            self._talker = await self._talk(self._hub, self._device, "calls")
        try:
            await self._talker.wire.send(frame)
            while (told := await self._talker.hear())["t"] in SILENT:
                pass
        except ConnectionClosed as closed:
            self._talker = None
            return {"t": "closed", "code": closed.rcvd and closed.rcvd.code}
        return told


def _floor(hub) -> object:
    """All that a command may change: rows of the journal, and what screens are told. An estimate moves by itself with time."""
    feed = hub._floor_service.feed
    told = {topic: dict(feed.values(topic)) for topic in Topic}
    services = told[Topic.SERVICES]
    told[Topic.SERVICES] = {
        key: json.loads(text) | {"estimate_seconds": None} for key, text in services.items()
    }
    return hub.health().journal_rows, told


@pytest.mark.slow
@pytest.mark.parametrize("device", TAKEN_OVER)
async def test_a_device_that_was_taken_over_changes_nothing_by_what_is_refused(
    hub, talk, caplog, device
) -> None:
    caplog.set_level(logging.WARNING)
    dice = random.Random(device)
    good, other = await talk(hub, "k2"), await talk(hub, "t2")
    tickets = [(await good.issue())["result"]["ticket"]["id"] for _ in range(4)]
    await other.open_counter()
    call = (await other.order("call_next", counter=ELSEWHERE))["result"]["call"]
    at_other = hub._floor_service.feed.values(Topic.COUNTERS)[ELSEWHERE]
    hostile, commands = Hostile(hub, talk, device), _commands(tickets, call)
    outcomes = Counter()
    for _ in range(150):
        before = _floor(hub)
        frame = _spoilt(dice, _signed_in_frame(dice, commands))
        told = await hostile.send(frame)
        assert told["t"] in {"answer", "error", "closed"}, (frame, told)
        outcomes[told["t"], told.get("ok")] += 1
        if not told.get("ok"):
            assert _floor(hub) == before, (frame, told)
            assert told.get("code") or told["error"]["code"] not in {"internal", "storage"}, frame
        assert hub._floor_service.feed.values(Topic.COUNTERS)[ELSEWHERE] == at_other, (frame, told)
    assert outcomes["answer", False] > 5
    assert outcomes["error", None] > 5
    assert [each for each in caplog.records if each.levelno >= logging.ERROR] == []
    assert (await good.issue())["ok"]


@pytest.mark.parametrize(
    "sent",
    [b"", b"GET / HT", b"GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\n", b"\x16\x03\x01" * 400, b"\x00" * 9_000],
    ids=["nothing", "half a line", "half a head", "tls", "zeros"],
)  # fmt: skip
async def test_half_a_handshake_keeps_nobody_out(hub, talk, caplog, sent) -> None:
    place = urlsplit(hub.floor)
    writers = []
    for _ in range(50):
        _, writer = await asyncio.open_connection(place.hostname, place.port)
        writer.write(sent)
        writers.append(writer)
    good = await talk(hub, "k1")
    assert (await good.issue())["ok"]
    for writer in writers:
        writer.transport.abort()
    assert [each for each in caplog.records if each.levelno >= logging.ERROR] == []
