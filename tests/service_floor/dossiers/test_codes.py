"""Dossier codes in scans, addresses and texts."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service_floor.dossiers.codes import (
    DossierCode,
    Scan,
    ScanKind,
    classify,
    find_dossier_code,
    parse_dossier_code,
)


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
        ("x" * 400 + "H56.14-240823-0001", None),
        ("không có mã", None),
    ],
)
def test_a_code_is_found_in_addresses_and_texts(text: str, code: str | None) -> None:
    assert find_dossier_code(text) == code


@pytest.mark.parametrize(
    ("text", "scan"),
    [
        ("H56.14-240823-0001", Scan(ScanKind.DOSSIER, "H56.14-240823-0001")),
        ("https://x.vn/1.004222/H56-240823-0001", Scan(ScanKind.DOSSIER, "H56-240823-0001")),
        ("1.004222", Scan(ScanKind.PROCEDURE, "1.004222")),
        (
            "https://x.vn/?ma=1.004222.000.00.00.H56",
            Scan(ScanKind.PROCEDURE, "1.004222.000.00.00.H56"),
        ),
        ("KQ.G15.000031", Scan(ScanKind.RESULT, "KQ.G15.000031")),
        ("A025", Scan(ScanKind.UNKNOWN)),
        ("", Scan(ScanKind.UNKNOWN)),
    ],
)
def test_a_scan_is_known_by_its_form(text: str, scan: Scan) -> None:
    assert classify(text) == scan


@pytest.mark.parametrize(
    "text",
    [
        "038090000001|123456789|Nguyễn Văn An|01011990|Nam|Phường A, Thanh Hóa|01012022",
        "038090000001||Nguyễn Văn An|01011990|Nam|Phường A|01012022|||Cha|Mẹ",
    ],
)
def test_of_an_identity_card_nothing_is_kept(text: str) -> None:
    assert classify(text) == Scan(ScanKind.IDENTITY_CARD, "")


@settings(max_examples=100)
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
