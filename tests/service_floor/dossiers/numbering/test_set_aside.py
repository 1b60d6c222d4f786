"""Ranges set aside for a desk, and what goes back."""

from dataclasses import replace

import pytest

from service_floor.dossiers.deeds.taking import TakeDossier
from service_floor.dossiers.numbering.series import CodeRange, CodeRefusal, DayNumbers
from service_floor.dossiers.numbering.set_aside import CodesGivenBack, GiveCodesBack, SetCodesAside
from service_floor.queue.actors import Role
from service_floor.queue.floor import ImpossibleEventError
from tests.service_floor.dossiers.conftest import birth


def test_a_desk_gets_numbers_that_no_other_gets(office):
    one = office.do(SetCodesAside("tp", 3))
    two = office.desk("mai", "counter-2").do(SetCodesAside("tp", 2))
    assert (one.numbers, two.numbers) == ((1, 2, 3), (4, 5))
    assert office.do(TakeDossier(birth())).dossier == "H56.14-261118-0006"


def test_unused_numbers_go_back_and_come_first(office):
    aside = office.do(SetCodesAside("tp", 3))
    office.do(GiveCodesBack(aside.range, (3, 2, 3)))
    assert office.books.find(CodeRange, aside.range).left == (1,)
    assert office.do(TakeDossier(birth())).dossier == "H56.14-261118-0002"
    assert office.do(SetCodesAside("tp", 2)).numbers == (3, 4)
    assert office.books.find(DayNumbers, "H56.14-261118").held == {"counter-1": 3}


@pytest.mark.parametrize("count", [0, 6, -1])
def test_a_desk_holds_no_more_than_the_limit(office, count):
    limit = CodeRefusal.TOO_MANY_CODES, {"limit": 5}
    assert office.refused(SetCodesAside("tp", count)) == limit
    office.do(SetCodesAside("tp", 3))
    assert office.refused(SetCodesAside("tp", 3)) == limit
    office.do(SetCodesAside("tp", 2))
    office.later(days=1)
    assert office.do(SetCodesAside("tp", 5)).day.day == 19


def test_only_the_desk_of_a_range_gives_back_what_is_unused(office):
    assert office.refused(SetCodesAside("x", 1)) == (CodeRefusal.UNKNOWN_AGENCY, {"agency": "x"})
    aside = office.do(SetCodesAside("tp", 2))
    unknown = CodeRefusal.UNKNOWN_RANGE, {"range": aside.range}
    assert office.refused(GiveCodesBack(aside.range, (1, 9))) == unknown
    assert office.do(GiveCodesBack(aside.range, ())) == ()
    assert office.desk("mai", "counter-2").refused(GiveCodesBack(aside.range, (1,))) == unknown
    none = CodeRefusal.UNKNOWN_RANGE, {"range": "r"}
    assert office.refused(GiveCodesBack("r", (1,))) == none
    assert office.as_(Role.SUPERVISOR).refused(GiveCodesBack("r", (1,)))[0] != none[0]


def test_impossible_ranges(office):
    aside = office.do(SetCodesAside("tp", 2))
    with pytest.raises(ImpossibleEventError, match="exists"):
        aside.fold(office.books, office.now)
    with pytest.raises(ImpossibleEventError, match="twice"):
        replace(aside, range="other").fold(office.books, office.now)
    with pytest.raises(ImpossibleEventError, match="no range"):
        CodesGivenBack("r", (1,), office.by).fold(office.books, office.now)
    for numbers in ((), (9,)):
        with pytest.raises(ImpossibleEventError, match="set aside"):
            CodesGivenBack(aside.range, numbers, office.by).fold(office.books, office.now)
