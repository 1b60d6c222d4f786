"""From the published list to the rules: nothing is guessed."""

from datetime import date

import pytest

from service_floor.calendar import LimitUnit
from service_floor.dossiers.deadlines.appointment import TimeLimit
from service_floor.dossiers.life.plan import FeeItem, ProcedureVersion, RequiredPaper
from service_floor.dossiers.published import limits_of, version_of
from service_floor.procedures.model import Level, Limit, Paper, Procedure

DAY = date(2026, 1, 1)
SAME_DAY = (TimeLimit(same_day=True),)


@pytest.mark.parametrize(
    ("limit", "expected"),
    [
        (Limit(3, LimitUnit.WORKING_DAYS), (TimeLimit(3, LimitUnit.WORKING_DAYS),)),
        (Limit(24, LimitUnit.HOURS), (TimeLimit(24, LimitUnit.HOURS),)),
        (Limit(5), ()),
        (Limit(5, text="Trong ngày"), ()),
        (Limit(), ()),
        (Limit(text="Ngay trong ngày nếu đủ điều kiện thanh toán."), SAME_DAY),
        (Limit(text="- Trong ngày làm việc; nhận sau 15 giờ thì trả ngày hôm sau"), SAME_DAY),
        (Limit(text="Giải quyết ngay trong ngày tiếp nhận"), SAME_DAY),
        (Limit(text="Trong ngày làm việc thứ ba"), ()),
        (Limit(text="02 tháng và 15 ngày làm việc, trong ngày đầu"), ()),
        (Limit(text="Trong thời hạn 05 ngày làm việc"), ()),
        (Limit(text="Theo kế hoạch tuyển sinh hằng năm"), ()),
    ],
)
def test_a_limit_as_it_was_published(limit: Limit, expected: tuple[TimeLimit, ...]) -> None:
    assert limits_of(limit) == expected


def test_a_procedure_with_cases_papers_and_a_fee() -> None:
    papers = (
        Paper("Tờ khai", 1, 0),
        Paper("Lưu ý", 0, 0),
        Paper("Hợp đồng", 0, 1, group="sell"),
    )
    procedure = Procedure(
        "1.013949.000.00.00.H56", "Đất", "land", (Level.COMMUNE,), "tnmt",
        Limit(10, LimitUnit.DAYS), 28_000, "mỗi bản", papers, decision="QĐ 5", published="2026",
    )  # fmt: skip
    assert version_of(procedure, DAY) == ProcedureVersion(
        "1.013949",
        "QĐ 5",
        DAY,
        "tnmt",
        cases=("sell",),
        limits=(TimeLimit(10, LimitUnit.DAYS),),
        papers=(RequiredPaper("1"), RequiredPaper("3", "sell")),
        fees=(FeeItem("mỗi bản", 28_000),),
    )


@pytest.mark.parametrize("fee", [None, 0])
def test_what_is_not_known_to_cost_something_charges_nothing(fee: int | None) -> None:
    procedure = Procedure("1.1", "x", "f", (), fee=fee, fee_note="free", published="2026-01")
    version = version_of(procedure, DAY, date(2026, 6, 30))
    assert (version.fees, version.version, version.limits) == ((), "2026-01", ())
    assert not version.is_in_force(date(2026, 7, 1))
