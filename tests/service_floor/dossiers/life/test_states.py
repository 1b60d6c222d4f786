"""States of a dossier and their numbers in the national set."""

from service_floor.dossiers.life.states import CLOCK_STANDS, FINAL, OPEN, DossierState
from service_floor.dossiers.model import DossierStatus


def test_every_status_of_the_national_set_is_a_state_and_void_is_none() -> None:
    statuses = {state: state.status for state in DossierState}
    assert statuses.pop(DossierState.VOID) is None
    assert list(statuses.values()) == list(DossierStatus)
    assert [state.value for state in statuses] == [status.code for status in DossierStatus]


def test_a_clock_stands_only_in_five_and_six() -> None:
    assert {state.status for state in CLOCK_STANDS} == {5, 6}
    assert CLOCK_STANDS < OPEN
    assert not OPEN & FINAL
