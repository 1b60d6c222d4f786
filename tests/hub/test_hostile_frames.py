"""Frames that no program of the suite sends, made by a seeded generator: the journal, the log and the others stay as they are."""

import asyncio
import json
import logging
import random
from urllib.parse import urlsplit

import pytest
from websockets.exceptions import ConnectionClosed

DEVICE = "board"
TOKEN = f"{DEVICE}-0123456789abcdef"
HELLO = {"t": "hello", "device": DEVICE, "token": TOKEN, "topics": ["calls"]}
# A board has no right to any command, so that nothing may come of the frames that stay whole.
FRAMES = [
    HELLO,
    {"t": "hb", "seq": 0, "shown": []},
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
