"""Procedures and their codes."""

import pytest

from service_floor.procedures.model import (
    Level,
    Limit,
    Paper,
    Procedure,
    national_code,
    same_procedure,
)


@pytest.mark.parametrize(
    ("code", "other", "same"),
    [
        ("1.004222", "1.004222", True),
        ("1.004222.000.00.00.H56", "1.004222", True),
        ("2.002622.H56", "2.002622.000.00.00.H56", True),
        (" 1.004222 ", "1.004222.H19", True),
        ("1.004222", "1.004223", False),
        ("", "", False),
    ],
)
def test_codes_mean_one_procedure_by_their_national_part(code: str, other: str, same: bool) -> None:
    assert same_procedure(code, other) is same


def test_the_national_part_is_the_first_eight_signs() -> None:
    assert national_code("1.004222.000.00.00.H56") == "1.004222"


@pytest.mark.parametrize(
    ("code", "internal"), [("5.000123", True), ("6.001430", True), ("1.5", False)]
)
def test_procedures_between_agencies_are_known_by_their_code(code: str, internal: bool) -> None:
    assert Procedure(code, "x", "y", (Level.PROVINCE,)).is_internal is internal


def test_a_paper_without_copies_is_a_remark() -> None:
    assert Paper("Nếu đã có bản điện tử thì không phải nộp bản giấy.", 0, 0).is_remark
    assert not Paper("Tờ khai", 1, 0).is_remark
    assert not Paper("Bản sao", 0, 1).is_remark


def test_cases_stand_in_the_order_of_the_source() -> None:
    papers = (Paper("a", 1, 0, group="2"), Paper("b", 1, 0), Paper("c", 1, 0, group="1"))
    procedure = Procedure("1.000001", "x", "y", (Level.OTHER,), papers=(*papers, papers[0]))
    assert procedure.cases == ("2", "1")


def test_what_is_not_said_is_unknown() -> None:
    procedure = Procedure("1.000001", "x", "y", (Level.OTHER,))
    assert (procedure.fee, procedure.limit) == (None, Limit())
    assert procedure.limit.amount is None
