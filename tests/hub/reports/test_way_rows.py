from dataclasses import replace
from datetime import datetime

from hypothesis import given
from hypothesis import strategies as st

from hub.reports.way_rows import pack_ways, unpack_ways, worth_a_look
from service_floor.queue.audit.ways import Ground, JudgedWay, Way
from service_floor.zone import ZONE

AT = datetime(2026, 11, 20, 8, 0, tzinfo=ZONE)
PLAIN = JudgedWay(AT, Way.NO_SHOW, Ground.RULE, "c1", "o1", "", "t1", "A001", "land")


@given(st.lists(st.builds(JudgedWay, at=st.just(AT), seconds=st.integers(0, 90_000))))
def test_what_is_packed_comes_out_again(ways) -> None:
    assert list(unpack_ways(pack_ways(ways))) == ways


def test_what_is_plainly_by_rule_is_left_out_and_marks_come_first() -> None:
    asked, mark = replace(PLAIN, ground=Ground.REASON), replace(PLAIN, ground=Ground.UNEXPLAINED)
    noted = replace(PLAIN, elsewhere=True)
    assert worth_a_look([PLAIN, asked, noted, mark]) == [mark, asked, noted]
