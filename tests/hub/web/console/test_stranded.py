"""A configuration that changes during a day: who is stranded is said in the log and in the console, and can be helped."""

import re
import shutil
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import date

import pytest

from config.model.names import Names
from config.planning import floor_plan
from hub.running import HubOptions, serve

FRIDAY = date(2026, 11, 20)


@pytest.fixture
def start(clock, tmp_path, empty_database, console_hall):
    """Starts a hub on one and the same folder, with parts of the configuration changed."""
    (tmp_path / "data").mkdir()
    shutil.copy(empty_database, tmp_path / "data")

    @asynccontextmanager
    async def started(calling=None, **changes):
        installation = console_hall.model_copy(update=changes)
        plan = floor_plan(installation, FRIDAY)
        plan = replace(plan, calling=replace(plan.calling, **(calling or {})))
        async with serve(installation, plan, HubOptions(tmp_path / "data"), clock) as running:
            running.authentication.accounts.set_pin("supervisor", "135790", "test", clock())
            yield running

    return started


@pytest.fixture
def changed(console_hall):
    """The hall of another centre: without the service land, counter 2 and officer 1."""
    counters = tuple(
        each.model_copy(update={"profile": (("certify",),)})
        for each in console_hall.counters
        if each.id != "c2"
    )
    return {
        "centre": console_hall.centre.model_copy(update={"names": Names(vi="Trung tâm khác")}),
        "services": tuple(each for each in console_hall.services if each.id != "land"),
        "counters": counters,
        "officers": tuple(each for each in console_hall.officers if each.id != "o1"),
        "counter_terminals": tuple(
            each for each in console_hall.counter_terminals if each.counter != "c2"
        ),
    }


async def a_morning(hub, talk):
    """B001 and B002 wait for land, B003 was called by counter 2, and officer 1 sits at counter 1."""
    kiosk, first, second = await talk(hub, "k1"), await talk(hub, "t1"), await talk(hub, "t2")
    await first.open_counter()
    await second.open_counter()
    tickets = [(await kiosk.issue("land"))["result"]["ticket"]["id"] for _ in range(3)]
    await second.order("call_ticket", counter="c2", ticket=tickets[2], reason="frail")
    await second.order("start_serving", counter="c2")
    return tickets


async def test_who_is_stranded_by_a_new_configuration_is_named_and_can_be_helped(
    start, changed, talk, browser_on, caplog
) -> None:
    async with start() as hub:
        tickets = await a_morning(hub, talk)
    async with start(**changed) as hub, browser_on(hub) as visitor:
        said = "\n".join(record.message for record in caplog.records)
        assert "kept for another centre: 'Trung tâm thử nghiệm'" in said
        assert "o1 is signed out of counter c1" in said
        assert "B003 of counter c2 waits again at its place" in said
        assert "3 tickets are for services that no counter takes any more: B001, B002, B003" in said
        await visitor.sign_in("supervisor")
        page = await visitor.get("overview")
        assert "kept for “Trung tâm thử nghiệm”" in page.text
        assert "Tickets that no counter takes any more (3)" in page.text
        page = await visitor.get(f"floor/ticket/{tickets[0]}")
        assert re.findall(r'<option value="(\w+)"', page.text) == ["certify"]
        on = f"floor/ticket/{tickets[0]}"
        page = await visitor.send(
            "floor/move", on=on, ticket=tickets[0], service="certify", reason="service closed"
        )
        assert "B001 was moved to Certified copies." in page.text
        assert "Tickets that no counter takes any more (2)" in page.text
        on = f"floor/ticket/{tickets[1]}"
        page = await visitor.send("floor/cancel", on=on, ticket=tickets[1], reason=" ")
        assert "A reason is needed." in page.text
        page = await visitor.send("floor/cancel", on=on, ticket=tickets[1], reason="closed")
        assert "B002 was cancelled." in page.text
        page = await visitor.get("floor/ticket/nobody")
        assert "There is no such ticket today." in page.text
        officer = await talk(hub, "t3")
        await officer.open_counter()
        called = await officer.order("call_next", counter="c3")
        assert called["result"]["ticket"]["id"] == tickets[0]


async def test_who_missed_a_call_or_sits_at_a_counter_is_told_where_to_be_helped(
    start, changed, talk, browser_on
) -> None:
    async with start() as hub:
        kiosk, officer = await talk(hub, "k1"), await talk(hub, "t3")
        await officer.open_counter()
        tickets = [(await kiosk.issue("land"))["result"]["ticket"]["id"] for _ in range(2)]
        await officer.order("call_next", counter="c3")
        await officer.order("mark_no_show", counter="c3", reason="left")
        await officer.order("call_next", counter="c3")
    async with start(**changed) as hub, browser_on(hub) as visitor:
        await visitor.sign_in("supervisor")
        page = await visitor.get(f"floor/ticket/{tickets[0]}")
        assert "readmit them on the page Greeter" in page.text
        page = await visitor.get(f"floor/ticket/{tickets[1]}")
        assert "its officer finishes or sends them on" in page.text


async def test_an_unchanged_configuration_says_nothing(start, talk, browser_on, caplog) -> None:
    async with start() as hub:
        await a_morning(hub, talk)
    caplog.clear()
    async with start() as hub, browser_on(hub) as visitor:
        assert [record for record in caplog.records if record.levelname == "WARNING"] == []
        await visitor.sign_in("supervisor")
        assert "no counter takes" not in (await visitor.get("overview")).text


async def test_a_kiosk_that_asks_too_fast_is_shown_and_said_once(
    start, talk, browser_on, clock, caplog
) -> None:
    async with start(calling={"issue_pace": 3}) as hub, browser_on(hub) as visitor:
        await visitor.sign_in("supervisor")
        assert "too fast" not in (await visitor.get("devices")).text
        kiosk = await talk(hub, "k1")
        answers = [await kiosk.issue() for _ in range(6)]
        assert [answer["ok"] for answer in answers] == [True] * 3 + [False] * 3
        assert answers[3]["error"]["code"] == "too_fast"
        assert len([r for r in caplog.records if "k1 asks for tickets faster" in r.message]) == 1
        assert "Asks for tickets too fast, last at 08:00:00" in (await visitor.get("devices")).text
        clock.pass_by(minutes=61)
        assert (await kiosk.issue())["ok"]
        assert "too fast" not in (await visitor.get("devices")).text
