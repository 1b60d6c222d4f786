"""Who gets in, over real sockets: enrolment, revoking, and officers with their PINs."""

import asyncio
import json
import logging
import secrets
import sqlite3
import threading
from datetime import date
from unittest.mock import Mock

import pytest
from sqlalchemy.exc import OperationalError
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from config.planning import floor_plan
from hub.accounts import authentication
from hub.accounts.enrolment import EnrolmentProblem
from hub.accounts.roster import roster_of
from hub.accounts.store import Accounts, UnknownAccountError
from hub.database.storage import database_in, open_store
from hub.messages import CloseCode
from hub.running import HubOptions, serve
from hub.wire import clients, effects, handshakes
from plumbing.limits import AttemptLimit, FairPlaces, PlaceLimit

PIN = "482913"
pytestmark = pytest.mark.usefixtures("quick_pins")


async def asks_in(talk, hub, kind="kiosk"):
    stranger = await talk(hub, "stranger", hello=False)
    await stranger.say({"t": "enrol", "kind": kind, "proto": [1]})
    return stranger, await stranger.hear()


async def prove(terminal, officer, pin=PIN):
    req = secrets.token_urlsafe(12)
    question = {"kind": "prove_officer", "officer": officer, "pin": pin}
    await terminal.say({"t": "ask", "req": req, "ask": question})
    return await terminal._reply_to(req)


async def test_a_new_device_shows_a_code_and_comes_back_with_its_token(hub, talk) -> None:
    stranger, told = await asks_in(talk, hub)
    assert told["t"] == "enrolment"
    assert [each.kind for each in hub.authentication.waiting()] == ["kiosk"]
    assert await hub.authentication.approve(told["code"].lower(), "k1", "tech") is None
    enrolled = await stranger.hear()
    assert (enrolled["t"], enrolled["device"]) == ("enrolled", "k1")
    assert await stranger.closing() == CloseCode.ENROLLED
    kiosk = await talk(hub, "k1", hello=False)
    assert (await kiosk.hello(token=enrolled["token"]))["t"] == "snapshot"
    old = await talk(hub, "k1", hello=False)
    assert (await old.hello())["error"]["code"] == "wrong_token"


async def test_enrolling_again_turns_the_old_connection_out(hub, talk) -> None:
    kiosk = await talk(hub, "k1", "floor")
    _, told = await asks_in(talk, hub)
    assert await hub.authentication.approve(told["code"], "k1", "tech") is None
    assert await kiosk.closing() == CloseCode.WRONG_TOKEN


async def test_a_code_is_for_a_known_device_of_its_kind_and_for_once(hub, talk) -> None:
    _, told = await asks_in(talk, hub, "board")
    approve = hub.authentication.approve
    assert await approve(told["code"], "nobody", "tech") is EnrolmentProblem.UNKNOWN_DEVICE
    assert await approve(told["code"], "k1", "tech") is EnrolmentProblem.WRONG_KIND
    assert await approve(told["code"], "board", "tech") is None
    assert await approve(told["code"], "board", "tech") is EnrolmentProblem.UNKNOWN_CODE


async def test_guessed_codes_are_told_once(hub, caplog) -> None:
    told = [
        await hub.authentication.approve("XXXX-XXXX", "k1", f"eve{n % 7}") for n in range(1_000)
    ]
    assert told[-1] is EnrolmentProblem.TOO_MANY_TRIES
    assert sum("wrong enrolment codes" in words for words in hubs_words(caplog)) == 1


async def test_who_waits_may_do_nothing_else_and_is_gone_when_it_leaves(hub, talk) -> None:
    stranger, told = await asks_in(talk, hub)
    await stranger.say({"t": "hello", "device": "k1", "token": "k1-0123456789abcdef"})
    assert (await stranger.hear())["error"]["code"] == "hello_first"
    await stranger.wire.close()
    async with asyncio.timeout(5):
        while hub.authentication.waiting():
            await asyncio.sleep(0.005)
    problem = await hub.authentication.approve(told["code"], "k1", "tech")
    assert problem is EnrolmentProblem.UNKNOWN_CODE


async def test_a_code_that_nobody_types_expires(start_hub, talk, monkeypatch) -> None:
    monkeypatch.setattr(effects, "GOOD_FOR", effects.GOOD_FOR / 6_000)
    async with start_hub() as hub:
        stranger, _ = await asks_in(talk, hub)
        assert (await stranger.hear())["error"]["code"] == "code_expired"
        assert await stranger.closing() == CloseCode.HELLO_TIMEOUT


