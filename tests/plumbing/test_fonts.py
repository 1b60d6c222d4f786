"""One list of folders for the system's fonts."""

import pytest

from plumbing import fonts


def test_the_first_folder_that_has_the_font_is_taken(tmp_path, monkeypatch) -> None:
    empty, second, third = (tmp_path / name for name in ("a", "b", "c"))
    for folder in (second, third):
        folder.mkdir()
        (folder / fonts.BOLD).touch()
    monkeypatch.setattr(fonts, "FOLDERS", (empty, second, third))
    assert fonts.font_path(fonts.BOLD) == second / fonts.BOLD
    assert fonts.font_path(fonts.REGULAR) is None


@pytest.mark.parametrize("name", ["", "Other.ttf", "../../../../etc/passwd", "/etc/passwd"])
def test_no_other_file_is_found(name) -> None:
    assert fonts.font_path(name) is None


def test_the_fonts_are_installed_here() -> None:
    assert all(fonts.font_path(name) for name in fonts.FONTS)
