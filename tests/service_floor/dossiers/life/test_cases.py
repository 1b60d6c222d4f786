"""Commands and events declare what they need; a class that does not is an error at import."""

from datetime import datetime

import pytest

from service_floor.dossiers.deeds.lateness import Apologise
from service_floor.dossiers.deeds.progress import BeginWork
from service_floor.dossiers.deeds.taking import TakeDossier
from service_floor.dossiers.deeds.visits import GiveList
from service_floor.dossiers.life.cases import DossierCommand, DossierEvent, LifeEvent
from service_floor.dossiers.life.records import AdviceKind
from service_floor.dossiers.numbering.set_aside import GiveCodesBack
from service_floor.queue.actors import COUNTERS
from tests.service_floor.dossiers.conftest import LAND, land


def test_a_command_declares_its_roles_and_decides() -> None:
    with pytest.raises(TypeError, match="decide, given_by"):

        class Silent(DossierCommand):
            kind: str = "silent"

    with pytest.raises(TypeError, match="decide"):

        class Half(DossierCommand):
            given_by = COUNTERS
            kind: str = "half"


ZONELESS = datetime(2026, 11, 18, 9, 0)


@pytest.mark.parametrize(
    ("make", "problem"),
    [
        (lambda: BeginWork("x" * 2_001, 1), "characters"),
        (lambda: GiveCodesBack("r", tuple(range(201))), "items"),
        (lambda: GiveList(AdviceKind.ADVICE, LAND, "", ("x" * 2_001,), "", "v"), "characters"),
        (lambda: Apologise("d", 1, ZONELESS), "zone"),
        (lambda: TakeDossier(land(promised=ZONELESS)), "zone"),
    ],
)
def test_a_command_is_bounded_and_its_moments_have_a_zone(make, problem) -> None:
    with pytest.raises(ValueError, match=problem):
        make()


def test_an_event_declares_its_fold() -> None:
    with pytest.raises(TypeError, match="folded"):

        class Unfolded(DossierEvent):
            kind: str = "unfolded"


def test_a_deed_declares_its_transitions_and_whether_it_can_be_undone() -> None:
    with pytest.raises(TypeError, match="moves, undoable"):

        class Unmoved(LifeEvent):
            kind: str = "unmoved"

            def fold(self, books, at):
                """Nothing."""
