"""A drop is one file of this computer, or has the key of the sentence that gives the reason."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QUrl

from counter_terminal.views.file_drop import dropped_file


def dropped(*addresses: str) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl(address) for address in addresses])
    return data


def test_one_local_file_is_taken_by_its_path(tmp_path: Path) -> None:
    file = tmp_path / "slip.pdf"
    assert dropped_file(dropped(QUrl.fromLocalFile(str(file)).toString())) == (str(file), "")


@pytest.mark.parametrize(
    ("addresses", "objection"),
    [
        ((), "not_a_file"),
        (("https://example.org/slip.pdf",), "not_a_file"),
        (("file:///a.pdf", "file:///b.pdf"), "several"),
    ],
)
def test_anything_else_has_its_objection(addresses: tuple[str, ...], objection: str) -> None:
    assert dropped_file(dropped(*addresses)) == ("", objection)
