"""A hub that opens on a journal: what is refused, what is reported, and how its clock begins."""

import contextlib
import logging
import shutil
from contextlib import AsyncExitStack
from datetime import datetime, timedelta

import pytest

from hub.clock.floor_clock import MachineClock
from hub.errors import HubError, HubProblem
from hub.journal.mark import NAME as MARK
from hub.journal.mark import read_mark, set_mark
from hub.opening import JournalPlace, open_journal
from service_floor.queue.events import DayOpened
from service_floor.wall_clock import ClockLimits, HoldReason, Reading
from service_floor.zone import ZONE

EIGHT = datetime(2026, 11, 20, 8, 0, tzinfo=ZONE)
DAY = timedelta(days=1)


class Machine(MachineClock):
    """A machine of the test."""

    __slots__ = ("boot", "name", "wall")

    def __init__(self, wall=EIGHT, boot=100.0, name="boot-1") -> None:
        for key, value in (("wall", wall), ("boot", boot), ("name", name)):
            object.__setattr__(self, key, value)

    def read(self) -> Reading:
        return Reading(self.wall, self.boot)

    def is_synchronised(self, reading: Reading) -> bool:
        return False

    def boot_id(self) -> str:
        return self.name


@pytest.fixture
def place(tmp_path):
    return JournalPlace(tmp_path / "data")


@contextlib.asynccontextmanager
async def opened(place, machine=None, clock=None):
    async with AsyncExitStack() as stack:
        yield open_journal(stack, place, clock, machine or Machine(), ClockLimits())


async def record(place, machine=None, days=1) -> None:
    """A run that ends cleanly, with a row for each day."""
    async with opened(place, machine) as run:
        for n in range(days):
            at = run.clock()
            day = at.date() + n * DAY
            with run.journal.page() as page:
                page.record(DayOpened(day), at, day, "hub")
        run.journal.close()


def killed(place) -> None:
    """What a kill leaves of the mark of the last run."""
    set_mark(place.mark_dir, read_mark(place.mark_dir)._replace(ended=False))


async def refusal(place) -> HubProblem:
    with pytest.raises(HubError) as caught:
        async with opened(place):
            pass
    return caught.value.code


async def test_a_new_journal_says_that_it_begins(place, caplog) -> None:
    with caplog.at_level(logging.INFO, "hub"):
        await record(place)
    assert [r.getMessage() for r in caplog.records] == [
        f"a new, empty journal begins in {place.data_dir}"
    ]
    mark = read_mark(place.mark_dir)
    assert (mark.seq, mark.ended, mark.at) == (1, True, EIGHT)


async def test_an_ordinary_morning_says_nothing(place, caplog) -> None:
    await record(place)
    caplog.clear()
    async with opened(place, Machine(EIGHT + DAY, 20.0, "boot-2")) as run:
        assert (run.clock(), run.loss.report()) == (EIGHT + DAY, None)
        assert not run.clock.report().held
    assert caplog.records == []


@pytest.mark.parametrize("left", ["folder", "empty file", "nothing"])
async def test_a_journal_that_is_gone_is_refused_and_nothing_is_written(place, left) -> None:
    await record(place)
    shutil.rmtree(place.data_dir)
    if left != "nothing":
        place.data_dir.mkdir()
    if left == "empty file":
        (place.data_dir / "floor.db").touch()
    assert await refusal(place) is HubProblem.JOURNAL_MISSING
    assert [(f.name, f.stat().st_size) for f in place.data_dir.iterdir()] == (
        [("floor.db", 0)] if left == "empty file" else []
    )


async def test_a_journal_of_less_rows_is_refused(place, tmp_path) -> None:
    await record(place)
    shutil.copytree(place.data_dir, tmp_path / "older")
    await record(place, Machine(EIGHT + DAY))
    shutil.rmtree(place.data_dir)
    (tmp_path / "older").rename(place.data_dir)
    assert await refusal(place) is HubProblem.JOURNAL_SHORT


async def test_a_damaged_mark_is_logged_beside_a_journal_and_refused_without_one(
    place, caplog
) -> None:
    await record(place)
    (place.mark_dir / MARK).write_bytes(b"damaged")
    async with opened(place, Machine(EIGHT + DAY)):
        assert "cannot be noticed" in caplog.text
    (place.mark_dir / MARK).write_bytes(b"damaged")
    shutil.rmtree(place.data_dir)
    assert await refusal(place) is HubProblem.MARK_UNREADABLE


async def test_a_mark_that_is_missing_is_logged(place, caplog) -> None:
    await record(place)
    shutil.rmtree(place.mark_dir)
    async with opened(place, Machine(EIGHT + DAY)) as run:
        assert "no mark of the last row" in caplog.text
        assert not run.clock.report().held
    assert read_mark(place.mark_dir).seq == 1


async def test_after_a_kill_nothing_is_missing(place, caplog) -> None:
    await record(place)
    killed(place)
    with caplog.at_level(logging.INFO, "hub"):
        async with opened(place, Machine(EIGHT + timedelta(seconds=3), 103.0)) as run:
            assert run.loss.report() is None
    assert "did not end cleanly" in caplog.text


async def test_after_a_power_cut_a_second_may_be_missing(place, caplog) -> None:
    await record(place)
    killed(place)
    async with opened(place, Machine(EIGHT + timedelta(minutes=3), 20.0, "boot-2")) as run:
        assert run.loss.report().power_cut_after == EIGHT
    assert "up to one second" in caplog.text


@pytest.mark.parametrize("name", ["boot-1", "boot-2"])
async def test_a_clock_that_jumped_while_the_hub_was_dead_is_held(place, name) -> None:
    await record(place)
    killed(place)
    async with opened(place, Machine(EIGHT + DAY, 110.0, name)) as run:
        assert run.clock.report().held
        assert run.clock() == EIGHT + timedelta(seconds=10 if name == "boot-1" else 0)


async def test_a_hold_outlives_a_clean_end(place) -> None:
    machine = Machine()
    async with opened(place, machine) as run:
        object.__setattr__(machine, "wall", EIGHT + DAY)
        assert run.clock.report().held
    async with opened(place, machine) as run:
        assert run.clock.report().reason is HoldReason.AHEAD
        assert run.clock() == EIGHT


async def test_a_clock_before_the_last_row_is_held(place) -> None:
    await record(place)
    async with opened(place, Machine(datetime(1970, 1, 1, tzinfo=ZONE), 5.0, "boot-2")) as run:
        assert run.clock.report().reason is HoldReason.BEFORE_LAST_ROW
        assert run.clock() == EIGHT


async def test_a_database_elsewhere_has_its_mark_too(place, tmp_path) -> None:
    url = f"sqlite:///{tmp_path / 'other.db'}"
    elsewhere = JournalPlace(place.data_dir, tmp_path / "mark", url)
    await record(elsewhere)
    assert read_mark(tmp_path / "mark").seq == 1
    (tmp_path / "other.db").unlink()
    assert await refusal(elsewhere) is HubProblem.JOURNAL_SHORT


async def test_rows_of_a_version_without_marks_say_nothing_about_the_boot_clock(place) -> None:
    await record(place)
    killed(place)
    stale = read_mark(place.mark_dir)
    await record(place, Machine(EIGHT + DAY, 86_500.0))
    set_mark(place.mark_dir, stale)
    machine = Machine(EIGHT + DAY + timedelta(hours=4), 100_900.0)
    async with opened(place, machine) as run:
        assert not run.clock.report().held
        assert run.clock() == machine.wall
