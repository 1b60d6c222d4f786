"""Real engines read real pictures; where only the order of steps matters, an engine that reads nothing writes it down."""

import unicodedata

import barcode
import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from numpy.random import default_rng
from numpy.typing import NDArray

from benchmarks.scanning import payloads, symbols
from benchmarks.scanning.camera import View, frame
from drivers.scanners.decoding.codes import Code, Expected, Symbology
from drivers.scanners.decoding.engines import ZBAR, ZXING, Engine, installed
from drivers.scanners.decoding.flattening import Square
from drivers.scanners.decoding.ladder import LADDER, ZBAR_LADDER, decode_still
from drivers.scanners.decoding.live import LiveDecoder
from drivers.scanners.decoding.pictures import Picture
from service_floor.dossiers.worth import appraisal

pytestmark = pytest.mark.slow

DOSSIER = "H56.14-240823-0001"
CARD = "046199001234||Nguyễn Thị Ánh Tuyết|01021999|Nữ|Phường Thuận Hóa, Huế|10062021"
EANS = frozenset({Symbology.EAN})


def drawn(symbol: Picture, pixels: int = 3) -> Picture:
    return np.kron(symbol, np.ones((pixels, pixels), np.uint8))


def code128(text: str = DOSSIER) -> Picture:
    return symbols.code128(text, default_rng(1))


def qr(text: str = CARD) -> Picture:
    return symbols.qr(text, default_rng(1))


def ean(text: str) -> Picture:
    bars = barcode.get_barcode_class("ean13")(text).build()[0]
    row = np.array([[1] * 12 + [int(bar != "1") for bar in bars] + [1] * 12], np.uint8) * 255
    return np.repeat(row, 40, axis=0)


def texts(codes: tuple[Code, ...]) -> list[str]:
    return [code.text for code in codes]


def engine(name: str) -> Engine:
    return next(each for each in installed() if each.name == name)


class Recorder:
    """An engine that writes down how large the pictures are that it is given, and answers what it is told to."""

    def __init__(self, name: str, *answers: tuple[Code, ...]) -> None:
        self.name = name
        self.seen: list[tuple[int, ...]] = []
        self._answers = list(answers)

    def read(self, picture: Picture, expected: Expected) -> tuple[Code, ...]:
        self.seen.append(picture.shape)
        return self._answers.pop(0) if self._answers else ()

    def squares(self, _picture: Picture) -> tuple[Square, ...]:
        return ()


@pytest.mark.slow
@pytest.mark.parametrize("angle", [0, 15, 30, 45, 60, 90, 135, 180, 250])
def test_a_slip_is_read_at_any_tilt(angle: float) -> None:
    picture = frame(code128(), View(2.0, angle=angle), default_rng(angle))

    assert texts(decode_still(picture)) == [DOSSIER]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("symbol", "pixels", "text"),
    [(code128(), 1.5, DOSSIER), (code128(), 1.3, DOSSIER), (qr(), 2.0, CARD), (qr(), 1.75, CARD)],
    ids=["Code 128 of 1.5 px", "Code 128 of 1.3 px", "QR of 2 px", "QR of 1.75 px"],
)
def test_tiny_modules_are_read(symbol: Picture, pixels: float, text: str) -> None:
    assert texts(decode_still(frame(symbol, View(pixels, angle=20), default_rng(4)))) == [text]


@pytest.mark.parametrize(
    "view",
    [
        View(2.5, angle=35, on_dark=True),
        View(2.5, angle=35, blur=1.1),
        View(2.5, angle=35, motion=2.0),
        View(2.5, angle=35, glare=150),
        View(2.5, angle=35, light=0.25, noise=5),
    ],
    ids=["light on dark", "blurred", "moving", "glare", "dim"],
)
def test_poor_light_and_dark_telephones_are_read(view: View) -> None:
    for symbol, text in ((qr(), CARD), (code128(), DOSSIER)):
        assert texts(decode_still(frame(symbol, view, default_rng(6)))) == [text]


def test_a_label_seen_from_the_side_is_read() -> None:
    page = np.full((480, 900), 225, np.uint8)
    symbol = drawn(code128(), 3)
    page[60 : 60 + symbol.shape[0], 100 : 100 + symbol.shape[1]] = symbol
    lean = np.array([[1.0, 0, 0], [0.3, 1, 0]])
    leaned = cv2.warpAffine(page, lean, (900, 480), borderValue=225).astype(np.uint8)

    assert texts(decode_still(leaned)) == [DOSSIER]


