"""A whole hub: restarts, many clients at once, and what stands in its way."""

import asyncio
import collections
import json
import socket
import time
from datetime import date, timedelta

import pytest
from sqlalchemy import create_engine, text

from hub.clock.floor_clock import MachineClock
from hub.database.storage import database_in
from hub.errors import HubError, HubProblem
from hub.running import HubOptions, serve
from hub.upkeep.verification import verify
from service_floor.wall_clock import HoldReason, Reading

CITIZENS = 480
WINDOW = 40


async def test_a_press_repeated_after_a_restart_gives_the_first_answer(start_hub, talk) -> None:
    async with start_hub() as hub:
        kiosk = await talk(hub, "k1", "tickets")
        first = await kiosk.issue(req="press-0001")
        epoch, seq = kiosk.told[0]["epoch"], hub.health().seq
    async with start_hub() as hub:
        kiosk = await talk(hub, "k1", hello=False)
        told = await kiosk.hello("tickets", epoch=epoch, seq=seq)
        # Another epoch: the client must not believe that it can go on.
        assert told["t"] == "snapshot"
        assert list(told["state"]["tickets"]) == [first["result"]["ticket"]["id"]]
        again = await kiosk.issue(req="press-0001")
        assert again == first | {"replayed": True}
        other = await kiosk.order("issue_ticket", req="press-0001", services=["land"])
        assert other["error"]["code"] == "request_conflict"
        assert hub.health().counts["issued"] == 1


async def test_the_same_press_sent_many_times_at_once_makes_one_ticket(hub, talk) -> None:
    kiosk = await talk(hub, "k1")
    press = {"kind": "issue_ticket", "services": ["certify"]}
    for _ in range(50):
        await kiosk.say({"t": "cmd", "req": "press-0001", "cmd": press})
    answers = [await kiosk.hear_of("answer") for _ in range(50)]
    assert len({answer["result"]["ticket"]["id"] for answer in answers}) == 1
    assert [answer["replayed"] for answer in answers] == [False] + [True] * 49
    assert hub.health().counts["issued"] == 1


async def test_a_hub_that_was_restarted_the_next_day_begins_a_new_one(
    start_hub, talk, clock
) -> None:
    async with start_hub() as hub:
        await (await talk(hub, "k1")).issue()
    clock.pass_by(days=3)
    async with start_hub() as hub:
        assert hub.health().day == date(2026, 11, 23)
        answer = await (await talk(hub, "k1")).issue()
        assert answer["result"]["ticket"]["number"] == "A00001"


class Caller:
    """A counter that calls, serves and finishes as fast as the hub answers."""

    def __init__(self, officer) -> None:
        self.officer = officer
        self.called = []

    async def work(self, issuing) -> None:
        counter = self.officer.device.replace("t", "c")
        await self.officer.open_counter()
        while True:
            # Two steps on the way at once: the hub takes them in the order in which they are sent.
            steps = [("call_next", "a"), ("start_serving", "b"), ("finish", "c")]
            reqs = [f"{step}-{len(self.officer.told)}" for _, step in steps]
            for (kind, _), req in zip(steps, reqs, strict=True):
                command = {"kind": kind, "counter": counter}
                await self.officer.say({"t": "cmd", "req": req.ljust(8, "_"), "cmd": command})
            answers = [await self.officer.hear_of("answer") for _ in steps]
            if answers[0]["ok"]:
                self.called.append(answers[0]["result"]["ticket"]["number"])
                continue
            assert answers[0]["error"]["code"] == "nobody_waiting"
            if issuing.done():
                return


async def press(kiosk, count) -> list[str]:
    """Issue tickets with several presses on the way at once."""
    numbers = []
    sent = 0
    command = {"kind": "issue_ticket", "services": ["certify"]}
    while len(numbers) < count:
        while sent < min(count, len(numbers) + WINDOW):
            await kiosk.say({"t": "cmd", "req": f"press-{sent:06}", "cmd": command})
            sent += 1
        answer = await kiosk.hear_of("answer")
        assert answer["ok"], answer
        numbers.append(answer["result"]["ticket"]["number"])
    return numbers


