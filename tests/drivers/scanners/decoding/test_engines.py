import logging
import sys
from functools import reduce
from operator import xor
from types import ModuleType
from typing import Any

import barcode
import numpy as np
import pytest
import zxingcpp
from numpy.random import default_rng
from pyzbar import wrapper
from qrcode.base import rs_blocks
from qrcode.main import QRCode
from qrcode.util import BitBuffer, create_bytes

from benchmarks.scanning import symbols
from drivers.errors import DeviceError, DeviceReason
from drivers.scanners.decoding.codes import KIOSK
from drivers.scanners.decoding.engines import ZBAR, ZXING, ZbarEngine, ZxingEngine, installed
from drivers.scanners.decoding.pictures import Picture
from service_floor.dossiers.scans import LONE_PART

# Plain pyzbar takes these for Japanese or Chinese.
NAMES = ("Nguyễn Thị Ánh Tuyết", "Đặng Quốc Vỹ", "LÒ VĂN ƯỚC", "Hồ Thị Bưởi")


def drawn(text: str, kind: str = "qr") -> Picture:
    draw = symbols.qr if kind == "qr" else symbols.code128
    return np.kron(draw(text, default_rng(2)), np.ones((4, 4), np.uint8))


@pytest.mark.parametrize("engine", [ZxingEngine(zxingcpp), ZbarEngine(wrapper)], ids=[ZXING, ZBAR])
def test_each_engine_reads_names_and_says_what_it_read(engine: ZxingEngine | ZbarEngine) -> None:
    for name in NAMES:
        (code,) = engine.read(drawn(name), KIOSK)
        assert (code.text, code.symbology, len(code.corners)) == (name, "]Q1", 4)

    (code,) = engine.read(drawn("H56.14-240823-0001", "linear"), KIOSK)
    assert (code.text, code.symbology) == ("H56.14-240823-0001", "]C0")


@pytest.mark.parametrize("engine", [ZxingEngine(zxingcpp), ZbarEngine(wrapper)], ids=[ZXING, ZBAR])
@pytest.mark.parametrize("text", ["D073S8", "H56-1042", "-1234562"])
def test_a_code_39_is_no_number_of_a_pharmacy(engine: ZxingEngine | ZbarEngine, text: str) -> None:
    bars = barcode.get_barcode_class("code39")(text, add_checksum=False).build()[0]
    row = np.array([[1] * 12 + [int(bar != "1") for bar in bars] + [1] * 12], np.uint8) * 255
    picture = np.kron(np.repeat(row, 20, axis=0), np.ones((2, 2), np.uint8))

    assert [code.text for code in engine.read(picture, KIOSK)] == [text]


def test_only_one_engine_tells_where_it_sees_a_code_that_it_cannot_read() -> None:
    picture = drawn(NAMES[0])
    picture[60:100, 60:110] = 255

    (square,) = ZxingEngine(zxingcpp).squares(picture)

    assert square.modules == symbols.qr(NAMES[0], default_rng(2)).shape[0] - 2 * symbols.QR_QUIET
    assert np.min(square.corners) == pytest.approx(4 * symbols.QR_QUIET, abs=2)
    assert ZxingEngine(zxingcpp).squares(drawn(NAMES[0])) == ()
    assert ZbarEngine(wrapper).squares(picture) == ()


def test_bytes_that_are_not_utf8_are_left_to_the_engine_that_knows_charsets() -> None:
    picture = np.array(
        zxingcpp.create_barcode("Übergröße".encode("latin-1"), zxingcpp.BarcodeFormat.QRCode).to_image(scale=4)
    )  # fmt: skip

    assert ZbarEngine(wrapper).read(picture, KIOSK) == ()
    assert [code.text for code in ZxingEngine(zxingcpp).read(picture, KIOSK)] == ["Übergröße"]


def test_a_zbar_without_binary_mode_reads_no_qr_code_rather_than_a_wrong_one() -> None:
    class OldZbar(ModuleType):
        def __getattr__(self, name: str) -> Any:
            return getattr(wrapper, name)

        @staticmethod
        def zbar_image_scanner_set_config(scanner: Any, kind: int, config: int, value: int) -> int:
            if config == 4:
                return 1
            return int(wrapper.zbar_image_scanner_set_config(scanner, kind, config, value))

    engine = ZbarEngine(OldZbar("zbar"))

    assert engine.read(drawn(NAMES[0]), KIOSK) == ()
    assert len(engine.read(drawn("H56.14-240823-0001", "linear"), KIOSK)) == 1