async def test_of_too_many_that_wait_the_oldest_shows_another_code(hub, talk, monkeypatch) -> None:
    monkeypatch.setattr(hub.authentication._desk, "_places", FairPlaces(PlaceLimit(8, 2)))
    oldest, _ = await asks_in(talk, hub)
    await asks_in(talk, hub)
    newest, told = await asks_in(talk, hub)
    assert (await oldest.hear())["error"]["code"] == "too_many_waiting"
    assert await oldest.closing() == CloseCode.TRY_LATER
    assert await hub.authentication.approve(told["code"], "k1", "tech") is None
    assert (await newest.hear())["t"] == "enrolled"


@pytest.mark.parametrize("frame", [{"kind": "console"}, {"kind": "kiosk", "proto": [9]}])
async def test_a_stranger_of_no_kind_or_protocol_is_not_let_wait(hub, talk, frame) -> None:
    stranger = await talk(hub, "stranger", hello=False)
    await stranger.say({"t": "enrol", **frame})
    assert (await stranger.hear())["error"]["code"] in ("bad_frame", "no_common_protocol")
    assert hub.authentication.waiting() == ()


async def test_a_revoked_device_is_turned_out_at_once_and_let_in_no_more(hub, talk) -> None:
    kiosk, other = await talk(hub, "k1", "floor"), await talk(hub, "k2", "floor")
    assert await hub.authentication.revoke("k1", "boss")
    assert await kiosk.closing() == CloseCode.WRONG_TOKEN
    again = await talk(hub, "k1", hello=False)
    assert (await again.hello())["error"]["code"] == "wrong_token"
    assert (await other.issue())["ok"]
    assert not await hub.authentication.revoke("k1", "boss")
    with pytest.raises(UnknownAccountError):
        await hub.authentication.revoke("nobody", "boss")


async def test_what_another_program_revokes_is_noticed(
    start_hub, talk, hall, tmp_path, clock, monkeypatch
) -> None:
    monkeypatch.setattr(authentication, "REFRESH_SECONDS", 0.02)
    async with start_hub() as hub:
        kiosk = await talk(hub, "k1", "floor")
        engine = open_store(database_in(tmp_path / "data"))
        await asyncio.to_thread(Accounts(engine, roster_of(hall)).revoke, "k1", "cli", clock())
        engine.dispose()
        assert await kiosk.closing() == CloseCode.WRONG_TOKEN


async def test_a_device_revoked_before_the_start_stays_out(start_hub, talk) -> None:
    async with start_hub() as hub:
        await hub.authentication.revoke("k1", "boss")
    async with start_hub() as hub:
        kiosk = await talk(hub, "k1", hello=False)
        assert (await kiosk.hello())["error"]["code"] == "wrong_token"


def hubs_words(caplog):
    return [r.getMessage() for r in caplog.records if r.name.split(".")[0] == "hub"]


@pytest.fixture
async def pin_hub(hall, clock, tmp_path):
    changed = hall.model_copy(
        update={"hub": hall.hub.model_copy(update={"officer_sign_in": "pin"})}
    )
    plan = floor_plan(changed, date(2026, 11, 20))
    async with serve(changed, plan, HubOptions(tmp_path / "data"), clock) as hub:
        hub.authentication.accounts.set_pin("an", PIN, "boss", clock())
        yield hub


async def test_an_officer_signs_in_with_the_pin(pin_hub, talk) -> None:
    terminal = await talk(pin_hub, "t1", "counters")
    first = await terminal.order("sign_in", counter="c1", officer="an")
    assert first["error"] == {"code": "pin_needed", "data": {"officer": "an"}}
    proven = await prove(terminal, "an")
    assert (proven["ok"], proven["result"]) == (True, {"officer": "an", "seconds": 60})
    other = await talk(pin_hub, "t2", "counters")
    assert not (await other.order("sign_in", counter="c2", officer="an"))["ok"]
    assert not (await terminal.order("sign_in", counter="c1", officer="o1"))["ok"]
    assert (await terminal.order("sign_in", counter="c1", officer="an"))["ok"]


async def test_wrong_pins_lock_out_and_are_told_without_the_pin(pin_hub, talk, caplog) -> None:
    caplog.set_level(logging.DEBUG)
    terminal = await talk(pin_hub, "t1")
    answers = [await prove(terminal, "an", "918273") for _ in range(6)]
    assert [answer["error"]["code"] for answer in answers] == ["wrong_pin"] * 4 + ["locked"] * 2
    assert answers[0]["error"]["data"] == {"tries": 4}
    assert answers[-1]["error"]["data"] == {"until": "2026-11-20T08:05:00+07:00"}
    assert (await prove(terminal, "o1"))["error"]["code"] == "pin_not_set"
    assert (await prove(terminal, "eve"))["error"]["code"] == "unknown_officer"
    assert "918273" not in "".join(hubs_words(caplog))
    assert sum("locked out" in words for words in hubs_words(caplog)) == 1


