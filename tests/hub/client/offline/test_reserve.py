"""A kiosk alone: its reserve is filled, given from, handed in and given back, whatever happens in between."""

import asyncio
import contextlib
import json
import sqlite3
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from config.model import Installation
from hub.client import HubAddress, Link, Outbox, Policy
from hub.client.offline.hub_clock import KioskClocks
from hub.client.offline.reserve import RESTARTED, Reserve, Terms
from hub.database.answers import unpack_answer
from hub.messages import Answer, Topic
from service_floor.queue.commands import HandInTicket, IssueTicket, LeaseNumbers, ReportSlip
from service_floor.queue.concerns.leasing import ticket_of_lease
from service_floor.queue.planning.plan import FloorPlan

TOPICS = (Topic.FLOOR, Topic.SERVICES)
PRESS = IssueTicket(("certify",))
WALL = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)


class Kiosk:
    """One run of a kiosk's line, its reserve, and hands on its clocks."""

    def __init__(self, url: str, terms: Terms, folder: Path, memory: Any, wall: datetime) -> None:
        self.memory = memory
        self.offers: list[dict[str, int]] = []
        self.steady, self.wall = 0.0, wall
        self.outbox = Outbox(folder / "k1.outbox")
        clocks = KioskClocks(lambda: self.steady, lambda: self.wall)
        self.reserve = Reserve(terms, self.outbox, memory, self.hear, clocks)
        address = HubAddress(url, "k1", "k1-0123456789abcdef")
        self.link = Link(address, TOPICS, self.outbox, self.reserve, self.reserve.adopt)
        self.reserve.attach(self.link)
        self.task = asyncio.create_task(self.link.run())

    def hear(self, offer: Any) -> None:
        self.offers.append(dict(offer))
        self.memory._tell()

    @property
    def offer(self) -> dict[str, int]:
        return self.offers[-1] if self.offers else {}

    async def until(self, condition: Callable[[], bool]) -> None:
        await self.memory.until(condition)

    async def filled(self) -> None:
        await self.until(lambda: self.offer == {"certify": 5, "land": 2})

    def press(self) -> "asyncio.Future[Any]":
        """A press that the hub does not answer, given to the reserve."""
        req = f"press-{len(list(self.outbox.pending())):04}-{id(self):x}"
        answer = self.memory.ask(self.link, PRESS, req=req)
        self.reserve.stand_in(req)
        return answer

    def given(self) -> str:
        answer = self.press()
        assert answer.done()
        return str(answer.result().result["ticket"]["number"])

    async def killed(self) -> None:
        """What the disk holds is all that is left."""
        self.task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self.task
        self.outbox.close()


@pytest.fixture
def terms(plan: FloorPlan) -> Terms:
    return Terms(("certify", "land"), plan, timedelta(minutes=240), timedelta(seconds=3))


@pytest.fixture
async def run(tmp_path: Path, terms: Terms, link: Any) -> AsyncIterator[Callable[..., Kiosk]]:
    """Begins runs of one kiosk; `link` lends what remembers."""
    kiosks: list[Kiosk] = []

    def begin(url: str, wall: datetime = WALL, **changes: Any) -> Kiosk:
        _, memory = link("ws://127.0.0.1:1", "idle")
        kiosks.append(Kiosk(url, replace(terms, **changes), tmp_path, memory, wall))
        return kiosks[-1]

    yield begin
    for kiosk in kiosks:
        await kiosk.killed()


def _hub_file(folder: Path) -> sqlite3.Connection:
    (file,) = (folder / "data").glob("*.db")
    return sqlite3.connect(file)


def rows(folder: Path, kind: str) -> list[Any]:
    with contextlib.closing(_hub_file(folder)) as database:
        query = "SELECT body FROM journal WHERE kind = ? ORDER BY seq"
        return [json.loads(body) for (body,) in database.execute(query, (kind,))]


async def test_a_kiosk_fills_its_reserve_and_half_of_a_quota_is_left(hub: Any, run: Any) -> None:
    kiosk = run(hub.floor)
    await kiosk.filled()
    assert hub.health().counts["issued"] == 0
    assert kiosk.link.mirror.services["land"].left_today == 3


async def test_without_the_hub_numbers_are_given_and_handed_in_on_its_return(
    start_hub: Any, run: Any, clock: Any, tmp_path: Path
) -> None:
    async with start_hub() as hub:
        port = int(hub.floor.rsplit(":", 1)[1])
        kiosk = run(hub.floor)
        await kiosk.filled()
    await kiosk.until(lambda: kiosk.memory.lines[-1:] == [False])
    kiosk.steady += 60
    first, second = kiosk.given(), kiosk.given()
    assert (first, second) == ("A99995", "A99996")
    given = kiosk.memory.answers[0].result["ticket"]
    assert given["offline"]
    kiosk.link.send(ReportSlip(given["id"], "printed"), Policy.DURABLE)
    clock.pass_by(minutes=5)
    async with start_hub(floor_port=port) as hub:
        await kiosk.until(lambda: kiosk.offer == {"certify": 5, "land": 2})
        await kiosk.until(lambda: not list(kiosk.outbox.pending()))
        counts = hub.health().counts
        assert (counts["issued"], counts["printed"]) == (2, 1)
    issued = rows(tmp_path, "ticket_issued")
    assert [body["number"] for body in issued] == ["A99995", "A99996"]
    assert datetime.fromisoformat(issued[0]["offline"]["at"]) == clock.now - timedelta(minutes=4)