@pytest.mark.parametrize(("missing", "left"), [("zxingcpp", [ZBAR]), ("pyzbar.wrapper", [ZXING])])
def test_a_missing_library_is_told_once_and_the_other_engine_reads(
    missing: str, left: list[str], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setitem(sys.modules, missing, None)

    with caplog.at_level(logging.WARNING, "device.decoder"):
        engines = installed.__wrapped__()

    assert [engine.name for engine in engines] == left
    assert len(caplog.records) == 1
    assert "missing" in caplog.text


def test_without_any_engine_the_decoder_says_which_libraries_it_needs(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "zxingcpp", None)
    monkeypatch.setitem(sys.modules, "pyzbar.wrapper", None)

    with pytest.raises(DeviceError) as caught:
        installed.__wrapped__()

    assert caught.value.reason is DeviceReason.LIBRARY_MISSING
    assert "zxing-cpp" in caught.value.detail


def test_a_text_in_the_encoding_that_its_code_announces() -> None:
    content = "Nguyễn Văn An".encode("utf-16-be")
    picture = np.array(zxingcpp.create_barcode(content, zxingcpp.BarcodeFormat.QRCode, eci="UTF-16BE").to_image(scale=4))  # fmt: skip

    assert [code.text for code in ZxingEngine(zxingcpp).read(picture, KIOSK)] == ["Nguyễn Văn An"]
    assert ZbarEngine(wrapper).read(picture, KIOSK) == ()


def test_a_text_over_several_codes_is_one() -> None:
    """Structured append (ISO/IEC 18004, 8)."""
    text = "038090001234||Nguyễn Văn An|12031990|Nam|Y|15042021".encode()
    parts = [text[:20], text[20:40], text[40:]]
    drawn_parts = [appended(part, place, parts) for place, part in enumerate(parts)]
    engine = ZxingEngine(zxingcpp, ZbarEngine(wrapper))

    (whole,) = engine.read(np.concatenate(drawn_parts, axis=1), KIOSK)
    assert (whole.text, whole.symbology) == (text.decode(), "]Q1")
    assert len(engine.read(np.concatenate([drawn("A1"), drawn("A2")], axis=1), KIOSK)) == 2


def test_a_part_of_a_text_is_not_taken_for_a_whole() -> None:
    text = b"http://hub:8710/t/00112233445566ff and much behind it"
    parts = [text[:34], text[34:45], text[45:]]
    first, second, _ = (appended(part, place, parts) for place, part in enumerate(parts))
    engine = ZxingEngine(zxingcpp, ZbarEngine(wrapper))

    for _ in range(2):
        (alone,) = engine.read(first, KIOSK)
        assert (alone.text, alone.symbology) == (LONE_PART, "]Q1")
        both = engine.read(np.concatenate([first, second], axis=1), KIOSK)
        assert [code.text for code in both] == [LONE_PART, LONE_PART]
        beside = engine.read(np.concatenate([first, np.pad(drawn("A1"), ((0, 80), (0, 0)), constant_values=255)], axis=1), KIOSK)  # fmt: skip
        assert {code.text for code in beside} == {LONE_PART, "A1"}
        assert [code.text for code in engine.read(drawn("A1"), KIOSK)] == ["A1"]
    assert ZbarEngine(wrapper).read(first, KIOSK) == ()


def appended(part: bytes, place: int, parts: list[bytes]) -> Picture:
    """One code of a series: its header is put before its data by hand."""
    parity = reduce(xor, b"".join(parts))
    symbol: Any = QRCode(version=4, border=8, mask_pattern=1)
    bits = BitBuffer()
    for value, length in (
        (3, 4),
        (place, 4),
        (len(parts) - 1, 4),
        (parity, 8),
        (4, 4),
        (len(part), 8),
    ):
        bits.put(value, length)
    for byte in part:
        bits.put(byte, 8)
    blocks = rs_blocks(4, symbol.error_correction)
    room = sum(block.data_count for block in blocks)
    bits.put(0, 4)
    bits.put(0, -len(bits) % 8)
    for number in range(room - len(bits) // 8):
        bits.put((0xEC, 0x11)[number % 2], 8)
    symbol.data_cache = create_bytes(bits, blocks)
    symbol.makeImpl(False, 1)
    modules = np.where(np.array(symbol.get_matrix(), bool), 0, 255).astype(np.uint8)
    return np.kron(modules, np.ones((4, 4), np.uint8))
