"""Font discovery: finds the system's Noto Sans for slips, boards and phones.

Noto Sans has every Vietnamese letter and digits of one width (docs/decisions/0012-noto-sans.md).
"""

from pathlib import Path
from typing import Final

REGULAR: Final = "NotoSans-Regular.ttf"
BOLD: Final = "NotoSans-Bold.ttf"
FONTS: Final = (REGULAR, BOLD)
PACKAGE: Final = "fonts-noto-core"
"""The package of Debian and Ubuntu that installs these fonts."""
FOLDERS: Final = (
    Path("/usr/share/fonts/truetype/noto"),
    Path("/usr/share/fonts/noto"),
    Path("/usr/share/fonts/google-noto"),
    Path("/usr/local/share/fonts"),
)


def font_path(name: str) -> Path | None:
    """The file of a font; None if it is not one of `FONTS`, or not installed."""
    if name not in FONTS:
        return None
    return next((folder / name for folder in FOLDERS if (folder / name).is_file()), None)
