"""Limits and fees in words: as published, never guessed."""

from dataclasses import replace

import pytest

from config.slips.published import fee_of, limit_of, lines_of_omitted, page_on
from config.slips.templates import template_for
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


PAGE = "https://dvc.example.vn/?ma={code}"


def test_the_page_of_a_procedure_is_that_of_its_national_code_where_the_slip_has_room_for_it(
    birth,
) -> None:
    template = template_for((), "checklist", "vi", 80)
    own = replace(birth, code="1.001193.000.00.00.H56")
    assert page_on(template, own, PAGE) == "https://dvc.example.vn/?ma=1.001193"
    assert page_on(template, own, "") == ""
    without = template.model_copy(update={"blocks": template.blocks[:3]})
    assert page_on(without, own, PAGE) == ""


def test_a_shortened_list_names_what_it_leaves_out_and_where_the_whole_is() -> None:
    said = lines_of_omitted(48, ("(1.2) Theo tuyến",), "", TEXTS)
    assert said == [
        "Danh sách dài nên chỉ in một phần: còn 48 giấy tờ không có trên giấy này.",
        "– (1.2) Theo tuyến",
        "Toàn bộ danh sách: hỏi quầy hướng dẫn.",
    ]
    assert lines_of_omitted(48, (), "https://dvc.example.vn", TEXTS) == said[:1]
    english = lines_of_omitted(1, (), "", load_sentences("kiosk", "en"))
    assert english[0] == "The list is long and printed in part: 1 paper is not on this slip."
