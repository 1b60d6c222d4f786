"""The pictures of the board."""

import shutil
from pathlib import Path

import pytest
from PIL import Image

from queue_display.boards import gallery


@pytest.mark.browser
@pytest.mark.skipif(shutil.which("chromium") is None, reason="needs the system's chromium")
def test_a_scene_becomes_one_picture_for_each_size(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gallery, "SCENES", gallery.SCENES[:1])
    monkeypatch.setattr(gallery, "LANGUAGES", ("en",))

    pictures = gallery.render_gallery(tmp_path / "out")

    assert [_size(picture) for picture in pictures] == list(gallery.SIZES)
    # A call that has just been made stands on gold: the picture is of a living board, not of an empty page.
    with Image.open(pictures[0]) as picture:
        colours = dict(map(reversed, picture.convert("RGB").getcolors(1 << 24)))
    assert colours[255, 209, 102] > 200_000


def _size(picture: Path) -> tuple[int, int]:
    with Image.open(picture) as opened:
        return opened.size
