"""Exports are their owner's."""

import os
import stat

import pytest

from plumbing.private_files import open_private


def mode(file) -> int:
    return stat.S_IMODE(file.stat().st_mode)


def test_a_file_is_its_owners_only_whether_it_was_there_or_not(tmp_path) -> None:
    file = tmp_path / "export"
    for text in ("first", "second"):
        with open_private(file) as stream:
            assert mode(file) == 0o600
            stream.write(text)
        file.chmod(0o644)
    assert file.read_text("utf-8") == "second"
    with pytest.raises(FileExistsError):
        open_private(file, "x")


def test_a_device_is_left_as_it_is() -> None:
    before = os.stat("/dev/null").st_mode
    with open_private("/dev/null") as stream:
        stream.write("gone")
    assert os.stat("/dev/null").st_mode == before
