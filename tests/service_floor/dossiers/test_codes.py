"""Dossier codes in scans, addresses and texts."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service_floor.dossiers.codes import DossierCode, find_dossier_code, parse_dossier_code

FEE = "00020101021238570010A00000072701270006970403011300110123456780208QRIBFTTA530370454051000062"


@pytest.mark.parametrize(
    ("text", "agency", "day", "number"),
    [
        ("H56.14-240823-0001", "H56.14", date(2024, 8, 23), 1),
        ("000.17.22.H56-210531-0001", "000.17.22.H56", date(2021, 5, 31), 1),
        ("000.00.53.H48-220921-0099", "000.00.53.H48", date(2022, 9, 21), 99),
        (" h56-260105-12345 ", "H56", date(2026, 1, 5), 12345),
        ("H56.1.22.333-260105-0042", "H56.1.22.333", date(2026, 1, 5), 42),
    ],
)
def test_old_and_new_codes_are_taken_apart(text: str, agency: str, day: date, number: int) -> None:
    assert parse_dossier_code(text) == DossierCode(text.strip().upper(), agency, day, number)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "H56.14-240823",
        "H56.14-241323-0001",
        "H56.14-240230-0001",
        "H5.14-240823-0001",
        "H56.14-240823-001",
        "000.17.H56-210531-0001",
        "xH56.14-240823-0001",
        "H56.14-240823-0001A",
        "1.004222",
    ],
)
def test_what_is_no_code_is_none(text: str) -> None:
    assert parse_dossier_code(text) is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (
            "https://dichvucong.thanhhoa.gov.vn/tra-cuu?ma=H56.14-240823-0001&x=1",
            "H56.14-240823-0001",
        ),
        ("https://x.vn/?q=H56%2E14%2D240823%2D0001", "H56.14-240823-0001"),
        ("Mã hồ sơ: H56.14-240823-0001.", "H56.14-240823-0001"),
        ("H56.14-241399-0001, H56.14-240823-0002", "H56.14-240823-0002"),
        ("H56.14\u200b-240823-0001\r\n", "H56.14-240823-0001"),
        ("H56.14--240823——0001", "H56.14-240823-0001"),
        ("]C0H56.14-240823-0001", None),
        ("x" * 400 + "H56.14-240823-0001", None),
        ("x" * 400 + " H56.14-240823-0001", "H56.14-240823-0001"),
        ("https://x.vn/?d=" + "a" * 3_000 + "&ma=H56.14-240823-0001", "H56.14-240823-0001"),
        ("x" * 9_000 + " H56.14-240823-0001", None),
        ("https://x.vn/?q=H56.14%252D240823%252D0001", "H56.14-240823-0001"),
        ("H56.14–240823–0001", "H56.14-240823-0001"),
        ("H56.14‑240823‑0001", "H56.14-240823-0001"),
        ("H56.14−240823−0001", "H56.14-240823-0001"),
        ("h56.14 – 240823 – 0001", "H56.14-240823-0001"),
        ("H56.14 - 240823 -0001", "H56.14-240823-0001"),
        ("H56. 14-240823-0001", "H56.14-240823-0001"),
        ("H56.14 240823 0001", "H56.14-240823-0001"),
        ("H56.14_240823_0001", "H56.14-240823-0001"),
        ("H56.14/240823/0001", "H56.14-240823-0001"),
        ("https://x.vn/hoso/H56/240823/0001/1.004222", "H56-240823-0001"),
        ("Ｈ５６．１４－２４０８２３－０００１", "H56.14-240823-0001"),
        ("H56.14\x1d-240823-0001\x1d", "H56.14-240823-0001"),
        ("Nguy\ufffdn|H56.14-240823-0001|x", "H56.14-240823-0001"),
        ("H56.14-240823-0001\ufffd", None),
        ("\ufffdH56.14-240823-0001", None),
        ("H56.14-240823-0001²", "H56.14-240823-0001"),
        ("000.17.22.H56_210531_0001", "000.17.22.H56-210531-0001"),
        # Blanks alone make a code only of an agency with dots; signs are not mixed, and no letter is guessed.
        ("A12 120526 0930", None),
        ("H56.14-240823/0001", None),
        ("H56.14-24O823-0001", None),
        ("2H56.14-240823-0001", None),
        ("0830H56.14-240823-0001", "H56.14-240823-0001"),
        (f"{FEE}220818H56.14-240823-00016304ABCD", "H56.14-240823-0001"),
        (f"{FEE}300826Phi H56.14-240823-0001 A.6304ABCD", "H56.14-240823-0001"),
        ("không có mã", None),
    ],
)
def test_a_code_is_found_in_addresses_and_texts(text: str, code: str | None) -> None:
    assert find_dossier_code(text) == code


@given(
    st.dates(date(2000, 1, 1), date(2068, 12, 31)),
    st.integers(1, 99_999),
    st.text(alphabet=" :?=/,;", max_size=8),
)
def test_any_code_of_a_day_is_found_between_other_signs(day: date, number: int, other: str) -> None:
    code = f"H56.14-{day:%y%m%d}-{number:04}"
    assert find_dossier_code(other + code + other) == code
    parsed = parse_dossier_code(code)
    assert parsed is not None
    assert (parsed.received_on, parsed.number) == (day, number)
