"""A ticket behind a list in short: on a fast printer, with the shortest list that may be the longest."""

import pytest

from benchmarks.long_list import ticket_behind_a_list


@pytest.mark.slow
def test_a_ticket_begins_when_the_list_before_it_is_out(tmp_path) -> None:
    behind = ticket_behind_a_list(tmp_path / "list", 150, speed_mm=300)
    assert behind.paper == pytest.approx(0.75, abs=0.1)
    assert behind.list_is_out > behind.paper - 0.4
    assert -0.1 < behind.ticket_begins - behind.list_is_out < 2
    assert behind.list_begins < 2
