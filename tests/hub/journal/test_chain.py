"""Whatever is done to one row of a chain is found, named and called by what it is."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.journal.chain import ChainBrokenError, ChainRow, Flaw, unbroken
from hub.journal.codec import GENESIS, row_hash

FIELDS = ("day", "at", "kind", "body", "device")
LONGEST = 50


def entry(seq, prev_hash, body="{}", device="k1") -> ChainRow:
    told = ("2026-11-20", f"2026-11-20T08:00:{seq % 60:02}", "ticket_issued", device, body)
    day, at, kind, device, body = told
    return ChainRow(seq, day, at, kind, body, device, prev_hash, row_hash(prev_hash, seq, *told))


def chain(length) -> list[ChainRow]:
    rows = []
    for seq in range(1, length + 1):
        rows.append(entry(seq, rows[-1].hash if rows else GENESIS, f'{{"n":{seq}}}'))
    return rows


def hashed_anew(row) -> ChainRow:
    told = (row.day, row.at, row.kind, row.device, row.body)
    return row._replace(hash=row_hash(row.prev_hash, row.seq, *told))


def finding(rows, **begin):
    """What is found, as (row, flaw); None where every row stands."""
    try:
        assert list(unbroken(rows, **begin)) == rows
    except ChainBrokenError as problem:
        return problem.seq, problem.flaw
    return None


def renumbered(rows) -> list[ChainRow]:
    return [row._replace(seq=seq) for seq, row in enumerate(rows, 1)]


lengths = st.integers(1, LONGEST)


@st.composite
def places(draw, before_end=0):
    """A chain and one of its rows."""
    rows = chain(draw(st.integers(1 + before_end, LONGEST)))
    return rows, draw(st.integers(1, len(rows) - before_end))


@given(lengths)
def test_a_chain_that_nobody_touched_stands(length) -> None:
    assert finding(chain(length)) is None


@pytest.mark.slow
@given(places(), st.sampled_from(FIELDS), st.text(max_size=5))
def test_an_altered_row_is_found(place, field, text) -> None:
    rows, seq = place
    changed = rows[seq - 1]._replace(**{field: getattr(rows[seq - 1], field) + "x" + text})
    assert finding([*rows[: seq - 1], changed, *rows[seq:]]) == (seq, Flaw.ALTERED)


@given(places(before_end=1), st.sampled_from(FIELDS))
def test_an_altered_row_that_was_hashed_anew_is_found_by_the_one_after(place, field) -> None:
    rows, seq = place
    changed = hashed_anew(rows[seq - 1]._replace(**{field: "other"}))
    assert finding([*rows[: seq - 1], changed, *rows[seq:]]) == (seq, Flaw.ALTERED)


@given(places(), st.sampled_from(["hash", "prev_hash"]), st.text("0123456789abcdef", max_size=64))
def test_an_altered_hash_is_found(place, field, text) -> None:
    rows, seq = place
    changed = rows[seq - 1]._replace(**{field: text})
    if changed != rows[seq - 1]:
        assert finding([*rows[: seq - 1], changed, *rows[seq:]]) == (seq, Flaw.ALTERED)


@given(places(before_end=1), st.booleans())
def test_a_removed_row_is_found_also_where_the_gap_was_closed(place, closed) -> None:
    rows, seq = place
    left = [row for row in rows if row.seq != seq]
    assert finding(renumbered(left) if closed else left) == (seq, Flaw.REMOVED)


@given(places(), st.booleans(), st.booleans())
def test_an_inserted_row_is_found_also_where_it_was_hashed_to_fit(place, fits, known) -> None:
    rows, seq = place
    before = rows[seq - 2].hash if seq > 1 else GENESIS
    added = entry(seq, before, '{"n":"new"}') if fits else rows[seq - 1]._replace(body="new")
    if known and not fits:
        added = added._replace(hash="f" * 64)
    after = [row._replace(seq=row.seq + 1) for row in rows[seq - 1 :]]
    assert finding([*rows[: seq - 1], added, *after]) == (seq, Flaw.INSERTED)


@given(places())
def test_a_row_added_behind_the_last_is_found_unless_it_fits(place) -> None:
    rows, _ = place
    added = rows[-1]._replace(seq=len(rows) + 1, prev_hash=rows[-1].hash)
    assert finding([*rows, added]) == (len(rows) + 1, Flaw.ALTERED)
    assert finding([rows[0]._replace(seq=0), *rows]) == (0, Flaw.INSERTED)


@given(places(before_end=1))
def test_neighbours_that_changed_places_are_found(place) -> None:
    rows, seq = place
    rows[seq - 1 : seq + 1] = rows[seq], rows[seq - 1]
    assert finding(renumbered(rows)) == (seq, Flaw.MOVED)


@given(places(before_end=2), st.data())
def test_rows_that_changed_places_over_a_distance_are_found(place, data) -> None:
    rows, seq = place
    other = data.draw(st.integers(seq + 2, len(rows)))
    rows[seq - 1], rows[other - 1] = rows[other - 1], rows[seq - 1]
    assert finding(renumbered(rows)) == (seq, Flaw.ALTERED)


@given(places(), st.sampled_from(FIELDS), st.sampled_from([None, b"\xff", 7]))
def test_a_cell_that_is_no_text_is_unreadable(place, field, cell) -> None:
    rows, seq = place
    rows[seq - 1] = rows[seq - 1]._replace(**{field: cell})
    assert finding(rows) == (seq, Flaw.UNREADABLE)


@pytest.mark.parametrize("begin", [2, 5, 9])
def test_a_chain_can_be_read_from_its_middle(begin) -> None:
    rows = chain(10)
    assert finding(rows[begin - 1 :], seq=begin, prev_hash=None) is None
    assert finding(rows[begin:], seq=begin, prev_hash=None) == (begin, Flaw.REMOVED)
    changed = hashed_anew(rows[begin - 1]._replace(body="x"))
    altered = [changed, *rows[begin:]]
    assert finding(altered, seq=begin, prev_hash=None) == (begin, Flaw.ALTERED)


def test_each_row_holds_the_hash_of_the_one_before() -> None:
    assert all(later.prev_hash == row.hash for row, later in pairwise(chain(5)))


def test_a_row_whose_cells_are_no_text_cannot_be_read() -> None:
    first, second = chain(2)
    assert finding([first, second._replace(body=None)]) == (2, Flaw.UNREADABLE)


def test_a_row_put_in_between_is_found_by_the_one_that_knew_its_place() -> None:
    rows = chain(3)
    wedged = entry(2, rows[0].hash, "wedged")
    assert finding(renumbered([rows[0], wedged, *rows[1:]])) == (2, Flaw.INSERTED)


def test_a_reader_that_breaks_off_has_had_the_row_before_it_judged() -> None:
    def rows():
        yield chain(1)[0]
        raise ChainBrokenError(2, Flaw.UNREADABLE)

    told = unbroken(rows())
    assert next(told).seq == 1
    with pytest.raises(ChainBrokenError):
        next(told)


def test_a_reader_that_breaks_off_at_once_has_no_row() -> None:
    def nothing():
        raise ChainBrokenError(1, Flaw.UNREADABLE)
        yield

    with pytest.raises(ChainBrokenError):
        list(unbroken(nothing()))


def test_a_row_of_nobody_between_two_that_fit_was_inserted() -> None:
    rows = chain(3)
    foreign = entry(2, rows[0].hash)._replace(hash="0" * 64)
    assert finding(renumbered([rows[0], foreign, *rows[1:]])) == (2, Flaw.INSERTED)
