"""The mark of the last row: its two slots, what a kill and a power cut leave of it, and a disk that does not take it."""

import contextlib
import logging
import os
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.clock.floor_clock import ClockStamp
from hub.errors import HubError, HubProblem
from hub.journal.codec import GENESIS
from hub.journal.mark import NAME, Mark, MarkRecord, mark_folder, read_mark, set_mark
from service_floor.zone import ZONE

AT = datetime(2026, 11, 20, 8, 0, 0, 250_000, tzinfo=ZONE)
STAMP = ClockStamp(AT, 12.5, "boot-1", False)
HASH = "ab" * 32


@pytest.fixture
def mark(tmp_path):
    made = Mark(tmp_path / "data.mark", "id-1", lambda: STAMP)
    yield made
    made.close()


def test_it_stands_beside_the_data_folder(tmp_path) -> None:
    assert mark_folder(tmp_path / "data") == tmp_path / "data.mark"
    assert mark_folder(tmp_path / "a" / ".." / "data") == tmp_path / "data.mark"
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "disk" / "data")
    assert mark_folder(link) == tmp_path / "link.mark"


def test_a_run_from_its_begin_to_its_end(mark, tmp_path) -> None:
    folder = tmp_path / "data.mark"
    assert read_mark(folder) is None
    mark.open(0, GENESIS)
    assert read_mark(folder) == MarkRecord("id-1", 0, GENESIS, AT, 12.5, "boot-1", turn=1)
    for seq in range(1, 6):
        mark.keep(seq, HASH)
        record = read_mark(folder)
        assert (record.seq, record.hash, record.ended) == (seq, HASH, False)
    mark.sync()
    mark.end(5, HASH)
    assert read_mark(folder)[:7] == ("id-1", 5, HASH, AT, 12.5, "boot-1", True)
    mark.end(6, HASH)
    mark.keep(7, HASH)
    assert read_mark(folder).seq == 5
    assert {file.name for file in folder.iterdir()} == {NAME}
    assert (folder / NAME).stat().st_mode & 0o077 == 0


@given(
    st.integers(0, 1023), st.binary(min_size=1, max_size=300), st.integers(1, 10_000), st.booleans()
)
def test_damage_to_one_slot_leaves_the_other(tmp_path_factory, place, garbage, seq, ended) -> None:
    folder = tmp_path_factory.mktemp("mark")
    record = MarkRecord("id-1", seq, HASH, AT, 1.5, "", ended, held=True, turn=seq)
    set_mark(folder, record)
    file = folder / NAME
    content = bytearray(file.read_bytes())
    content[place : place + len(garbage)] = garbage
    file.write_bytes(content[:1024])
    if place < 512 < place + len(garbage):
        with contextlib.suppress(HubError):
            assert read_mark(folder) == record
    else:
        assert read_mark(folder) == record


def test_what_is_no_mark(tmp_path) -> None:
    for content in (b"", b"x", b"a b c d e f g h i j 00000000\n", b"\xff" * 1024):
        (tmp_path / NAME).write_bytes(content)
        with pytest.raises(HubError) as caught:
            read_mark(tmp_path)
        assert caught.value.code is HubProblem.MARK_UNREADABLE
    (tmp_path / NAME).unlink()
    (tmp_path / NAME).mkdir()
    with pytest.raises(HubError):
        read_mark(tmp_path)


def test_a_place_that_cannot_be_written_is_logged_once_and_stops_nothing(tmp_path, caplog) -> None:
    (tmp_path / "data.mark").write_text("a file")
    mark = Mark(tmp_path / "data.mark", "id-1", lambda: STAMP)
    with caplog.at_level(logging.ERROR, "hub"):
        mark.open(1, HASH)
        mark.keep(2, HASH)
        mark.sync()
        mark.end(2, HASH)
    assert len(caplog.records) == 1
    assert "will not be noticed" in caplog.text


def test_a_disk_that_fails_later_is_logged_once(mark, caplog) -> None:
    mark.open(1, HASH)
    mark.close()
    mark._handle = os.open("/dev/full", os.O_WRONLY)
    with caplog.at_level(logging.ERROR, "hub"):
        mark.keep(2, HASH)
        mark.keep(3, HASH)
    assert len(caplog.records) == 1
