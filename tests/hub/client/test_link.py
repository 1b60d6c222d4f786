"""The line to a real hub: comes back by itself, repeats what has no answer, never does anything twice."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hub.client import Link, Outbox, Policy, new_request_id
from hub.client.requests import NO_LINE
from hub.messages import AskTicket, ProveOfficer, Topic
from hub.running import RunningHub
from service_floor.queue.commands import IssueTicket

LinkMaker = Callable[..., tuple[Link, Any]]


async def test_a_ticket_is_issued_and_seen_in_the_mirror(hub: RunningHub, link: LinkMaker) -> None:
    kiosk, memory = link(hub.floor, "k1", Topic.TICKETS, Topic.SERVICES)
    answer = await asyncio.wait_for(memory.ask(kiosk, IssueTicket(("certify",))), 10)
    assert answer.ok
    number = answer.result["ticket"]["number"]
    await memory.until(lambda: number in {t.number for t in kiosk.mirror.tickets.values()})
    assert kiosk.mirror.services["certify"].waiting == 1
    assert memory.answers == [answer]


async def test_a_press_given_before_the_hub_is_there_is_carried_out_once_it_is(
    start_hub: Any, link: LinkMaker
) -> None:
    async with start_hub() as hub:
        url, port = hub.floor, int(hub.floor.rsplit(":", 1)[1])
    kiosk, memory = link(url, "k1")
    press = memory.ask(kiosk, IssueTicket(("certify",)))
    async with start_hub(floor_port=port):
        answer = await asyncio.wait_for(press, 15)
        assert answer.ok
        await memory.until(lambda: memory.lines[-1:] == [True])


async def test_after_a_loss_the_mirror_goes_on_where_it_stood(
    start_hub: Any, link: LinkMaker
) -> None:
    async with start_hub() as hub:
        port = int(hub.floor.rsplit(":", 1)[1])
        kiosk, memory = link(hub.floor, "k1", Topic.TICKETS)
        await asyncio.wait_for(memory.ask(kiosk, IssueTicket(("certify",))), 10)
        await memory.until(lambda: len(kiosk.mirror.tickets) == 1)
        first = kiosk.mirror.epoch
    await memory.until(lambda: memory.lines == [True, False])
    async with start_hub(floor_port=port):
        await memory.until(lambda: kiosk.mirror.epoch != first)
        assert len(kiosk.mirror.tickets) == 1


async def test_a_request_left_in_the_outbox_gets_the_first_answer(
    hub: RunningHub, link: LinkMaker, tmp_path: Path
) -> None:
    req = new_request_id()
    kiosk, memory = link(hub.floor, "k1")
    first = await asyncio.wait_for(memory.ask(kiosk, IssueTicket(("certify",)), req=req), 10)
    # As after a crash between the answer and its taking note.
    left = Outbox(tmp_path / "k2.outbox")
    left.keep(req, IssueTicket(("certify",)))
    left.close()
    again = Outbox(tmp_path / "k1.outbox")
    again.keep(req, IssueTicket(("certify",)))
    again.close()
    _, reborn = link(hub.floor, "k1")
    await reborn.until(lambda: len(reborn.answers) == 1)
    assert reborn.answers[0].replayed
    assert reborn.answers[0].result == first.result
    assert memory.answers == [first]


async def test_what_cannot_be_kept_is_refused_at_once_and_the_line_stays(
    hub: RunningHub, link: LinkMaker
) -> None:
    kiosk, memory = link(hub.floor, "k1")
    await asyncio.wait_for(memory.ask(kiosk, IssueTicket(("certify",))), 10)
    kiosk._requests._outbox._db.execute("PRAGMA query_only=ON")
    refused = await asyncio.wait_for(memory.ask(kiosk, IssueTicket(("certify",))), 10)
    assert refused.error is not None
    assert refused.error.code == "storage"
    assert memory.answers[-1] == refused
    kiosk._requests._outbox._db.execute("PRAGMA query_only=OFF")
    second = await asyncio.wait_for(memory.ask(kiosk, IssueTicket(("certify",))), 10)
    assert second.result["ahead"] == 1
    assert hub.health().counts["issued"] == 2


async def test_a_question_is_answered_and_leaves_nothing_behind(
    hub: RunningHub, link: LinkMaker, tmp_path: Path
) -> None:
    kiosk, memory = link(hub.floor, "k1")
    issued = await asyncio.wait_for(memory.ask(kiosk, IssueTicket(("certify",))), 10)
    number = issued.result["ticket"]["number"]
    answer = await asyncio.wait_for(memory.ask(kiosk, AskTicket(code=number), Policy.REPEAT), 10)
    assert answer.result["ahead"] == 0
    unknown = await asyncio.wait_for(memory.ask(kiosk, AskTicket(code="Z999"), Policy.REPEAT), 10)
    assert unknown.error is not None
    assert unknown.error.code == "unknown_ticket"
    kept = Outbox(tmp_path / "k1.outbox")
    assert list(kept.pending()) == []
    kept.close()


async def test_a_wrong_token_is_logged_without_the_token(
    hub: RunningHub, link: LinkMaker, caplog: pytest.LogCaptureFixture
) -> None:
    _, memory = link(hub.floor, "k1", token="not-the-token-of-k1")
    async with asyncio.timeout(10):
        while "k1" not in caplog.text:
            await asyncio.sleep(0)
    assert "k1" in caplog.text
    assert "not-the-token" not in caplog.text
    assert memory.lines == []


async def test_a_ticket_stays_on_disk_until_what_followed_from_it_is_too(
    hub: RunningHub, link: LinkMaker
) -> None:
    kiosk, memory = link(hub.floor, "k1")
    req, press = new_request_id(), IssueTicket(("certify",))
    first = await asyncio.wait_for(memory.ask(kiosk, press, Policy.HAND_OVER, req), 10)
    assert list(kiosk._requests._outbox.pending()) == [(req, press)]
    # Its program ends here; the next run gets the same ticket, once.
    reborn, after = link(hub.floor, "k1", earlier=Policy.HAND_OVER)
    await after.until(lambda: len(after.answers) == 1)
    assert after.answers[0].result == first.result
    reborn.taken(req)
    assert list(reborn._requests._outbox.pending()) == []
    reborn.taken(req)
    assert memory.answers == [first]


async def test_a_line_that_comes_back_does_not_ask_for_what_is_in_hand(
    start_hub: Any, link: LinkMaker
) -> None:
    async with start_hub() as hub:
        port = int(hub.floor.rsplit(":", 1)[1])
        kiosk, memory = link(hub.floor, "k1")
        press = memory.ask(kiosk, IssueTicket(("certify",)), Policy.HAND_OVER)
        await asyncio.wait_for(press, 10)
    async with start_hub(floor_port=port):
        await memory.until(lambda: memory.lines == [True, False, True])
        unknown = memory.ask(kiosk, IssueTicket(("no-such",)), Policy.HAND_OVER)
        await asyncio.wait_for(unknown, 10)
    assert [answer.ok for answer in memory.answers] == [True, False]
    assert [req for req, _ in kiosk._requests._outbox.pending()] == [press.result().req]


async def test_a_pin_does_not_wait_for_a_hub_that_is_gone(start_hub: Any, link: LinkMaker) -> None:
    async with start_hub() as hub:
        port = int(hub.floor.rsplit(":", 1)[1])
        counter, memory = link(hub.floor, "k1")
        await memory.until(lambda: memory.lines == [True])
    await memory.until(lambda: memory.lines == [True, False])
    asked = memory.ask(counter, ProveOfficer(officer="an", pin="482913"), Policy.ONCE)
    answer = await asyncio.wait_for(asked, 10)
    assert answer.error is not None
    assert answer.error.code == NO_LINE
    async with start_hub(floor_port=port):
        await memory.until(lambda: memory.lines == [True, False, True])
        again = await asyncio.wait_for(memory.ask(counter, AskTicket(code="A1"), Policy.REPEAT), 10)
    assert [one.req for one in memory.answers] == [answer.req, again.req]
