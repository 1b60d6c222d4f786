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
        ("038–090–001–234", None),
        ("0380 9000 1234", None),
        ("038 0 90 001234", None),
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
        "01-02.2024 12345",
        "0102-2024-12345",
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
        ("GD 4 38 3820123456", True),
        ("gd-4-38-38-201-23456", True),
        ("Mã thẻ BHYT: DN 4 79 7912345678", True),
        ("Mã số BHXH: 3820123456", True),
        ("BHYT 38201234567", False),
        ("Cấp lại thẻ BHYT", False),
        ("AA9383812345678", False),
        ("0123456789|x|1980|1|38", False),
        ("EE123456789VN", False),
    ],
)
def test_health_insurance_is_known_by_its_number(text: str, known: bool) -> None:
    assert is_health_card(text) is known


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("đơn ０３８０９０００１２３４", "đơn 0********234"),
        ("đơn 038–090–001–234.", "đơn 0***********234."),
        ("a 0380 9000 1234 b", "a 0**********234 b"),
        ("a 038\u200b090\u00ad001234", "a 0********234"),
        ("x IDVNM0900012349038090001234<<8", "x IDVNM0******************234<<8"),
        ("An\x1d171234567\x1d038090001234", "An 1*****567 0********234"),
        ("An\x02171234567\x02038090001234", "An1*****************234"),
        (
            "thẻ GD 4 38 3820123456, thẻ gd-4383820123456",
            "thẻ G**************456, thẻ g************456",
        ),
        ("Số – 1042", "Số – 1042"),
        ("9704 0512 3456 7890", "9***************890"),
        ("thẻ 9704–0512–3456–7890–123.", "thẻ 9*******************123."),
        ("3782.822463.10005", "3*************005"),
        ("9704051234567890", "9************890"),
        ("2026 1201 1813", "2026 1201 1813"),
    ],
)
def test_no_grouping_and_no_script_shows_a_number_of_a_person(text: str, masked: str) -> None:
    assert mask_personal(text) == masked


def test_numbers_of_persons_are_masked_wherever_they_stand() -> None:
    seen = (
        "x?id=038090001234&b=GD4010123456789 171234567; 038 090 001 234; 8934563138165, 0912345678"
    )
    assert mask_personal(seen) == (
        "x?id=0********234&b=G***********789 1*****567; 0***********234; 8934563138165, 0912345678"
    )
