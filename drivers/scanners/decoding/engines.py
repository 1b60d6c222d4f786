"""Adapters of the two engines that read codes from a grey picture. Both return bytes, because each guesses charsets wrongly.

zbar is called through pyzbar's wrapper, because only there binary mode can be set.
"""

import logging
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from ctypes import c_void_p, string_at
from dataclasses import replace
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Any, Final, Protocol

import numpy as np

from drivers.errors import DeviceError, DeviceReason
from drivers.scanners.decoding.codes import Code, Corners, Expected, Symbology
from drivers.scanners.decoding.flattening import Square
from drivers.scanners.decoding.pictures import Picture
from service_floor.dossiers.scans import LONE_PART

log = logging.getLogger("device.decoder")

ZXING: Final = "zxing"
ZBAR: Final = "zbar"

_ZBAR_BINARY: Final = 4  # ZBAR_CFG_BINARY of zbar.h; pyzbar does not name it
_FEWEST_PARTS: Final = 2
_REMEMBERED: Final = 64
_VERSIONS: Final = range(1, 41)  # of QR codes, ISO/IEC 18004
_Y800: Final = int.from_bytes(b"Y800", "little")


class Engine(Protocol):
    """Reads what a grey picture shows; safe to call from several threads."""

    @property
    def name(self) -> str:
        """`zxing` or `zbar`."""

    def read(self, picture: Picture, expected: Expected) -> tuple[Code, ...]:
        """The codes of the expected symbologies, corners in pixels of `picture`."""

    def squares(self, picture: Picture) -> tuple[Square, ...]:
        """Places of QR codes that it sees but cannot read; empty if the engine does not report them."""


class Joiner(Protocol):
    """Puts QR codes together whose texts are parts of one text."""

    def joined(self, picture: Picture) -> tuple[tuple[Code, ...], tuple[bytes, ...]]:
        """The whole texts that QR codes show, and of those that are not there as a whole what there is."""


class ZxingEngine:
    """zxing-cpp: quick, reads light on dark by itself, linear codes within about 15° of an axis.

    It gives the parts of a text that is spread over several QR codes (structured append) as codes of their own; `joiner`
    is an engine that puts them together. Of a text that is not in sight as a whole only `LONE_PART` is given.
    """

    name = ZXING

    def __init__(self, library: ModuleType, joiner: Joiner | None = None) -> None:
        self._library = library
        self._joiner = joiner
        self._wholes: tuple[bytes, ...] = ()
        kinds = library.BarcodeFormat
        self._formats = {
            # The families also hold Micro QR, which finds itself in text, and Code 32 and PZN of pharmacies: they take a
            # Code 39 of six characters such as `D073S8` for the number `A402886408`.
            Symbology.QR: (kinds.QRCodeModel2,),
            Symbology.CODE_128: (kinds.Code128,),
            Symbology.CODE_39: (kinds.Code39Std, kinds.Code39Ext),
            Symbology.EAN: (kinds.EANUPC,),
        }

    def read(self, picture: Picture, expected: Expected) -> tuple[Code, ...]:
        """See `Engine`."""
        found = self._library.read_barcodes(
            np.ascontiguousarray(picture),
            formats=[kind for each in sorted(expected) for kind in self._formats[each]],
            text_mode=self._library.TextMode.Plain,
        )
        named = [each for each in found if each.symbology_identifier]
        return self._joined(picture, {_code_of_zxing(each): bytes(each.bytes) for each in named})

    def _joined(self, picture: Picture, codes: dict[Code, bytes]) -> tuple[Code, ...]:
        """The codes, those that are parts of one text replaced by it."""
        squares = [code for code in codes if code.kind is Symbology.QR]
        one_is_whole = len(squares) < _FEWEST_PARTS and all(
            codes[each] in self._wholes for each in squares
        )
        if self._joiner is None or not squares or one_is_whole:
            return tuple(codes)
        wholes, unfinished = self._joiner.joined(picture)
        found = list(codes)
        for whole in wholes:
            data = whole.text.encode()
            parts = [code for code in squares if codes[code] in data and codes[code] != data]
            if len(parts) >= _FEWEST_PARTS and sum(len(codes[part]) for part in parts) == len(data):
                found = [whole, *(code for code in found if code not in parts)]
        self._remember(whole.text.encode() for whole in wholes)
        return tuple(
            replace(code, text=LONE_PART)
            if any(codes.get(code, b"\0") in data for data in unfinished)
            else code
            for code in found
        )

    def _remember(self, wholes: Iterable[bytes]) -> None:
        """Texts that are no parts need not be asked about again, however long they stay in sight."""
        fresh = tuple(data for data in wholes if data not in self._wholes)
        self._wholes = (*self._wholes, *fresh)[-_REMEMBERED:]

    def squares(self, picture: Picture) -> tuple[Square, ...]:
        """See `Engine`."""
        found = self._library.read_barcodes(
            np.ascontiguousarray(picture), formats=self._formats[Symbology.QR], return_errors=True
        )
        versions = (
            (each, str((each.extra or {}).get("Version", ""))) for each in found if not each.valid
        )
        return tuple(
            Square(_corners(each), _modules(int(version)))
            for each, version in versions
            if version.isdecimal() and int(version) in _VERSIONS
        )


