"""Who owns what this process may not use."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from plumbing.permissions import denial

NOBODY = 65534


@pytest.fixture
def nobody() -> Iterator[None]:
    """The rest of the test as a user without rights."""
    if os.geteuid() != 0:
        pytest.skip("only root can be another user")
    os.seteuid(NOBODY)
    yield
    os.seteuid(0)


@pytest.fixture
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("files")
    (folder / "open").write_text("", "utf-8")
    (folder / "shut").write_text("", "utf-8")
    (folder / "shut").chmod(0o600)
    return folder


def test_what_may_be_used_is_no_denial(files: Path) -> None:
    assert denial(files / "open", os.R_OK) is None
    assert denial(files / "new", os.W_OK) is None


def test_owner_and_user_are_named(files: Path, nobody: None) -> None:
    found = denial(files / "shut", os.R_OK)
    assert found is not None
    assert (found["owner"], found["user"]) == ("root", "nobody")
    # The folder of the tests is closed to others as well, and is the first thing that they see of it.
    assert str(files / "shut").startswith(found["file"])


def test_a_user_without_a_name_is_a_number(files: Path) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root can be another user")
    os.chown(files / "shut", 54321, 54321)
    os.seteuid(54322)
    try:
        found = denial(files, os.W_OK)
    finally:
        os.seteuid(0)
    assert found is not None
    assert found["user"] == "54322"
