import pytest

from drivers.protocols import DeviceStatus, Health
from drivers.spool.roll import LOW_MM, Roll

READY = DeviceStatus(Health.READY)
LOW = DeviceStatus(Health.WARNING, ("paper_low",))


@pytest.mark.parametrize(
    ("roll", "used_mm", "status", "judged"),
    [
        (Roll(50_000), 0, READY, READY),
        (Roll(50_000), 50_000 - LOW_MM, READY, LOW),
        (Roll(50_000), 90_000, READY, LOW),
        (Roll(50_000, has_sensor=True), 49_999, READY, READY),
        (Roll(50_000), 49_999, LOW, LOW),
        (Roll(50_000), 49_999, DeviceStatus(Health.FAULT, ("cover_open",)), DeviceStatus(Health.FAULT, ("cover_open",))),
        (Roll(50_000), 49_999, DeviceStatus(Health.UNKNOWN), DeviceStatus(Health.UNKNOWN)),
    ],
)  # fmt: skip
def test_paper_is_reckoned_where_the_printer_cannot_tell(roll, used_mm, status, judged):
    assert roll.judged(status, used_mm * 8) == judged


def test_no_less_than_nothing_is_left():
    assert Roll(50_000).left_mm(8 * 20_000) == 30_000
    assert Roll(50_000).left_mm(8 * 60_000) == 0
