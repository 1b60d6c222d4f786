"""Numbers of persons are recognised in whatever form scanners and programs give them, and never shown whole."""

import pytest

from service_floor.dossiers.personal import (
    IdentityCard,
    identity_card,
    is_health_card,
    mask_personal,
)

MASKED = "0********234"


@pytest.mark.parametrize(
    ("text", "born"),
    [
        ("038090001234||X|1950|Nam|Y|15042021", 1950),
        ("038090001234||X|00001950|Nam|Y|15042021", 1950),
        ("038090001234||X||Nam|Y|15042021", None),
        ("038090001234|171234567|X|12/03/1990|Nữ", 1990),
        ("038090001234", None),
        ("038 090 001 234", None),
        ("038.090.001.234", None),
        ("038090001234,171234567,X,12031990", 1990),
        ("038090001234~171234567~X~12031990", 1990),
        ("038090001234_171234567_X_12031990", 1990),
        ("038090001234\x1d171234567\x1dX", None),
        ("038090001234 Nguyễn Văn An 12031990", None),
        ("{“cccd”:“038090001234”,“hoTen”:“A”}", None),
        ("Họ tên: Nguyễn Văn An; số CCCD: 038090001234", None),
        ("Số định danh 038090001234", None),
        ("IDVNM0900012349038090001234<<8\n9003127F", None),
    ],
)
def test_a_card_is_known_in_every_form(text: str, born: int | None) -> None:
    assert identity_card(text) == IdentityCard(MASKED, born)


def test_a_card_of_nine_digits_is_known_by_its_day() -> None:
    assert identity_card("171234567;X;12031990") == IdentityCard("1*****567", 1990)
    assert identity_card("171234567-1-2020") is None


@pytest.mark.parametrize(
    "text",
    [
        "036000291452",  # a product's number: born in 1900
        "999090001234",  # no such province
        "038990001234",  # no such century
        "Mã đơn 038090001234",
        "CCCD: 12345",
        "999999999999,A",
        "A038090001234",
        "họ tên 999999999999",
        "",
    ],
)
def test_other_numbers_are_not_cards(text: str) -> None:
    assert identity_card(text) is None


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("TE1383812345678|", True),
        ("gd4010123456789", True),
        ("HC4010123456789|4E67|01/01/1980|1|38 - 001", True),
        ("0123456789|4E67|1980|1|38", True),
        ("AA9383812345678", False),
        ("0123456789|x|1980|1|38", False),
        ("EE123456789VN", False),
    ],
)
def test_health_insurance_is_known_by_its_number(text: str, known: bool) -> None:
    assert is_health_card(text) is known


def test_numbers_of_persons_are_masked_wherever_they_stand() -> None:
    seen = (
        "x?id=038090001234&b=GD4010123456789 171234567; 038 090 001 234; 8934563138165, 0912345678"
    )
    assert mask_personal(seen) == (
        "x?id=0********234&b=G***********789 1*****567; 0***********234; 8934563138165, 0912345678"
    )
