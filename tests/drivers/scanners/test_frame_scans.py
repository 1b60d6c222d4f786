"""A paper before a camera is one scan, whichever of its codes the decoder reads first."""

import cv2
import numpy as np
import pytest
from numpy.random import default_rng

from benchmarks.scanning import symbols
from benchmarks.scanning.papers import paper_of
from drivers.protocols import Scan
from drivers.scanners.frame_scans import FrameScans
from drivers.scanners.presentation import CAMERA
from service_floor.dossiers.worth import appraisal, appraise

ZALO = "https://zalo.me/1"


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def shown(symbol: np.ndarray, pixels: int = 3) -> np.ndarray:
    return np.pad(np.kron(symbol, np.ones((pixels, pixels), np.uint8)), 30, constant_values=255)


def test_a_useless_code_is_said_once_after_a_round_of_the_ladder() -> None:
    clock = Clock()
    scans = FrameScans(appraisal(()), clock)
    picture = shown(symbols.qr(ZALO, default_rng(1)))
    found = [scans.look(picture) for _ in range(80)]
    assert [scan for scan in found if scan] == [Scan(ZALO, "]Q1")]
    assert found[5] is None
    clock.now += CAMERA.hold
    assert scans.waited() is None


def test_a_code_waits_no_longer_than_its_time_when_frames_stop() -> None:
    clock = Clock()
    scans = FrameScans(appraisal(()), clock)
    assert scans.look(shown(symbols.qr("A1042", default_rng(1)))) is None
    assert scans.waited() is None
    clock.now += CAMERA.hold
    assert scans.waited() == Scan("A1042", "]Q1")


@pytest.mark.slow
def test_a_tilted_paper_of_several_codes_is_one_scan_of_its_dossier() -> None:
    paper = paper_of(17)
    assert paper.count == 4
    clock = Clock()
    scans = FrameScans(appraisal(()), clock)
    turn = cv2.getRotationMatrix2D((0.0, 0.0), -26.0, 2.2) + np.array([[0, 0, 420], [0, 0, 40]])
    picture = cv2.warpAffine(paper.symbol, turn, (1280, 720), borderValue=(240,))
    found = []
    for _ in range(8):
        clock.now += 0.1
        if (scan := scans.look(np.asarray(picture, np.uint8))) is not None:
            found.append(appraise(scan.text).meaning)
    assert found == [appraise(paper.dossier).meaning]
