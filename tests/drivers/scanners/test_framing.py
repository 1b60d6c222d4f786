import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.protocols import Scan
from drivers.scanners.framing import MAX_CODE_BYTES, CodeFramer, Damage, Garbled, Reading

CCCD = "046199001234|191234567|Nguyễn Thị Ánh|01021999|Nữ|Phường Thuận Hóa, Huế|10062021"


def pieces(framer: CodeFramer, *parts: bytes) -> list[Reading]:
    return [reading for part in parts for reading in framer.feed(part)]


@pytest.mark.parametrize(
    ("prefix", "suffix", "sent", "expected"),
    [
        ("", "\r", b"H56.14-240823-0001\r", [Scan("H56.14-240823-0001")]),
        ("", "\r", b"A-042\r\n", [Scan("A-042")]),
        ("", "\r\n", b"A-042\r", [Scan("A-042")]),
        ("", "\n", b"A-042\r\n", [Scan("A-042")]),
        ("", "\r", b"A-042\rB-007\r", [Scan("A-042"), Scan("B-007")]),
        ("", "\r", b"\r\n\r\r", []),
        ("", "\r", b"]C0H56.14\r", [Scan("H56.14", "]C0")]),
        ("", "\r", b"]Q1https://example.vn/1042\r", [Scan("https://example.vn/1042", "]Q1")]),
        ("", "\r", b"]Q2\\000026a\\\\b\r", [Scan("a\\b", "]Q2")]),
        ("", "\r", b"]Q1\r", []),
        ("", "\r", b"[Q1x\r", [Scan("[Q1x")]),
        ("", "\r", CCCD.encode() + b"\r", [Scan(CCCD)]),
        (
            "",
            "\r",
            unicodedata.normalize("NFD", "Huế").encode() + b"\r",
            [Scan(unicodedata.normalize("NFC", "Huế"))],
        ),
        ("", "\r", b"\xef\xbb\xbfA-042\r", [Scan("A-042")]),
        ("", "\r", b"\x00\x00A-042\x00\r", [Scan("A-042")]),
        ("", "\r", b"01095060001\x1d10AB\r", [Scan("01095060001\x1d10AB")]),
        ("~", "\r", b"~A-042\r", [Scan("A-042")]),
        ("~", "\r", b"\n~A-042\r", [Scan("A-042")]),
        ("~", "\r", b"A-042\r", [Scan("A-042")]),
        ("~", "\r", b"~]Q1A~1\r", [Scan("A~1", "]Q1")]),
        ("\x02", "\x03", b"\x02A-042\x03\x02B-1\x03", [Scan("A-042"), Scan("B-1")]),
        ("\x02", "\x03", b"half\x02A-042\x03", [Scan("A-042")]),
        ("\x02", "\x03", b"\x02two\r\nlines\x03\r\n", [Scan("two\r\nlines")]),
        ("", "\t\r", b"A-042\t\r", [Scan("A-042")]),
        ("", "\r", b"Hu\xea\xec\r", [Garbled(Damage.UNDECODABLE)]),
        ("", "\r", b"Hu\xe9\r", [Garbled(Damage.UNDECODABLE)]),
        ("", "\r", b"\x80\xfe\rA-042\r", [Garbled(Damage.UNDECODABLE), Scan("A-042")]),
        ("", "\r", b"A\x07B\r", [Garbled(Damage.UNDECODABLE)]),
        ("", "\r", b"\xff\r", []),
        ("", "\r", b"5\r", [Scan("5")]),
        (
            "",
            "\r",
            b"BEGIN:VCARD\r\nN:An\r\nNOTE:1042\r\nEND:VCARD\r\nA-042\r",
            [Scan("BEGIN:VCARD\nN:An\nNOTE:1042\nEND:VCARD"), Scan("A-042")],
        ),
    ],
)
def test_codes_are_read_alike_however_the_bytes_are_cut(
    prefix: str, suffix: str, sent: bytes, expected: list[Reading]
) -> None:
    assert CodeFramer(prefix, suffix).feed(sent) == expected
    assert pieces(CodeFramer(prefix, suffix), *(bytes([byte]) for byte in sent)) == expected
    for cut in range(1, len(sent)):
        assert pieces(CodeFramer(prefix, suffix), sent[:cut], sent[cut:]) == expected


