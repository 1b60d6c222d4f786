"""Encoder of Vietnamese in TCVN-3 over two code pages of the printer, with as few page switches as possible.

The layout is TCVN 5712:1993 VN3 as Epson splits it: page 30 [TCVN-3: Vietnamese] has the small letters, page 31 the
capitals at the same codes, save Ă, Â and Đ, which keep their VN3 codes. Firmware with one page has VN3 itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from drivers.escpos import commands

_EMPTY = "·"
_FIRST = 0xA0

_SMALL = (
    # 0123456789ABCDEF
    "········ăâêôơưđ·"  # A
    "·····àảãáạ·ằẳẵắ·"  # B
    "······ặầẩẫấậè·ẻẽ"  # C
    "éẹềểễếệìỉ···ĩíịò"  # D
    "·ỏõóọồổỗốộờởỡớợù"  # E
    "·ủũúụừửữứựỳỷỹýỵ·"  # F
)
_CAPITALS = (
    # 0123456789ABCDEF
    "·ĂÂ····Đ··ÊÔƠƯ··"  # A
    "·····ÀẢÃÁẠ·ẰẲẴẮ·"  # B
    "······ẶẦẨẪẤẬÈ·ẺẼ"  # C
    "ÉẸỀỂỄẾỆÌỈ···ĨÍỊÒ"  # D
    "·ỎÕÓỌỒỔỖỐỘỜỞỠỚỢÙ"  # E
    "·ỦŨÚỤỪỬỮỨỰỲỶỸÝỴ·"  # F
)
_VN3 = "·ĂÂÊÔƠƯĐ" + _SMALL[8:]

_NO_BREAK_SPACE = "\u00a0"
_ASCII = {chr(code): code for code in range(0x20, 0x7F)} | {_NO_BREAK_SPACE: 0x20}

SPACES: dict[int, str] = str.maketrans(dict.fromkeys("\u2002\u2003\u2007\u2009\u200a\u202f", " "))
"""Spaces of other widths; the no-break space stays, since lines must not break there."""

PLAIN: dict[int, str] = SPACES | str.maketrans(
    {
        **dict.fromkeys("‐‑‒–—―−•·", "-"),
        **dict.fromkeys("“”„«»″", '"'),
        **dict.fromkeys("‘’‚‹›′", "'"),
        "…": "...",
        "₫": "đ",
        "×": "x",
        "≤": "<=",
        "≥": ">=",
        "→": "->",
    }
)
"""Punctuation that the pages lack, by what a typewriter would use."""

Pages = Mapping[int, Mapping[str, int]]
"""What each page of the printer can print: page number → character → code."""


@dataclass(frozen=True, slots=True)
class Encoded:
    """Bytes for the printer and the page that is selected after them."""

    data: bytes
    page: int


class UnencodableError(ValueError):
    """Characters that no page has."""

    def __init__(self, characters: str) -> None:
        super().__init__(characters)
        self.characters = characters


def code_pages(small: int, capitals: int) -> Pages:
    """Return the pages of a printer by their ESC t numbers; equal numbers mean one page in VN3 layout."""
    if small == capitals:
        return {small: _table(_VN3)}
    return {small: _table(_SMALL), capitals: _table(_CAPITALS)}


def plain(text: str) -> str:
    """Replace punctuation that the pages lack by what a typewriter would use; `text` is NFC."""
    return text.translate(PLAIN)


def unencodable(text: str, pages: Pages) -> str:
    """Return the characters of `text` that no page has, each once, in order."""
    missing = (char for char in text if not any(char in table for table in pages.values()))
    return "".join(dict.fromkeys(missing))


def encode(text: str, pages: Pages, current: int) -> Encoded:
    """Encode `text` for a printer whose selected page is `current`; raise `UnencodableError` instead of guessing."""
    if missing := unencodable(text, pages):
        raise UnencodableError(missing)
    data = bytearray()
    for char, page in zip(text, _plan(text, pages, current), strict=True):
        if page != current:
            data += commands.select_page(page)
            current = page
        data.append(pages[page][char])
    return Encoded(bytes(data), current)


def _plan(text: str, pages: Pages, current: int) -> list[int]:
    """Choose a page for each character so that the number of switches is the smallest (dynamic programming)."""
    costs = {current: 0}
    steps: list[dict[int, int]] = []
    for char in text:
        step = {
            page: _cheapest_before(page, costs) for page, table in pages.items() if char in table
        }
        costs = {page: costs[before] + (before != page) for page, before in step.items()}
        steps.append(step)
    if not steps:
        return []
    plan = [min(costs, key=costs.__getitem__)]
    for step in reversed(steps[1:]):
        plan.append(step[plan[-1]])
    return plan[::-1]


def _cheapest_before(page: int, costs: dict[int, int]) -> int:
    return min(costs, key=lambda before: costs[before] + (before != page))


def _table(layout: str) -> dict[str, int]:
    accented = {char: _FIRST + at for at, char in enumerate(layout) if char != _EMPTY}
    return _ASCII | accented
