"""One presentation of a paper is one scan, and of its codes the most useful counts."""

import pytest

from drivers.protocols import Alike, Scan
from drivers.scanners.presentation import CAMERA, GUN, Patience, Presentation
from service_floor.dossiers.worth import appraisal

DOSSIER, OTHER = "H56.14-240823-0001", "H56.14-240823-0002"
ADDRESS = f"https://dvc.vn/?ma={DOSSIER}"
ZALO = "https://zalo.me/1"
TICKET = "A042"


class Sight:
    """What a scanner sees, over time."""

    def __init__(self, patience: Patience) -> None:
        self.now = 100.0
        self.presentation = Presentation(appraisal(("H56",)), patience, lambda: self.now)

    def sees(
        self, *texts: str, after: float = 0.1, still: bool | None = None, settled: bool = False
    ) -> Scan | None:
        self.now += after
        self.presentation.see([Scan(text) for text in texts], still=still)
        return self.presentation.take(settled=settled)


@pytest.fixture
def gun() -> Sight:
    return Sight(GUN)


@pytest.fixture
def camera() -> Sight:
    return Sight(CAMERA)


def test_two_codes_in_turn_are_one_scan(camera: Sight) -> None:
    seen = [camera.sees(ZALO if turn % 2 else DOSSIER) for turn in range(60)]
    assert [scan for scan in seen if scan] == [Scan(DOSSIER)]


def test_the_better_code_is_handed_over_at_once_and_the_lesser_waits(camera: Sight) -> None:
    assert camera.sees(ZALO) is None
    assert camera.presentation.is_waiting
    assert camera.presentation.seconds_left == pytest.approx(2.0)
    assert camera.sees(ZALO, DOSSIER, after=1.5) == Scan(DOSSIER)
    assert camera.presentation.seconds_left is None


def test_a_lesser_code_alone_comes_when_nothing_better_does(camera: Sight) -> None:
    assert [camera.sees(TICKET) for _ in range(15)] == [None] * 15
    assert camera.sees(TICKET, settled=True) == Scan(TICKET)


def test_a_lesser_code_comes_after_its_time_or_when_it_is_gone(camera: Sight, gun: Sight) -> None:
    assert gun.sees(TICKET) is None
    assert gun.sees(after=0.31) == Scan(TICKET)
    assert camera.sees(TICKET) is None
    assert camera.sees(after=0.2) is None
    assert camera.sees(after=0.3) == Scan(TICKET)


def test_codes_of_one_meaning_are_one(camera: Sight) -> None:
    assert camera.sees(ADDRESS, DOSSIER) == Scan(ADDRESS)
    assert camera.sees(DOSSIER) is None


def test_two_different_ones_are_asked_about(camera: Sight, gun: Sight) -> None:
    assert camera.sees(DOSSIER, OTHER, ZALO) == Scan(DOSSIER, rivals=(OTHER,))
    assert camera.sees(OTHER, DOSSIER) is None
    assert gun.sees(DOSSIER) == Scan(DOSSIER)
    assert gun.sees(OTHER, after=0.3) == Scan(OTHER, rivals=(DOSSIER,))


def test_a_hand_needs_longer_from_paper_to_paper(gun: Sight) -> None:
    assert gun.sees(DOSSIER) == Scan(DOSSIER)
    assert gun.sees(TICKET, after=1.0) is None
    assert gun.sees(after=0.4) == Scan(TICKET)
    assert gun.sees(OTHER, after=0.5) == Scan(OTHER)


def test_a_code_seen_again_after_a_while_is_another_scan(gun: Sight) -> None:
    assert gun.sees(DOSSIER) == Scan(DOSSIER)
    assert gun.sees(DOSSIER, after=1.9) is None
    assert gun.sees(DOSSIER, after=2.0) == Scan(DOSSIER)


def test_in_a_still_picture_everything_stays(camera: Sight) -> None:
    assert camera.sees(DOSSIER, still=False) == Scan(DOSSIER)
    assert [camera.sees(after=1, still=True) for _ in range(60)] == [None] * 60
    assert camera.sees(DOSSIER, after=1, still=True) is None
    camera.sees(after=1, still=False)
    camera.sees(after=1.5, still=True)
    assert camera.sees(DOSSIER, after=0.1, still=True) == Scan(DOSSIER)


def test_a_code_that_is_read_seldom_stays_with_its_paper(camera: Sight) -> None:
    assert camera.sees(DOSSIER, ZALO) == Scan(DOSSIER)
    for _ in range(40):
        assert camera.sees(ZALO) is None
    assert camera.sees(ZALO, DOSSIER) is None
    for _ in range(70):
        assert camera.sees(ZALO) is None
    assert camera.sees(ZALO, DOSSIER) == Scan(DOSSIER)


def test_a_useful_code_that_stays_behind_is_the_next_paper(camera: Sight) -> None:
    assert camera.sees(DOSSIER) == Scan(DOSSIER)
    seen = [camera.sees(TICKET, ZALO, settled=True) for _ in range(60)]
    assert [scan for scan in seen if scan] == [Scan(TICKET)]


def test_of_two_papers_the_one_that_stays_is_scanned_when_the_other_leaves(camera: Sight) -> None:
    assert camera.sees(DOSSIER, OTHER) == Scan(DOSSIER, rivals=(OTHER,))
    seen = [camera.sees(OTHER) for _ in range(40)]
    assert [scan for scan in seen if scan] == [Scan(OTHER)]


def test_a_paper_that_is_exchanged_for_another_is_not_asked_about(camera: Sight) -> None:
    assert camera.sees(DOSSIER) == Scan(DOSSIER)
    assert camera.sees(OTHER, after=1.0) == Scan(OTHER)


def test_a_lesser_code_of_a_gun_does_not_come_back_by_itself(gun: Sight) -> None:
    assert gun.sees(DOSSIER) == Scan(DOSSIER)
    assert gun.sees(TICKET, after=0.5) is None
    assert gun.sees(ZALO, after=1.7) is None
    assert gun.sees(after=0.31) == Scan(ZALO)


def test_without_an_appraisal_each_text_is_a_code() -> None:
    presentation = Presentation(Alike)
    presentation.see([Scan("A"), Scan("B")])
    assert presentation.take() == Scan("A")
    assert presentation.take() is None