@pytest.mark.parametrize(
    ("suffix", "sent", "expected"),
    [
        ("\r", b"A-042", [Scan("A-042")]),
        ("\t\r", b"A-042\t", [Scan("A-042")]),
        ("\x03", b"A-042\r\n", [Scan("A-042")]),
        ("\r", b"", []),
        ("\r", b"\xfe\xff", [Garbled(Damage.UNDECODABLE)]),
        # Keys that makers type for the LF of a suffix CR LF, and others that come by themselves.
        ("\r", b"\xff", []),
        ("\r", b"5", []),
        ("\r", b"\xff\xff\xff", []),
        ("\r", b"\xff\r\x00\r\t\r \r", []),
        ("\r", b"BEGIN:VCARD\rNOTE:1042\r", [Scan("BEGIN:VCARD\nNOTE:1042")]),
    ],
)
def test_silence_ends_a_code_without_suffix(
    suffix: str, sent: bytes, expected: list[Reading]
) -> None:
    framer = CodeFramer("", suffix)
    assert framer.feed(sent) == []
    assert framer.flush_idle() == expected
    assert not framer.pending
    assert framer.flush_idle() == []


def test_the_longest_code_is_read_and_one_byte_more_is_reported() -> None:
    framer = CodeFramer()
    assert framer.feed(b"1" * MAX_CODE_BYTES + b"\r") == [Scan("1" * MAX_CODE_BYTES)]
    assert framer.feed(b"1" * (MAX_CODE_BYTES + 1) + b"\r") == [Garbled(Damage.TOO_LONG)]
    assert framer.feed(b"A-042\r") == [Scan("A-042")]


@pytest.mark.parametrize("suffix", ["\r", "\t\r"])
def test_a_flood_without_end_is_reported_once_and_held_nowhere(suffix: str) -> None:
    framer = CodeFramer("", suffix)
    readings = pieces(framer, *[b"9" * 100_000] * 10)
    assert readings == [Garbled(Damage.TOO_LONG)]
    assert len(framer._buffer) < len(suffix)
    end = suffix.encode()
    assert pieces(framer, end[:1], end[1:], b"A-042" + end) == [Scan("A-042")]


def test_silence_after_a_flood_begins_anew() -> None:
    framer = CodeFramer()
    framer.feed(b"9" * 10_000)
    assert framer.pending
    assert framer.flush_idle() == []
    assert framer.feed(b"A-042\r") == [Scan("A-042")]


texts = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1, max_size=60
).filter(lambda text: not text.startswith(("]", "\ufeff", "\\")))


@given(st.lists(texts, max_size=5), st.lists(st.integers(0, 400), max_size=6))
def test_any_codes_survive_any_cutting(codes: list[str], cuts: list[int]) -> None:
    sent = b"".join(code.encode() + b"\r" for code in codes)
    places = [0, *sorted(min(cut, len(sent)) for cut in cuts), len(sent)]
    framer = CodeFramer()
    readings = pieces(framer, *(sent[a:b] for a, b in pairwise(places)))
    assert readings == [Scan(unicodedata.normalize("NFC", code)) for code in codes]


@given(st.binary(max_size=300), st.sampled_from(["\r", "\x03", "\t\r"]))
def test_any_noise_is_survived_and_the_next_code_is_read(noise: bytes, suffix: str) -> None:
    framer = CodeFramer("", suffix)
    framer.feed(noise)
    framer.flush_idle()
    assert framer.feed(b"A-042" + suffix.encode()) == [Scan("A-042")]


def test_lines_without_an_end_are_held_to_the_longest_code() -> None:
    framer = CodeFramer()
    line = b"1" * 1_000 + b"\r"
    assert framer.feed(b"BEGIN:VCARD\r" + line * 4) == []
    assert framer.pending
    (cut,) = framer.feed(line)
    assert isinstance(cut, Scan)
    assert cut.text.startswith("BEGIN:VCARD\n111")
    assert framer.feed(b"A-042\r") == [Scan("A-042")]
    assert not framer.pending
