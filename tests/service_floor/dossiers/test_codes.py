"""Dossier codes in scans, addresses and texts."""

from datetime import date

import pytest
from hypothesis import given
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
        (" 00112233445566ff\r", Scan(ScanKind.TICKET, "00112233445566ff")),
        ("http://hub:8710/t/00112233445566ff", Scan(ScanKind.TICKET, "00112233445566ff")),
        ("http://hub:8710/t/00112233445566ff?go=x", Scan(ScanKind.UNKNOWN)),
        ("A025", Scan(ScanKind.TICKET_NUMBER, "A025")),
        ("a025", Scan(ScanKind.TICKET_NUMBER, "A025")),
        ("BCDF-GHJK", Scan(ScanKind.ENROLMENT, "BCDF-GHJK")),
        ("BOOK-ABCD", Scan(ScanKind.UNKNOWN)),
        ("8934563138165", Scan(ScanKind.UNKNOWN)),
        ("javascript:alert(1)", Scan(ScanKind.UNKNOWN)),
        ("https://evil.example/" + "x" * 5_000, Scan(ScanKind.UNKNOWN)),
        ("file:///etc/passwd", Scan(ScanKind.UNKNOWN)),
        ("", Scan(ScanKind.UNKNOWN)),
    ],
)
def test_a_scan_is_known_by_its_form(text: str, scan: Scan) -> None:
    assert classify(text) == scan


@pytest.mark.parametrize(
    ("text", "born"),
    [
        ("038090000001|123456789|Nguyễn Văn An|01011990|Nam|Phường A, Thanh Hóa|01012022", 1990),
        ("038090000001||Nguyễn Văn An|01011990|Nam|Phường A|01012022|||Cha|Mẹ", 1990),
        ("038090000001|Nguyễn Văn An|01011955|Nữ", 1955),
        ("038090000001|", None),
        ("038090000001|" + "x" * 5_000, None),
    ],
)
def test_of_an_identity_card_only_the_year_and_the_masked_number_are_kept(
    text: str, born: int | None
) -> None:
    assert classify(text) == Scan(ScanKind.IDENTITY_CARD, "0********001", born)


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("H56.14-240823-0001", ScanKind.DOSSIER),
        ("H56-240823-0001", ScanKind.DOSSIER),
        ("000.17.22.H56-210531-0001", ScanKind.DOSSIER),
        ("H57.14-240823-0001", ScanKind.OTHER_CENTRE),
        ("000.17.22.H57-210531-0001", ScanKind.OTHER_CENTRE),
        ("https://dvc.example/?ma=G56-210531-0001", ScanKind.OTHER_CENTRE),
    ],
)
def test_a_dossier_of_another_centre_is_told_apart(code: str, kind: ScanKind) -> None:
    assert classify(code, ("H56",)).kind is kind
    assert classify(code).kind is ScanKind.DOSSIER


@given(st.one_of(st.text(max_size=600), st.binary(max_size=900).map(lambda b: b.decode("latin-1"))))
def test_whatever_is_scanned_has_a_kind_and_a_short_code(text: str) -> None:
    assert len(classify(text, ("H56",)).code) <= 40


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
