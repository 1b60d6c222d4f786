"""What drivers say, as the hub is told it."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from drivers.errors import DeviceReason
from drivers.escpos.status import PrinterReason, decode_real_time
from drivers.protocols import Health
from hub.client import Link
from hub.client.printer_reports import PrinterReports, conditions_of
from hub.messages import LONGEST_STANDING, Condition
from hub.running import RunningHub

LOW, READY = (Condition.PAPER_LOW,), (Condition.READY,)


@pytest.mark.parametrize(
    ("health", "reasons", "codes"),
    [
        (Health.READY, (), READY),
        (Health.UNKNOWN, (), (Condition.UNKNOWN,)),
        (Health.UNKNOWN, ("status_unknown",), (Condition.SILENT,)),
        (Health.UNKNOWN, ("paper_low", "status_unknown"), (Condition.PAPER_LOW, Condition.SILENT)),
        (Health.WARNING, ("status_unknown",), (Condition.UNKNOWN,)),
        (Health.WARNING, ("one_way",), (Condition.ONE_WAY,)),
        (Health.WARNING, ("not_taken",), (Condition.NOT_TAKEN,)),
        (Health.FAULT, ("star_mode",), (Condition.STAR_MODE,)),
        (Health.WARNING, ("paper_low",), LOW),
        (Health.FAULT, ("out_of_paper", "cover_open"), (Condition.OUT_OF_PAPER, Condition.COVER_OPEN)),
        (Health.FAULT, ("defect",), (Condition.FAULT,)),
        (Health.FAULT, ("ready", "unknown"), (Condition.FAULT,)),
    ],
)  # fmt: skip
def test_each_status_has_its_conditions(health, reasons, codes) -> None:
    assert conditions_of(health.value, reasons) == codes


@pytest.mark.parametrize("reason", DeviceReason)
def test_each_reason_of_a_device_is_a_condition(reason) -> None:
    assert conditions_of("fault", (reason.value,)) == (Condition(reason.value),)


def test_what_bits_of_a_printer_mean_is_a_condition() -> None:
    status = decode_real_time({1: 0x12, 2: 0x12, 3: 0x52, 4: 0x12})
    assert status.reasons == (PrinterReason.HEAD_HOT.value,)
    assert conditions_of(status.health.value, status.reasons) == (Condition.HEAD_HOT,)


def test_what_stands_is_told_with_its_age_and_news_alone_is_news() -> None:
    now = [100.0]
    attachments = PrinterReports(lambda: now[0])
    assert attachments.standing() == ()
    assert attachments.note("printer", LOW)
    now[0] += 61.9
    assert not attachments.note("printer", LOW)
    (told,) = attachments.standing()
    assert (told.id, told.conditions, told.seconds) == ("printer", LOW, 61)
    now[0] += 10 * LONGEST_STANDING
    assert attachments.standing()[0].seconds == LONGEST_STANDING
    assert attachments.note("printer", READY)
    assert attachments.standing()[0].seconds == 0


@pytest.mark.slow
async def test_the_hub_is_told_at_once_and_again_by_each_new_connection(
    start_hub: Any, link: Callable[..., tuple[Link, Any]]
) -> None:
    def conditions(hub: RunningHub) -> tuple[Condition, ...]:
        return next(each.conditions for each in hub.health().attached if each.device == "k1")

    async def until(hub: RunningHub, wanted: tuple[Condition, ...]) -> None:
        async with asyncio.timeout(10):
            while conditions(hub) != wanted:
                await asyncio.sleep(0)

    async with start_hub() as hub:
        port = int(hub.floor.rsplit(":", 1)[1])
        assert conditions(hub) == (Condition.UNKNOWN,)
        kiosk, memory = link(hub.floor, "k1")
        kiosk.attach("printer", READY)
        await until(hub, READY)
        kiosk.attach("printer", LOW)
        await until(hub, LOW)
    await memory.until(lambda: memory.lines == [True, False])
    async with start_hub(floor_port=port) as again:
        await until(again, LOW)
