"""Live frames: the quick step each, the heavier ones in turn, and an end to them where nothing else can be in the picture."""

import numpy as np
import pytest
from numpy.random import default_rng

from benchmarks.scanning import symbols
from benchmarks.scanning.camera import View, frame
from drivers.scanners.decoding.codes import KIOSK, Code, Expected, Symbology
from drivers.scanners.decoding.engines import ZBAR, ZXING
from drivers.scanners.decoding.flattening import Square
from drivers.scanners.decoding.ladder import LADDER
from drivers.scanners.decoding.live import ROUNDS, LiveDecoder, Scene
from drivers.scanners.decoding.pictures import Picture
from service_floor.dossiers.worth import appraisal

DOSSIER = "H56.14-240823-0001"
ZALO = "https://zalo.me/1"
EANS = frozenset({Symbology.EAN})


def page() -> Picture:
    return np.full((100, 200), 255, np.uint8)


def code128() -> Picture:
    return symbols.code128(DOSSIER, default_rng(1))


def texts(codes: tuple[Code, ...]) -> list[str]:
    return [code.text for code in codes]


class Recorder:
    """An engine that writes down how large the pictures are that it is given, and answers in turn or always alike."""

    def __init__(
        self, name: str, *answers: tuple[Code, ...], always: tuple[Code, ...] = ()
    ) -> None:
        self.name = name
        self.seen: list[tuple[int, ...]] = []
        self._answers = list(answers)
        self._always = always

    def read(self, picture: Picture, _expected: Expected) -> tuple[Code, ...]:
        self.seen.append(picture.shape)
        return self._answers.pop(0) if self._answers else self._always

    def squares(self, _picture: Picture) -> tuple[Square, ...]:
        return ()


def test_live_frames_take_the_quick_step_each_and_the_heavier_ones_in_turn() -> None:
    quick, slow = Recorder(ZXING), Recorder(ZBAR)
    decoder = LiveDecoder(frozenset({Symbology.QR}), [quick, slow])
    sheet = page()

    for _ in range(7):
        decoder.look(sheet)

    doubled = (200, 400)
    assert quick.seen == [
        sheet.shape, doubled,
        sheet.shape, doubled,
        sheet.shape,
        sheet.shape, doubled,
        sheet.shape, doubled,
        sheet.shape, sheet.shape,
        sheet.shape, doubled,
    ]  # fmt: skip
    assert slow.seen == [sheet.shape]


def test_live_frames_end_with_the_quick_step_when_it_reads_something() -> None:
    quick = Recorder(ZXING, (Code(DOSSIER, "]C0"),))

    assert texts(LiveDecoder(KIOSK, [quick]).look(page())) == [DOSSIER]
    assert len(quick.seen) == 1


@pytest.mark.slow
def test_a_tilted_slip_held_before_the_camera_is_read_within_a_few_frames() -> None:
    decoder, chance = LiveDecoder(), default_rng(5)
    frames = (frame(code128(), View(1.6, angle=50), chance) for _ in range(len(LADDER)))

    assert any(texts(decoder.look(each)) == [DOSSIER] for each in frames)


def test_live_an_ean_needs_two_frames_of_the_same_number() -> None:
    right, wrong = (Code("8934673601191", "]E0"),), (Code("8934673601108", "]E0"),)
    decoder = LiveDecoder(EANS, [Recorder(ZXING, right, wrong, right)])
    sheet = page()

    assert [decoder.look(sheet) for _ in range(3)] == [(), (), right]


def test_a_useless_code_in_sight_is_searched_around_and_then_left() -> None:
    quick = Recorder(ZXING, always=(Code(ZALO, "]Q1"),))
    slow = Recorder(ZBAR)
    decoder = LiveDecoder(KIOSK, [quick, slow], appraisal(()))
    frames = ROUNDS * decoder.round + 50
    for _ in range(frames):
        assert texts(decoder.look(page())) == [ZALO]
    assert decoder.heavier_looks == ROUNDS * decoder.round

    changed = page()
    changed[10:60, 20:80] = 0
    decoder.look(changed)
    decoder.look(changed)
    assert decoder.heavier_looks == ROUNDS * decoder.round + 2


def test_the_step_that_has_read_a_dossier_reads_the_next_frame_too() -> None:
    found = (Code(DOSSIER, "]C0"),)
    answers = [(), found, (), found, (), found]
    decoder = LiveDecoder(frozenset({Symbology.QR}), [Recorder(ZXING, *answers)], appraisal(()))
    assert [texts(decoder.look(page())) for _ in range(3)] == [[DOSSIER]] * 3
    assert [decoder.look(page()) for _ in range(4)] == [()] * 4


def test_grain_and_light_are_not_a_change_and_a_paper_is() -> None:
    chance, scene = default_rng(3), Scene()
    ground = np.full((720, 1280), 120, np.uint8)
    seen = []
    for light in (0, 4, -5, 30):
        grain = chance.normal(light, 6, ground.shape)
        scene.see(np.clip(ground + grain, 0, 255).astype(np.uint8))
        seen.append(scene.is_still)
    assert seen == [False, True, True, True]
    ground[200:400, 300:700] = 240
    scene.see(ground)
    assert not scene.is_still
    scene.see(ground)
    assert scene.is_still
    scene.see(np.zeros((0, 4), np.uint8))
    assert not scene.is_still
