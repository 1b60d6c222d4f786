"""Two checkouts are measured in turn, and the bench is skipped where there is no other one."""

from pathlib import Path

import pytest

from benchmarks.figures import Sheet
from benchmarks.house.bench import Trees, in_turn, measure, note_pairs
from benchmarks.place import BenchFailedError, BenchSkippedError, Place

OURS, THEIRS = Path("/ours"), Path("/theirs")


def place(folder: Path, against: Path | None) -> Place:
    return Place(folder, 0.1, lambda _: None, against)


async def test_without_another_checkout_it_is_skipped(tmp_path: Path) -> None:
    with pytest.raises(BenchSkippedError, match="--against PATH"):
        await measure(place(tmp_path, None))


async def test_a_folder_that_is_not_a_checkout_is_named(tmp_path: Path) -> None:
    with pytest.raises(BenchFailedError, match=f"{tmp_path} is not a checkout"):
        await measure(place(tmp_path, tmp_path))


async def test_each_is_first_in_every_second_pair() -> None:
    order: list[Path] = []

    async def one(tree: Path) -> str:
        order.append(tree)
        return tree.name

    assert await in_turn(2, Trees(OURS, THEIRS), one) == [("ours", "theirs")] * 2
    assert order == [OURS, THEIRS, THEIRS, OURS]


def test_the_median_of_the_ratios_is_judged() -> None:
    sheet = Sheet("house", {})
    note_pairs(sheet, "start", "s", [(1.0, 2.0), (3.0, 4.0), (9.0, 9.0)])
    each, ratio = sheet.figures()
    assert (each.value, each.baseline) == (3.0, 4.0)
    assert (ratio.name, ratio.value) == ("start against the other", 0.75)
