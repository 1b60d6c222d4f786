"""Versions of procedures by effective date, their papers and fees."""

from datetime import date

import pytest

from service_floor.dossiers.life.plan import FeeItem
from service_floor.dossiers.model import ReceptionChannel
from tests.service_floor.dossiers.conftest import LAND, PLAN, PROCEDURES


@pytest.mark.parametrize(
    ("day", "version"),
    [
        ("2025-06-30", None),
        ("2025-07-01", "QĐ 1"),
        ("2026-11-23", "QĐ 1"),
        ("2026-11-24", "QĐ 2"),
        ("2026-11-30", "QĐ 2"),
        ("2027-05-01", "QĐ 2"),
    ],
)
def test_the_version_in_force(day: str, version: str | None) -> None:
    found = PLAN.version_on(f" {LAND}.000.00.00.H56", date.fromisoformat(day))
    assert (found and found.version) == version


def test_an_unknown_procedure_has_no_version() -> None:
    assert PLAN.version_on("9.999999", date(2026, 1, 1)) is None


def test_what_a_case_needs_and_costs() -> None:
    land = PROCEDURES[1]
    assert land.required("sell") == {"form", "deed"}
    names = [fee.name for fee in land.charged("give", ReceptionChannel.ONLINE)]
    assert names == ["Lệ phí", "Phí"]


@pytest.mark.parametrize("amount", [0, -5])
def test_a_fee_costs_something(amount: int) -> None:
    with pytest.raises(ValueError, match=str(amount)):
        FeeItem("x", amount)
