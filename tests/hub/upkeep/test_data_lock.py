"""A data folder belongs to one program at a time."""

import pytest

from hub.errors import HubError, HubProblem
from hub.running import HubOptions, serve
from hub.upkeep.data_lock import lock_data_dir


def test_a_folder_is_held_by_one_and_then_by_the_next(tmp_path) -> None:
    with lock_data_dir(tmp_path):
        with pytest.raises(HubError) as caught, lock_data_dir(tmp_path):
            pytest.fail("held twice")
        assert caught.value.code is HubProblem.DATA_IN_USE
    with lock_data_dir(tmp_path):
        assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_holds_no_journal(tmp_path) -> None:
    with pytest.raises(HubError) as caught, lock_data_dir(tmp_path / "nowhere"):
        pytest.fail("there is no folder")
    assert caught.value.code is HubProblem.NO_JOURNAL


async def test_two_hubs_never_write_one_journal(hall, plan, clock, tmp_path) -> None:
    async with serve(hall, plan, HubOptions(tmp_path), clock):
        with pytest.raises(HubError) as caught:
            async with serve(hall, plan, HubOptions(tmp_path), clock):
                pytest.fail("two hubs")
    assert caught.value.code is HubProblem.DATA_IN_USE
    async with serve(hall, plan, HubOptions(tmp_path), clock) as hub:
        assert hub.health().ok
