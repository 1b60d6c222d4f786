"""Noto Sans of the system, served to boards and phones: full Vietnamese and digits of one width."""

from pathlib import Path
from typing import Final

FONTS: Final = ("NotoSans-Regular.ttf", "NotoSans-Bold.ttf")
FOLDERS: Final = (
    Path("/usr/share/fonts/truetype/noto"),
    Path("/usr/share/fonts/noto"),
    Path("/usr/share/fonts/google-noto"),
    Path("/usr/local/share/fonts"),
)


def font_path(name: str) -> Path | None:
    """Where the system keeps the font; None for a font that is not served, or not installed."""
    if name not in FONTS:
        return None
    return next((folder / name for folder in FOLDERS if (folder / name).is_file()), None)