def test_a_label_that_fills_the_picture_is_read_at_a_tilt() -> None:
    symbol = drawn(code128("12367823"), 9)
    turn = cv2.getRotationMatrix2D((symbol.shape[1] / 2, symbol.shape[0] / 2), 20, 0.95)
    turn[:, 2] += (20, 240)
    picture = cv2.warpAffine(symbol, turn, (symbol.shape[1] + 40, 800), borderValue=255)

    assert texts(decode_still(picture)) == ["12367823"]


def test_faint_bars_in_a_dark_room_are_read() -> None:
    page = np.full((400, 700), 70.0)
    symbol = drawn(code128(), 2)
    page[120 : 120 + symbol.shape[0], 60 : 60 + symbol.shape[1]] = 40 + symbol * (30 / 255)
    turn = cv2.getRotationMatrix2D((350, 200), 25, 1.0)
    tilted = cv2.warpAffine(page, turn, (700, 400), borderValue=(70.0,))
    grainy = tilted + default_rng(7).normal(0, 5, tilted.shape)

    assert texts(decode_still(np.clip(grainy, 0, 255).astype(np.uint8))) == [DOSSIER]


@pytest.mark.parametrize("angle", [0, 40, 90])
def test_code_39_is_read_at_any_tilt(angle: float) -> None:
    bars = barcode.get_barcode_class("code39")("H56-1042", add_checksum=False).build()[0]
    row = np.array([[1] * 12 + [int(bar != "1") for bar in bars] + [1] * 12], np.uint8) * 255
    picture = frame(np.repeat(row, 40, axis=0), View(2.0, angle=angle), default_rng(2))

    assert [(code.text, code.symbology) for code in decode_still(picture)] == [("H56-1042", "]A0")]


@pytest.mark.parametrize("without", [None, ZXING, ZBAR])
def test_vietnamese_is_read_as_it_was_written_by_each_engine_alone(without: str | None) -> None:
    chance = default_rng(8)
    engines = [each for each in installed() if each.name != without]
    for n in range(60):
        text = payloads.name(chance) if n % 2 else payloads.card_line(chance)
        assert texts(decode_still(drawn(symbols.qr(text, chance)), engines=engines)) == [text]


def test_text_is_brought_into_one_form() -> None:
    apart = unicodedata.normalize("NFD", CARD)

    assert texts(decode_still(drawn(qr(apart)))) == [CARD]


@pytest.mark.parametrize(
    ("symbol", "view", "text"),
    [
        (code128(), View(2.0, angle=45), DOSSIER),
        (code128(), View(3.0, angle=3), DOSSIER),
        (code128(), View(2.5, angle=30, on_dark=True), DOSSIER),
        (qr(), View(3.5, angle=0, on_dark=True), CARD),
        (qr(), View(3.0, angle=70), CARD),
    ],
)
def test_zbar_alone_climbs_its_own_ladder(symbol: Picture, view: View, text: str) -> None:
    picture = frame(symbol, view, default_rng(3))

    assert texts(decode_still(picture, engines=[engine(ZBAR)])) == [text]


def test_corners_lie_around_the_code_in_the_picture_as_it_was_given() -> None:
    page = np.full((720, 1280), 235, np.uint8)
    symbol = drawn(code128(), 2)
    page[300 : 300 + symbol.shape[0], 400 : 400 + symbol.shape[1]] = symbol
    turn = cv2.getRotationMatrix2D((640, 360), 40, 1.0)
    tilted = cv2.warpAffine(page, turn, (1280, 720), borderValue=235)
    middle = turn @ (400 + symbol.shape[1] / 2, 300 + symbol.shape[0] / 2, 1)

    (code,) = decode_still(tilted.astype(np.uint8))

    assert len(code.corners) == 4
    assert np.mean(code.corners, axis=0) == pytest.approx(middle, abs=12)
    assert code.symbology == "]C0"


def test_a_very_large_picture_is_looked_at_in_a_smaller_size_and_told_in_its_own() -> None:
    page = np.full((300, 7200), 255, np.uint8)
    symbol = drawn(qr(DOSSIER), 6)
    page[20 : 20 + symbol.shape[0], 6600 : 6600 + symbol.shape[1]] = symbol

    (code,) = decode_still(page)

    assert code.text == DOSSIER
    assert all(6600 < x < 6600 + symbol.shape[1] for x, _ in code.corners)