@pytest.mark.slow
async def test_sixteen_clients_never_share_a_number_nor_a_citizen(hub, talk, tmp_path) -> None:
    """960 issues and calls by eight kiosks and eight counters at once."""
    kiosks = [await talk(hub, f"k{n}") for n in range(1, 9)]
    callers = [Caller(await talk(hub, f"t{n}")) for n in range(1, 9)]
    issuing = asyncio.gather(*(press(kiosk, CITIZENS // 8) for kiosk in kiosks))
    await asyncio.gather(*(caller.work(issuing) for caller in callers))
    issued = [number for numbers in await issuing for number in numbers]
    called = [number for caller in callers for number in caller.called]
    assert len(issued) == len(set(issued)) == CITIZENS
    assert [number for number, times in collections.Counter(called).items() if times > 1] == []
    assert set(called) == set(issued)
    counts = hub.health().counts
    assert (counts["issued"], counts["called"]) == (CITIZENS, CITIZENS)
    engine = create_engine(database_in(tmp_path / "data"))
    assert verify(engine).broken is None
    engine.dispose()


async def test_a_port_that_is_taken_is_said_and_the_other_is_given_back(start_hub) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        for which in ("http_port", "floor_port"):
            with pytest.raises(HubError) as caught:
                async with start_hub(**{which: port}):
                    pytest.fail("the port was free")
            assert caught.value.code is HubProblem.PORT_IN_USE
            assert caught.value.data["port"] == port


async def test_a_folder_that_cannot_be_made_is_said(start_hub, tmp_path) -> None:
    (tmp_path / "data").write_text("a file where the folder should be")
    with pytest.raises(HubError) as caught:
        async with start_hub():
            pytest.fail("there is no folder")
    assert caught.value.code is HubProblem.DATABASE_UNUSABLE


async def test_a_hub_says_goodbye_and_leaves_one_tidy_file(start_hub, talk, tmp_path) -> None:
    async with start_hub() as hub:
        kiosk = await talk(hub, "k1")
        await kiosk.issue()
    assert await kiosk.closing() == 1001
    assert [path.name for path in (tmp_path / "data").iterdir()] == ["floor.db"]


async def test_a_dossier_is_found_and_counted(hub, talk) -> None:
    head = "Mã hồ sơ,Tên thủ tục,Đơn vị,Trạng thái,Ngày tiếp nhận,Ngày hẹn trả\n"
    row = "H56.14-261103-0007,Chứng thực,Sở Tư pháp,Đang xử lý,17/11/2026,19/11/2026\n"
    hub.register.import_csv(head + row)
    kiosk = await talk(hub, "k1")
    answer = await kiosk.ask("dossier", "h56.14-261103-0007\r")
    assert answer["result"]["standing"] == "overdue"
    assert "nobody" not in json.dumps(answer)
    assert (await kiosk.ask("dossier", "nonsense"))["error"]["code"] == "unknown_dossier"
    assert hub.health().counts["looked_up"] == 1


async def test_questions_are_answered_while_the_writer_works(hub, talk) -> None:
    kiosk, other = await talk(hub, "k1"), await talk(hub, "k2")
    pressing = asyncio.ensure_future(press(kiosk, 200))
    started = time.monotonic()
    for _ in range(20):
        assert (await other.ask("ticket", "A99999"))["error"]["code"] == "unknown_ticket"
    assert time.monotonic() - started < 5
    assert len(set(await pressing)) == 200


async def test_a_register_that_cannot_be_read_is_said(hub, talk, tmp_path) -> None:
    engine = create_engine(database_in(tmp_path / "data"))
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE dossiers RENAME TO elsewhere"))
    kiosk = await talk(hub, "k1")
    answer = await kiosk.ask("dossier", "H56.14-261103-0007")
    assert answer["error"]["code"] == "storage"
    engine.dispose()


class MovedMachine(MachineClock):
    """This machine, with a wall clock that can be moved."""

    def __init__(self) -> None:
        super().__init__()
        self.move(timedelta(0))

    def move(self, by: timedelta) -> None:
        self.moved = by

    def read(self) -> Reading:
        now, boot = super().read()
        return Reading(now + self.moved, boot)

    def is_synchronised(self, reading: Reading) -> bool:
        return False


async def test_a_date_that_is_wrong_for_a_while_costs_nothing(hall, plan, tmp_path, talk) -> None:
    machine = MovedMachine()
    async with serve(hall, plan, HubOptions(tmp_path / "data", machine=machine)) as hub:
        kiosk = await talk(hub, "k1", "floor", "tickets")
        before = [(await kiosk.issue())["result"]["ticket"]["number"] for _ in range(3)]
        machine.move(timedelta(days=1))
        later = (await kiosk.issue())["result"]["ticket"]
        report = hub.health()
        assert (report.clock.held, report.clock.reason) == (True, HoldReason.AHEAD)
        machine.move(timedelta(0))
        last = (await kiosk.issue())["result"]["ticket"]
        report = hub.health()
        assert not report.clock.held
        assert report.counts["issued"] == 5
        assert later["issued_at"] <= last["issued_at"]
        assert len({*before, later["number"], last["number"]}) == 5
        machine.move(timedelta(days=1))
        day = report.day
        assert hub.clock.confirm("an")
        async with asyncio.timeout(20):
            while hub.health().day == day:
                await kiosk.hear()
