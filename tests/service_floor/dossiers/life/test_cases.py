"""Commands and events declare what they need; a class that does not is an error at import."""

import pytest

from service_floor.dossiers.life.cases import DossierCommand, DossierEvent, LifeEvent
from service_floor.queue.actors import COUNTERS


def test_a_command_declares_its_roles_and_decides() -> None:
    with pytest.raises(TypeError, match="decide, given_by"):

        class Silent(DossierCommand):
            kind: str = "silent"

    with pytest.raises(TypeError, match="decide"):

        class Half(DossierCommand):
            given_by = COUNTERS
            kind: str = "half"


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
