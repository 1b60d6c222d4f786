"""The gallery: pictures of the asked size, and not of an empty glass."""

import pytest
from PIL import Image

from kiosk.views.gallery import SIZES, render_gallery, samples


def test_every_screen_stands_in_the_gallery_in_every_size_and_language() -> None:
    names = [sample.name for sample in samples()]
    assert len(set(names)) == len(names)
    for width, height in SIZES:
        for language in ("vi", "en"):
            assert f"kiosk-welcome-{width}x{height}-{language}" in names


@pytest.mark.slow
def test_pictures_are_drawn(qapp, tmp_path) -> None:
    files = render_gallery(tmp_path / "out", "kiosk-ticket-printed-1280x1024-vi")
    assert len(files) == 2
    for file in files:
        with Image.open(file) as picture:
            assert picture.size == (1280, 1024)
            assert len(picture.convert("RGB").getcolors(1_000_000)) > 100