class ZbarEngine:
    """zbar in binary mode: slower, reads some photographs that zxing-cpp does not; dark on light only."""

    name = ZBAR

    def __init__(self, library: ModuleType) -> None:
        self._library = library
        kinds = library.ZBarSymbol
        self._kinds = {
            Symbology.QR: (kinds.QRCODE,),
            Symbology.CODE_128: (kinds.CODE128,),
            Symbology.CODE_39: (kinds.CODE39,),
            Symbology.EAN: (kinds.EAN13, kinds.EAN8),
        }
        self._identifiers = {
            kinds.QRCODE: "]Q1",
            kinds.CODE128: "]C0",
            kinds.CODE39: "]A0",
            kinds.EAN13: "]E0",
            kinds.EAN8: "]E4",
        }

    def read(self, picture: Picture, expected: Expected) -> tuple[Code, ...]:
        """See `Engine`."""
        return self._read(picture, expected)[0]

    def joined(self, picture: Picture) -> tuple[tuple[Code, ...], tuple[bytes, ...]]:
        """See `Joiner`."""
        return self._read(picture, frozenset({Symbology.QR}))

    def _read(
        self, picture: Picture, expected: Expected
    ) -> tuple[tuple[Code, ...], tuple[bytes, ...]]:
        pixels = np.ascontiguousarray(picture)
        zbar = self._library
        with self._scanner(expected) as scanner, self._image(pixels) as image:
            if zbar.zbar_scan_image(scanner, image) <= 0:
                return (), ()
            symbols = tuple(self._symbols(image))
            codes = (self._code(symbol) for symbol in symbols)
            partial = (each for each in symbols if each.contents.type == zbar.ZBarSymbol.PARTIAL)
            return tuple(code for code in codes if code), tuple(map(self._data, partial))

    def squares(self, _picture: Picture) -> tuple[Square, ...]:
        """See `Engine`; zbar does not report them."""
        return ()

    def _symbols(self, image: Any) -> Iterator[Any]:
        symbol = self._library.zbar_image_first_symbol(image)
        while symbol:
            yield symbol
            symbol = self._library.zbar_symbol_next(symbol)

    def _data(self, symbol: Any) -> bytes:
        zbar = self._library
        data = zbar.zbar_symbol_get_data(symbol)
        return string_at(data, zbar.zbar_symbol_get_data_length(symbol))

    def _code(self, symbol: Any) -> Code | None:
        zbar = self._library
        text = _utf8(self._data(symbol))
        identifier = self._identifiers.get(symbol.contents.type)
        if text is None or identifier is None:
            return None
        corners = tuple(
            (
                float(zbar.zbar_symbol_get_loc_x(symbol, n)),
                float(zbar.zbar_symbol_get_loc_y(symbol, n)),
            )
            for n in range(zbar.zbar_symbol_get_loc_size(symbol))
        )
        return Code(text, identifier, _around(corners))

    @contextmanager
    def _scanner(self, expected: Expected) -> Iterator[Any]:
        zbar = self._library
        scanner = zbar.zbar_image_scanner_create()
        try:
            wanted = {kind for each in expected for kind in self._kinds[each]}
            enable = zbar.ZBarConfig.CFG_ENABLE
            for kind in zbar.ZBarSymbol:
                zbar.zbar_image_scanner_set_config(scanner, kind, enable, int(kind in wanted))
            qr = zbar.ZBarSymbol.QRCODE
            if zbar.zbar_image_scanner_set_config(scanner, qr, _ZBAR_BINARY, 1):
                # zbar before 0.23.1 has no binary mode and would decode names as Japanese: it reads no QR codes here.
                zbar.zbar_image_scanner_set_config(scanner, qr, enable, 0)
            yield scanner
        finally:
            zbar.zbar_image_scanner_destroy(scanner)

    @contextmanager
    def _image(self, pixels: Picture) -> Iterator[Any]:
        """A view of `pixels`, which must outlive it."""
        zbar = self._library
        image = zbar.zbar_image_create()
        try:
            height, width = pixels.shape
            zbar.zbar_image_set_format(image, _Y800)
            zbar.zbar_image_set_size(image, width, height)
            zbar.zbar_image_set_data(image, c_void_p(pixels.ctypes.data), pixels.size, None)
            yield image
        finally:
            zbar.zbar_image_destroy(image)