@pytest.mark.slow
async def test_a_press_whose_answer_was_lost_leaves_one_number(
    start_hub: Any, run: Any, tmp_path: Path
) -> None:
    async with start_hub() as hub:
        port = int(hub.floor.rsplit(":", 1)[1])
        kiosk = run(hub.floor)
        await kiosk.filled()
        unseen = await asyncio.wait_for(kiosk.memory.ask(kiosk.link, PRESS, req="press-0001"), 10)
    await kiosk.until(lambda: kiosk.memory.lines[-1:] == [False])
    # As if the line had broken between the hub's commit and the answer.
    answer = kiosk.memory.ask(kiosk.link, PRESS, req="press-0001")
    kiosk.reserve.stand_in("press-0001")
    assert answer.result().result["ticket"]["number"] == "A99995"
    async with start_hub(floor_port=port):
        await kiosk.until(lambda: kiosk.offer == {"certify": 5, "land": 2})
        assert kiosk.link.mirror.services["certify"].waiting == 1
    (cancelled,) = rows(tmp_path, "ticket_cancelled")
    assert cancelled["ticket"] == unseen.result["ticket"]["id"]
    assert cancelled["reason"] == "replaced_by A99995"


async def test_while_the_hub_is_there_it_answers_itself(hub: Any, run: Any) -> None:
    kiosk = run(hub.floor)
    await kiosk.filled()
    req = "press-while-up"
    answer = kiosk.memory.ask(kiosk.link, PRESS, req=req)
    kiosk.reserve.stand_in(req)
    online = await asyncio.wait_for(answer, 10)
    assert online.result["ticket"]["number"] == "A00001"


async def test_all_given_none_is_left_and_the_press_stays(
    start_hub: Any, run: Any, tmp_path: Path
) -> None:
    async with start_hub() as hub:
        kiosk = run(hub.floor)
        await kiosk.filled()
    await kiosk.until(lambda: kiosk.memory.lines[-1:] == [False])
    numbers = [kiosk.given() for _ in range(5)]
    assert numbers == [f"A9999{n}" for n in range(5, 10)]
    assert "certify" not in kiosk.offer
    left = kiosk.press()
    assert not left.done()
    assert PRESS in [command for _, command in kiosk.outbox.pending()]


async def test_a_kiosk_that_was_killed_goes_on_and_gives_no_number_twice(
    start_hub: Any, run: Any, tmp_path: Path
) -> None:
    async with start_hub() as hub:
        url = hub.floor
        kiosk = run(url)
        await kiosk.filled()
    await kiosk.until(lambda: kiosk.memory.lines[-1:] == [False])
    kiosk.given()
    await kiosk.killed()
    again = run(url, wall=WALL + timedelta(minutes=10))
    assert again.given() == "A99996"
    pending = [command for _, command in again.outbox.pending()]
    lost, unknown, given = pending
    assert isinstance(lost, HandInTicket)
    assert isinstance(given, HandInTicket)
    assert unknown == ReportSlip(ticket_of_lease(lost.lease, "A99995"), "unknown", RESTARTED)


@pytest.mark.parametrize(
    ("wall", "gives"),
    [
        (timedelta(minutes=10), True),
        (timedelta(minutes=-1), False),
        (timedelta(minutes=241), False),
    ],
    ids=["in time", "the clock was set back", "too old"],
)
async def test_after_a_restart_the_wall_clock_must_agree(
    start_hub: Any, run: Any, wall: timedelta, gives: bool
) -> None:
    async with start_hub() as hub:
        url = hub.floor
        kiosk = run(url)
        await kiosk.filled()
    await kiosk.killed()
    again = run(url, wall=WALL + wall)
    assert again.press().done() is gives


async def test_a_program_that_has_just_begun_waits_for_the_hub_before_it_offers_numbers(
    start_hub: Any, run: Any
) -> None:
    async with start_hub() as hub:
        kiosk = run(hub.floor)
        await kiosk.filled()
    await kiosk.killed()
    again = run("ws://127.0.0.1:1")
    again.reserve._report_offer()
    assert again.offer == {}
    again.steady += 3
    again.reserve._report_offer()
    assert again.offer == {"certify": 5, "land": 2}


