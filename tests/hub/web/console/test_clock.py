"""A held clock above every page, and the form that confirms it."""

from datetime import date, timedelta

import pytest

from config.planning import floor_plan
from hub.accounts.audit_log import AuditAction
from hub.clock.floor_clock import MachineClock
from hub.running import HubOptions, serve
from service_floor.wall_clock import Reading

PIN = "135790"
DAY = timedelta(days=1)


class MovedMachine(MachineClock):
    """This machine, with a wall clock that can be moved."""

    def __init__(self) -> None:
        super().__init__()
        self.move(timedelta(0))

    def move(self, by) -> None:
        self.moved = by

    def read(self) -> Reading:
        now, boot = super().read()
        return Reading(now + self.moved, boot)

    def is_synchronised(self, reading) -> bool:
        return False


@pytest.fixture
def machine():
    return MovedMachine()


@pytest.fixture
async def hub(console_hall, machine, tmp_path):
    plan = floor_plan(console_hall, date(2026, 11, 20))
    async with serve(console_hall, plan, HubOptions(tmp_path / "data", machine=machine)) as running:
        for officer in ("greeter", "technician"):
            running.authentication.accounts.set_pin(officer, PIN, "test", running.clock())
        yield running


async def confirm(browser, hub, **fields):
    shown = hub.clock.report().machine
    known = {"date": shown.date().isoformat() if shown else "", "sure": "yes"}
    return await browser.send("clock", **(known | fields))


async def test_a_technician_confirms_a_held_clock(enter, hub, machine) -> None:
    browser = await enter("technician")
    assert "NOT BELIEVED" not in (await browser.get("overview")).text
    assert "The clock is believed" in (await browser.get("clock")).text
    machine.move(DAY)
    for page in ("overview", "devices"):
        assert "NOT BELIEVED" in (await browser.get(page)).text
    page = (await browser.get("clock")).text
    assert "jumped forward" in page
    assert "/console/clock" in page
    for wrong in ({"sure": ""}, {"date": "2026-11-20"}):
        assert "Not confirmed" in (await confirm(browser, hub, **wrong)).text
        assert hub.clock.report().held
    assert "The clock is confirmed" in (await confirm(browser, hub)).text
    assert not hub.clock.report().held
    (entry,) = hub.authentication.accounts.audit_log()[-1:]
    assert (entry.kind, entry.by) == (AuditAction.CLOCK_CONFIRMED, "technician")
    assert "The clock is believed" in (await confirm(browser, hub)).text


async def test_an_earlier_date_has_no_button(enter, hub, machine) -> None:
    browser = await enter("technician")
    machine.move(-DAY)
    page = (await browser.get("clock")).text
    assert "never goes back" in page
    assert 'action="/console/clock"' not in page
    assert "Not confirmed" in (await confirm(browser, hub)).text
    assert hub.clock.report().held


async def test_others_see_the_line_and_no_button(enter, hub, machine) -> None:
    browser = await enter("greeter")
    machine.move(DAY)
    page = (await browser.get("greeter")).text
    assert "NOT BELIEVED" in page
    assert "/console/clock" not in page
    assert (await browser.get("clock")).status_code == 403


async def test_lost_rows_stand_above_every_page(enter, hub) -> None:
    browser = await enter("technician")
    hub._floor_service.loss.note_seen("board", 5_000)
    assert "ROWS OF THE JOURNAL ARE LOST" in (await browser.get("overview")).text
    metrics = (await browser.client.get("/metrics")).text
    assert "centerfloor_clock_held 0.0" in metrics
    assert "centerfloor_rows_lost 5000.0" in metrics
