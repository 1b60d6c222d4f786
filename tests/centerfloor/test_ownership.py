"""What root makes in a data folder is its owner's afterwards."""

import os
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from centerfloor.ownership import keep_owner

SERVICE = 54321


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")
@pytest.mark.parametrize("owner", [0, SERVICE])
def test_new_files_belong_to_the_folder_s_owner(tmp_path: Path, owner: int) -> None:
    data, mark = tmp_path / "data", tmp_path / "data.mark"
    data.mkdir()
    other = data / "other"
    other.write_text("", "utf-8")
    os.chown(other, 77, 77)
    os.chown(data, owner, owner)

    @click.command()
    def work() -> None:
        keep_owner(data)
        mark.mkdir()
        for file in (data / "floor.db", mark / "last-row"):
            file.write_text("", "utf-8")

    assert CliRunner().invoke(work).exit_code == 0
    made = (data / "floor.db", mark, mark / "last-row")
    assert [each.stat().st_uid for each in made] == [owner] * 3
    assert other.stat().st_uid == 77


def test_a_folder_that_is_not_there_is_left_to_whoever_needs_it(tmp_path: Path) -> None:
    @click.command()
    def work() -> None:
        keep_owner(tmp_path / "none")

    assert CliRunner().invoke(work).exit_code == 0
    assert list(tmp_path.iterdir()) == []