@cache
def installed() -> tuple[Engine, ...]:
    """The engines of this machine, the quick one first; `DeviceError` LIBRARY_MISSING if none can be imported."""
    zxing = _library(
        "zxingcpp", "zxing-cpp is missing: codes are read by zbar alone, three to six times slower"
    )
    zbar = _library(
        "pyzbar.wrapper",
        "zbar is missing: codes are read by zxing-cpp alone, hard pictures less often",
    )
    slow = () if zbar is None else (ZbarEngine(zbar),)
    quick = () if zxing is None else (ZxingEngine(zxing, *slow),)
    found: tuple[Engine, ...] = (*quick, *slow)
    if not found:
        raise DeviceError(DeviceReason.LIBRARY_MISSING, "decoder", "zxing-cpp, pyzbar")
    return found


def _library(name: str, without: str) -> ModuleType | None:
    try:
        return import_module(name)
    except (ImportError, OSError) as error:
        log.warning("%s (%s)", without, error)
        return None


def _code_of_zxing(found: Any) -> Code:
    text = _utf8(found.bytes) if found.symbology_identifier.startswith(Symbology.QR) else None
    if text is None:
        text = unicodedata.normalize("NFC", found.text)
    return Code(text, found.symbology_identifier, _corners(found))


def _corners(found: Any) -> Corners:
    at = found.position
    points = (at.top_left, at.top_right, at.bottom_right, at.bottom_left)
    return tuple((float(each.x), float(each.y)) for each in points)


def _modules(version: int) -> int:
    """How many modules wide a QR code is (ISO/IEC 18004)."""
    return 17 + 4 * version


def _utf8(data: bytes) -> str | None:
    """The text, None where the bytes are in another encoding; UTF-16, which a code may announce, is full of NULs."""
    if 0 in data:
        return None
    try:
        return unicodedata.normalize("NFC", data.decode("utf-8").removeprefix("\ufeff"))
    except UnicodeDecodeError:
        return None


def _around(points: Corners) -> Corners:
    """Bounding box from zbar, which returns the four corners of a QR code and every scan line that crossed a linear code."""
    if len(points) <= 4:
        return points
    across, down = [x for x, _ in points], [y for _, y in points]
    left, right, top, bottom = min(across), max(across), min(down), max(down)
    return ((left, top), (right, top), (right, bottom), (left, bottom))