@pytest.mark.slow
def test_nothing_is_read_where_there_is_no_code() -> None:
    chance = default_rng(12)
    pages = [frame(None, View(2.0, angle=angle), chance) for angle in (0, 25)]
    grain = [chance.integers(0, 256, (240, 320), np.uint8) for _ in range(5)]
    stripes = [
        np.tile(np.repeat(chance.integers(0, 2, 160, np.uint8) * 255, 3), (120, 1)) for _ in range(5)
    ]  # fmt: skip

    assert [decode_still(each) for each in (*pages, *grain, *stripes)] == [()] * 12


def test_what_is_not_expected_is_not_read() -> None:
    both = np.vstack([np.pad(drawn(code128()), ((0, 0), (0, 60)), constant_values=255)])
    square = drawn(qr())

    assert decode_still(both, frozenset({Symbology.QR})) == ()
    assert decode_still(square, frozenset({Symbology.CODE_128})) == ()
    assert decode_still(drawn(ean("8934673601191"))) == ()


def test_an_ean_that_two_readings_agree_on_is_told() -> None:
    codes = decode_still(drawn(ean("8934673601191")), EANS)

    assert [(code.text, code.symbology) for code in codes] == [("8934673601191", "]E0")]


def test_an_ean_on_which_no_two_readings_agree_is_not_told() -> None:
    readings = [(Code(f"893467360{n:04}", "]E0"),) for n in range(len(LADDER))]

    assert decode_still(drawn(ean("8934673601191")), EANS, [Recorder(ZXING, *readings)]) == ()


def test_the_ladder_goes_on_until_something_of_use_is_read() -> None:
    zalo, card, dossier = (Code(text, "]Q1") for text in ("https://zalo.me/1", CARD, DOSSIER))
    answers = [(zalo,), (), (zalo, card), (dossier, zalo), (Code("never read", "]Q1"),)]
    engine = Recorder(ZXING, *answers)

    found = decode_still(drawn(qr()), engines=[engine], appraise=appraisal(()))
    assert found == (zalo, card, dossier)
    assert len(engine.seen) == 4


def test_the_ladder_for_zbar_alone_asks_zbar_alone() -> None:
    assert {step.engine for step in ZBAR_LADDER} == {ZBAR}
    assert LADDER[0].engine == ZXING


@pytest.mark.parametrize(
    "image",
    [
        np.zeros((1, 1), np.uint8),
        np.zeros((0, 0), np.uint8),
        np.zeros((0, 640, 3), np.uint8),
        np.zeros((640,), np.uint8),
        np.zeros((2, 2, 2, 2), np.uint8),
        np.zeros((64, 64, 7), np.uint8),
        np.zeros((1, 100_000), np.uint8),
        np.zeros((100_000, 9, 3), np.uint8),
        np.full((64, 64), np.nan),
        np.full((64, 64), -1, np.int64),
    ],
    ids=lambda image: f"{image.dtype} {image.shape}",
)
def test_what_is_hardly_a_picture_holds_no_code(image: NDArray[np.generic]) -> None:
    assert decode_still(image) == ()
    assert LiveDecoder().look(image) == ()


@settings(max_examples=settings.default.max_examples // 2)
@given(
    arrays.arrays(
        st.sampled_from([np.uint8, np.uint16, np.int32, np.float32, np.bool_]),
        arrays.array_shapes(min_dims=1, max_dims=4, min_side=0, max_side=40),
    )
)
def test_no_array_stops_the_decoder(image: NDArray[np.generic]) -> None:
    decode_still(image)


def test_grey_colour_alpha_and_wider_depths_are_the_same_picture() -> None:
    grey = drawn(qr())
    alpha = np.dstack([np.zeros_like(grey)] * 3 + [255 - grey])  # black ink on nothing
    images = (
        grey, grey[:, :, None], cv2.cvtColor(grey, cv2.COLOR_GRAY2BGR), alpha, grey.astype(np.uint16) * 257,
        grey.astype(np.float64), grey > 0, np.asfortranarray(grey), np.kron(grey, np.ones((2, 2), np.uint8))[::2, ::2],
    )  # fmt: skip

    assert [texts(decode_still(image)) for image in images] == [[CARD]] * len(images)
