"""States of devices and printers as the overview has them: silence is unknown, never fine."""

import pytest

from hub.accounts.devices import configured_devices
from hub.messages import Condition
from hub.web.console.floor_now import (
    DeviceState,
    PrinterNow,
    Urgency,
    devices_now,
    floor_now,
    printers_needing_attention,
)


@pytest.fixture
def known(console_hall):
    return tuple(actor for _, actor, _ in configured_devices(console_hall))


@pytest.mark.parametrize(
    ("conditions", "urgency"),
    [
        ((Condition.READY,), Urgency.FINE),
        ((Condition.UNKNOWN,), Urgency.UNKNOWN),
        ((Condition.PAPER_LOW,), Urgency.SOON),
        ((Condition.PAPER_LOW, Condition.COVER_OPEN), Urgency.NOW),
        ((Condition.SILENT,), Urgency.NOW),
    ],
)
def test_only_a_roll_near_its_end_can_wait(conditions, urgency) -> None:
    assert PrinterNow("k1", None, conditions, None).urgency is urgency


async def test_a_device_is_never_seen_then_unknown_then_fine_then_unknown_then_gone(
    hub, talk, clock, known
) -> None:
    def state():
        return next(
            each.state for each in devices_now(hub._floor_service, known) if each.name == "t1"
        )

    assert state() is DeviceState.NEVER
    terminal = await talk(hub, "t1", "floor")
    assert state() is DeviceState.UNKNOWN
    await terminal.say({"t": "hb", "seq": 0})
    await terminal.ask("ticket", "none")
    assert state() is DeviceState.FINE
    clock.pass_by(seconds=21)
    assert state() is DeviceState.UNKNOWN
    hub._floor_service.presence.disconnect(next(each for each in known if each.device == "t1"))
    assert state() is DeviceState.GONE


async def test_printers_that_print_nothing_come_before_those_with_a_roll_near_its_end(
    hub, talk, known
) -> None:
    for device, condition, seconds in (("k1", "paper_low", 900), ("t1", "cover_open", 5)):
        talker = await talk(hub, device)
        printer = {"id": "printer", "conditions": [condition], "seconds": seconds}
        await talker.say({"t": "hb", "seq": 0})
        await talker.say({"t": "attached", "devices": [printer]})
        await talker.ask("ticket", "none")
    found = printers_needing_attention(hub._floor_service, known)
    assert [each.device for each in found if each.device in ("k1", "t1")] == ["t1", "k1"]


async def test_the_end_of_the_day_would_cost_all_their_turn_but_those_being_served(
    hub, talk, plan, known
) -> None:
    kiosk, officer = await talk(hub, "k1"), await talk(hub, "t1")
    await kiosk.issue()
    await kiosk.issue()
    await officer.open_counter()
    await officer.order("call_next", counter="c1")
    await officer.order("start_serving", counter="c1")
    now = floor_now(hub._floor_service, plan, known)
    assert (now.losing_turn, now.waiting, now.open_counters) == (1, 1, 1)
