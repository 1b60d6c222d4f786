"""Scanned texts and what they are: the forms that desks and kiosks meet, tried ones and their like."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service_floor.dossiers.scans import LONE_PART, Scan, ScanKind, classify
from service_floor.ticket_ids import ticket_id
from service_floor.vietnamese import telex

PAYMENT = (
    "00020101021238570010A00000072701270006970403011300110123456780208QRIBFTTA53037045802VN6304A1B2"
)
TRIED = Path(__file__).with_name("scanned_texts.json")


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
        ("http://hub:8710/t/00112233445566ff?go=x", Scan(ScanKind.TICKET, "00112233445566ff")),
        ("https://mc.vn/t/00112233445566ff/", Scan(ScanKind.TICKET, "00112233445566ff")),
        (
            "https://mc.vn/t/00112233445566ff/?lang=en#top",
            Scan(ScanKind.TICKET, "00112233445566ff"),
        ),
        ("mc.vn/t/00112233445566ff", Scan(ScanKind.TICKET, "00112233445566ff")),
        ("http://[::1]:8080/hub/t/00112233445566ff", Scan(ScanKind.TICKET, "00112233445566ff")),
        ("https%3A%2F%2Fmc.vn%2Ft%2F00112233445566ff", Scan(ScanKind.TICKET, "00112233445566ff")),
        ("HTTPS://MC.VN/T/00112233445566FF", Scan(ScanKind.TICKET, "00112233445566ff")),
        ("]Q1http://mc.vn/t/00112233445566ff", Scan(ScanKind.TICKET, "00112233445566ff")),
        ("Phiếu: https://mc.vn/t/00112233445566ff, A1", Scan(ScanKind.TICKET, "00112233445566ff")),
        ("URL:http://mc.vn:80/hub/t/00112233445566ff", Scan(ScanKind.TICKET, "00112233445566ff")),
        (
            "MEBKM:URL:http\\://mc.vn/t/00112233445566ff;;",
            Scan(ScanKind.TICKET, "00112233445566ff"),
        ),
        ("http://mc.vn/t/00112233445566ff&a=1", Scan(ScanKind.TICKET, "00112233445566ff")),
        ("Phiếu http://mc.vn/t/00112233445566ff0", Scan(ScanKind.UNKNOWN)),
        ("Phiếu http://mc.vn/u/00112233445566ff", Scan(ScanKind.UNKNOWN)),
        (
            "http://mc.vn/t/00112233445566ff&ma=H56-240823-0001",
            Scan(ScanKind.DOSSIER, "H56-240823-0001"),
        ),
        ("0BHLMV0123456789", Scan(ScanKind.TICKET, "0bhlmv0123456789")),
        ("00112233445566fm", Scan(ScanKind.UNKNOWN)),
        ("9704051234567892", Scan(ScanKind.UNKNOWN)),
        ("９７０４０５１２３４５６７８９２/", Scan(ScanKind.UNKNOWN)),
        ("9704051234567892?x=1", Scan(ScanKind.UNKNOWN)),
        ("9704 0512 3456 7890", Scan(ScanKind.UNKNOWN)),
        ("http://mc.vn/t/9704051234567892", Scan(ScanKind.TICKET, "9704051234567892")),
        ("0011223344556677", Scan(ScanKind.TICKET, "0011223344556677")),
        ("9704051234567891", Scan(ScanKind.TICKET, "9704051234567891")),
        ("001122334455667b", Scan(ScanKind.TICKET, "001122334455667b")),
        ("javascript:alert/t/00112233445566ff", Scan(ScanKind.UNKNOWN)),
        ("A 1042", Scan(ScanKind.TICKET_NUMBER, "A1042")),
        ("A–025", Scan(ScanKind.TICKET_NUMBER, "A025")),
        ("-025", Scan(ScanKind.UNKNOWN)),
        ("Số thứ tự: A1042", Scan(ScanKind.TICKET_NUMBER, "A1042")),
        ("１０４２", Scan(ScanKind.TICKET_NUMBER, "1042")),
        ("١٢٣٤", Scan(ScanKind.TICKET_NUMBER, "1234")),
        ("BCDF–GHJK", Scan(ScanKind.ENROLMENT, "BCDF-GHJK")),
        ("Thủ tục: 1.004222", Scan(ScanKind.PROCEDURE, "1.004222")),
        ("mã 1.004222 - Đăng ký", Scan(ScanKind.PROCEDURE, "1.004222")),
        ("https://x.vn/?ma=1.004222&x=1", Scan(ScanKind.PROCEDURE, "1.004222")),
        ("1.115015", Scan(ScanKind.PROCEDURE, "1.115015")),
        ("2.002622.H56", Scan(ScanKind.PROCEDURE, "2.002622.H56")),
        ("geo:9.176823,105.152419", Scan(ScanKind.UNKNOWN)),
        ("geo:1.012345,104.5", Scan(ScanKind.UNKNOWN)),
        ("https://maps.google.com/?q=1.012345,104.5", Scan(ScanKind.UNKNOWN)),
        ("Giá 1.250000 đ", Scan(ScanKind.UNKNOWN)),
        ("1.050000đ", Scan(ScanKind.UNKNOWN)),
        ("3.141592.65", Scan(ScanKind.UNKNOWN)),
        ("TE1383812345678|", Scan(ScanKind.HEALTH_CARD)),
        ("0123456789|4E67|01/01/1980|1|4E|38 - 001", Scan(ScanKind.HEALTH_CARD)),
        (PAYMENT, Scan(ScanKind.PAYMENT)),
        ("VNEID|Q2hhbw==", Scan(ScanKind.VNEID)),
        ("https://vneid.gov.vn/app", Scan(ScanKind.VNEID)),
        ("A025", Scan(ScanKind.TICKET_NUMBER, "A025")),
        ("a025", Scan(ScanKind.TICKET_NUMBER, "A025")),
        ("BCDF-GHJK", Scan(ScanKind.ENROLMENT, "BCDF-GHJK")),
        ("BOOK-ABCD", Scan(ScanKind.UNKNOWN)),
        (LONE_PART, Scan(ScanKind.PART)),
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


def test_of_several_dossiers_in_a_text_those_of_the_centre_count() -> None:
    codes = [f"H56.14-240823-{number:04}" for number in range(1, 7)]
    other = "H57.14-240823-0001"
    named = " ".join((other, codes[0], codes[0].lower(), *codes[1:]))
    ours = Scan(ScanKind.DOSSIER, codes[0], others=tuple(codes[1:4]))
    assert classify(named, ("H56",)) == ours
    assert classify(f"{other}, {codes[0]}", ("H56",)) == Scan(ScanKind.DOSSIER, codes[0])
    assert classify(f"{other}, {codes[0]}", ("H58",)) == Scan(ScanKind.OTHER_CENTRE, other)
    assert classify(f"{codes[0]} {other}").others == (other,)


@given(st.one_of(st.text(max_size=600), st.binary(max_size=900).map(lambda b: b.decode("latin-1"))))
def test_whatever_is_scanned_has_a_kind_and_a_short_code(text: str) -> None:
    assert len(classify(text, ("H56",)).code) <= 40


@pytest.mark.parametrize(
    ("text", "kind"), [(each["text"], each["kind"]) for each in json.loads(TRIED.read_text())]
)
def test_texts_of_the_field_have_their_kind(text: str, kind: str) -> None:
    assert classify(text, ("H56",)).kind.value == kind


@given(st.integers(0, 2**128 - 1).map(ticket_id))
def test_a_ticket_id_comes_whole_through_telex(ticket: str) -> None:
    for typed in (ticket, ticket.upper(), f"https://mc.vn/t/{ticket}"):
        assert classify(telex.compose(typed)) == Scan(ScanKind.TICKET, ticket)
