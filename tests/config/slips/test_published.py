"""Limits and fees in words: as published, never guessed."""

from dataclasses import replace

import pytest

from config.slips.published import fee_of, limit_of
from plumbing.sentences import load_sentences
from service_floor.calendar import LimitUnit
from service_floor.procedures.model import Limit, Procedure

TEXTS = load_sentences("kiosk", "vi")


@pytest.fixture
def birth():
    return Procedure("1.001193", "Đăng ký khai sinh", "Hộ tịch", ())


@pytest.mark.parametrize(
    ("limit", "said"),
    [
        (Limit(3, LimitUnit.WORKING_DAYS), "3 ngày làm việc"),
        (Limit(10, LimitUnit.DAYS), "10 ngày"),
        (Limit(8, LimitUnit.HOURS), "8 giờ"),
        (Limit(0.5, LimitUnit.WORKING_DAYS), "0,5 ngày làm việc"),
        (Limit(5, LimitUnit.UNKNOWN), "5 (nguồn không ghi đơn vị)"),
        (Limit(1, LimitUnit.DAYS, "Trong ngày"), "Trong ngày"),
        (Limit(), "Nguồn chưa công bố"),
    ],
)
def test_limits(birth, limit, said) -> None:
    assert limit_of(replace(birth, limit=limit), TEXTS) == said


@pytest.mark.parametrize(
    ("fee", "note", "said"),
    [
        (None, "", "Nguồn chưa công bố"),
        (None, "Theo nghị quyết của tỉnh", "Theo nghị quyết của tỉnh"),
        (50_000, "", "50.000 đồng"),
        (50_000, "mỗi bản", "50.000 đồng (mỗi bản)"),
    ],
)
def test_fees(birth, fee, note, said) -> None:
    assert fee_of(replace(birth, fee=fee, fee_note=note), TEXTS) == said
