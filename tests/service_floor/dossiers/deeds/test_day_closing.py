"""The day's close: the list of dossiers without a slip is empty."""

import pytest

from service_floor.dossiers.deeds.day_closing import CloseDossierDay, DayRefusal, DossierDayClosed
from service_floor.dossiers.deeds.slips import SignReception
from service_floor.dossiers.deeds.taking import TakeDossier
from service_floor.queue.floor import ImpossibleEventError
from tests.service_floor.dossiers.conftest import land


def test_the_day_closes_once_nobody_waits_for_a_slip(office):
    code = str(office.do(TakeDossier(land())).dossier)
    assert office.refused(CloseDossierDay()) == (DayRefusal.SLIPS_OWED, {"count": 1})
    with pytest.raises(ImpossibleEventError, match="owed"):
        DossierDayClosed(office.now.date(), office.by).fold(office.books, office.now)
    office.do(SignReception(code, 1))
    office.do(CloseDossierDay())
    closed = DayRefusal.DAY_CLOSED, {"day": "2026-11-18"}
    assert office.refused(CloseDossierDay()) == closed
    office.later(days=1)
    assert office.do(CloseDossierDay()).day.day == 19