async def test_ten_pins_a_minute_are_enough_for_a_terminal(pin_hub, talk) -> None:
    terminal, other = await talk(pin_hub, "t1"), await talk(pin_hub, "t2")
    codes = [(await prove(terminal, "eve"))["error"]["code"] for _ in range(12)]
    assert codes == ["unknown_officer"] * 10 + ["too_many_tries"] * 2
    assert (await prove(other, "an"))["ok"]


async def test_one_keypad_does_not_lock_out_the_whole_centre(pin_hub, talk, clock) -> None:
    staff = ("an", "o1", "o2", "o3", "o4")
    eve, honest = await talk(pin_hub, "t1"), await talk(pin_hub, "t2")
    pin_hub.authentication._pins = AttemptLimit(1_000, 60.0)
    for officer in staff[1:]:
        pin_hub.authentication.accounts.set_pin(officer, PIN, "boss", clock())
    codes = [(await prove(eve, each, "918273"))["error"]["code"] for each in staff for _ in "12345"]
    assert codes == (["wrong_pin"] * 4 + ["locked"]) * 3 + ["too_many_tries"] * 10
    assert (await prove(eve, "o4"))["error"]["data"]["seconds"] > 1_700
    assert (await prove(honest, "o3"))["ok"]


async def test_a_device_that_goes_while_it_is_let_in_is_not_said_to_be_in(
    hub, talk, monkeypatch
) -> None:
    stranger, told = await asks_in(talk, hub)
    accounts, made, gone = hub.authentication.accounts, asyncio.Event(), threading.Event()
    enrol, loop = accounts.enrol, asyncio.get_running_loop()

    def slowly(*given):
        token = enrol(*given)
        loop.call_soon_threadsafe(made.set)
        assert gone.wait(10)
        return token

    monkeypatch.setattr(accounts, "enrol", slowly)
    approving = asyncio.create_task(hub.authentication.approve(told["code"], "k1", "tech"))
    await made.wait()
    await stranger.wire.close()
    async with asyncio.timeout(10):
        while hub.authentication._replies:
            await asyncio.sleep(0.005)
    gone.set()
    assert await approving is EnrolmentProblem.UNKNOWN_CODE
    (k1,) = (each for each in accounts.devices() if each.device == "k1")
    assert k1.revoked_by == "tech"


async def test_a_code_stays_good_where_the_database_fails_on_the_way(
    hub, talk, monkeypatch
) -> None:
    stranger, told = await asks_in(talk, hub)
    with monkeypatch.context() as broken:
        failure = OperationalError("", None, sqlite3.OperationalError("disk I/O error"))
        broken.setattr(hub.authentication.accounts, "credentials", Mock(side_effect=failure))
        with pytest.raises(OperationalError):
            await hub.authentication.approve(told["code"], "k1", "tech")
    assert await hub.authentication.approve(told["code"], "k1", "tech") is None
    token = (await stranger.hear())["token"]
    kiosk = await talk(hub, "k1", hello=False)
    assert (await kiosk.hello(token=token))["t"] == "snapshot"


async def test_a_late_look_brings_no_revoked_device_back(hub, talk, monkeypatch) -> None:
    accounts = hub.authentication.accounts
    before = accounts.credentials()
    assert await hub.authentication.revoke("k1", "boss")
    monkeypatch.setattr(accounts, "version", lambda: before.version)
    monkeypatch.setattr(accounts, "credentials", lambda: before)
    await hub.authentication.refresh()
    kiosk = await talk(hub, "k1", hello=False)
    assert (await kiosk.hello())["error"]["code"] == "wrong_token"


async def test_a_kiosk_checks_no_pins(pin_hub, talk) -> None:
    answer = await prove(await talk(pin_hub, "k1"), "an")
    assert answer["error"]["code"] == "not_allowed"


@pytest.mark.slow
async def test_guessed_tokens_are_refused_told_once_and_disturb_nobody(
    hub, talk, caplog, monkeypatch
) -> None:
    monkeypatch.setattr(clients, "WIRE_SILENT", PlaceLimit(4, 4))
    caplog.set_level(logging.DEBUG)
    kiosk = await talk(hub, "k1", "floor")
    refused = []
    for n in range(300):
        try:
            async with connect(hub.floor, compression=None, proxy=None) as wire:
                guess = {"t": "hello", "device": "k2", "token": f"guess-{n:012}"}
                await wire.send(json.dumps(guess))
                assert "wrong_token" in await wire.recv()
                with pytest.raises(ConnectionClosed):
                    await wire.recv()
        except InvalidStatus as problem:
            refused.append(problem.response.status_code)
    assert refused == [429] * (300 - handshakes.WRONG_TOKENS)
    assert sum("wrong" in words for words in hubs_words(caplog)) == 2
    assert "guess-" not in "".join(hubs_words(caplog))
    assert (await kiosk.issue())["ok"]