async def test_switched_off_nothing_is_given_of_what_is_still_held(
    start_hub: Any, run: Any, plan: FloorPlan
) -> None:
    async with start_hub() as hub:
        kiosk = run(hub.floor)
        await kiosk.filled()
    await kiosk.killed()
    again = run("ws://127.0.0.1:1", plan=replace(plan, lease_numbers=0))
    assert not again.press().done()


async def test_a_lease_ends_with_its_day(start_hub: Any, run: Any) -> None:
    async with start_hub() as hub:
        kiosk = run(hub.floor, age=timedelta(days=2))
        await kiosk.filled()
    await kiosk.until(lambda: kiosk.memory.lines[-1:] == [False])
    kiosk.steady += 16 * 3600
    assert not kiosk.press().done()


async def test_numbers_are_old_when_the_hub_is_silent_too_long(start_hub: Any, run: Any) -> None:
    async with start_hub() as hub:
        kiosk = run(hub.floor)
        await kiosk.filled()
    await kiosk.until(lambda: kiosk.memory.lines[-1:] == [False])
    kiosk.steady += 240 * 60 + 1
    assert not kiosk.press().done()
    kiosk.reserve._report_offer()
    assert kiosk.offer == {}


async def test_outside_the_hours_nothing_is_given(
    start_hub: Any, run: Any, plan: FloorPlan
) -> None:
    closed = replace(plan, hours=replace(plan.hours, closed_days=frozenset({WALL.date()})))
    async with start_hub() as hub:
        kiosk = run(hub.floor, plan=closed)
        await kiosk.until(lambda: kiosk.link.mirror.floor is not None)
        # Commands of one connection are answered in order: after this one the leases are there.
        assert (await asyncio.wait_for(kiosk.memory.ask(kiosk.link, PRESS), 10)).ok
    await kiosk.until(lambda: kiosk.memory.lines[-1:] == [False])
    assert not kiosk.press().done()


async def test_what_others_need_goes_back(hub: Any, run: Any, talk: Any) -> None:
    kiosk = run(hub.floor)
    await kiosk.filled()
    desk = await talk(hub, "desk")
    for _ in range(3):
        assert (await desk.issue("land"))["ok"]
    await kiosk.until(lambda: kiosk.offer == {"certify": 5})
    await kiosk.until(lambda: kiosk.link.mirror.services["land"].left_today == 2)
    for _ in range(2):
        assert (await desk.issue("land"))["ok"]
    assert not (await desk.issue("land"))["ok"]


async def test_the_end_of_the_day_ends_the_reserve(hub: Any, run: Any, talk: Any) -> None:
    kiosk = run(hub.floor)
    await kiosk.filled()
    desk = await talk(hub, "desk")
    assert (await desk.order("end_day"))["ok"]
    await kiosk.until(lambda: kiosk.offer == {})


async def test_a_repeated_answer_brings_no_given_number_back(
    start_hub: Any, run: Any, tmp_path: Path
) -> None:
    async with start_hub() as hub:
        kiosk = run(hub.floor)
        await kiosk.filled()
    await kiosk.until(lambda: kiosk.memory.lines[-1:] == [False])
    number = kiosk.given()
    with contextlib.closing(_hub_file(tmp_path)) as database:
        rows = database.execute("SELECT answer, req, at FROM requests")
        answer = next(text for row in rows if number in (text := unpack_answer(*row)))
    _, take = kiosk.reserve.adopt("lease-again", LeaseNumbers("certify", 5))
    take(Answer.model_validate_json(answer))
    assert kiosk.offer["certify"] == 4
    assert kiosk.given() != number


async def test_a_disk_that_fails_gives_nothing_away(start_hub: Any, run: Any) -> None:
    async with start_hub() as hub:
        kiosk = run(hub.floor)
        await kiosk.filled()
    await kiosk.until(lambda: kiosk.memory.lines[-1:] == [False])
    answer = kiosk.memory.ask(kiosk.link, PRESS, req="press-0001")
    kiosk.outbox.database.execute("PRAGMA query_only=ON")
    kiosk.reserve.stand_in("press-0001")
    assert not answer.done()
    kiosk.outbox.database.execute("PRAGMA query_only=OFF")
    kiosk.reserve.stand_in("press-0001")
    assert answer.result().result["ticket"]["number"] == "A99995"


async def test_a_lease_that_was_asked_for_before_the_crash_is_asked_for_once(
    hub: Any, run: Any, tmp_path: Path
) -> None:
    before = Outbox(tmp_path / "k1.outbox")
    before.keep("lease-before-the-crash", LeaseNumbers("certify", 5))
    before.close()
    kiosk = run(hub.floor)
    await kiosk.filled()
    assert len(rows(tmp_path, "numbers_leased")) == 2


def test_the_hall_of_these_tests_holds_five(hall: Installation) -> None:
    assert hall.offline.numbers == 5
