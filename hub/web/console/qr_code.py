"""QR code of a citizen's page as SVG, for a phone to read from the tablet."""

from html import escape
from typing import Any, Final

from markupsafe import Markup
from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import QRCode

_QUIET: Final = 4
"""Empty modules around it (ISO/IEC 18004)."""


def qr_svg(address: str) -> Markup:
    """The code as an SVG picture, one path of all its dark modules."""
    code: Any = QRCode(error_correction=ERROR_CORRECT_M, border=_QUIET)
    code.add_data(address)
    code.make()
    rows = code.get_matrix()
    path = "".join(
        f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark
    )
    side = len(rows)
    return Markup(
        f'<svg viewBox="0 0 {side} {side}" role="img" aria-label="{escape(address)}" '
        f'shape-rendering="crispEdges"><rect width="{side}" height="{side}" fill="#fff"/>'
        f'<path d="{path}" fill="#000"/></svg>'
    )
