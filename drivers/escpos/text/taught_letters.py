"""Cache of letters taught to the printer (ESC &): as many as fit at the beginning of a slip, the others between lines.

A letter takes the code of an ASCII character that the slip does not print, or not any more. If no such code is left, a
letter that is not in this line is evicted: one that is not printed any more, or else the one printed least from here on.
A letter costs 42 bytes at most, about as much as in a picture of its line, and serves every line after.
"""

from collections import Counter
from collections.abc import Iterable
from typing import Final

from drivers.escpos import commands
from drivers.escpos.text import glyphs, tcvn3

_SPACES: Final = {" ": 0x20, "\u00a0": 0x20}


class TaughtLetters:
    """The letters of one slip, whose `paragraphs` are all that it may print as text; each line is encoded once."""

    page: Final = 0
    is_text: Final = True

    def __init__(self, paragraphs: Iterable[str]) -> None:
        text = "".join(paragraphs)
        self._left = Counter(text)
        self._codes: dict[str, int] = {}
        self._letters: dict[int, str] = {}
        new = [char for char in dict.fromkeys(text) if glyphs.is_teachable(char)]
        lesson = self._teach(new, [code for code in glyphs.CODES if not self._left[chr(code)]])
        self.preamble = commands.INTERNATIONAL_SET + lesson
        self.preamble += commands.USE_TAUGHT_LETTERS if new else b""

    def written(self, text: str) -> str:
        """The text with spaces of one width."""
        return text.translate(tcvn3.SPACES)

    def has(self, line: str) -> bool:
        """Whether the line can be printed as text, perhaps after further letters are taught."""
        letters = {char for char in line if glyphs.is_teachable(char)}
        others = set(line) - letters - _SPACES.keys()
        if any(ord(char) not in glyphs.CODES or ord(char) in self._letters for char in others):
            return False
        new = letters - self._codes.keys()
        return not new or len(new) <= len(self._places(line))

    def encode(self, line: str, page: int) -> tcvn3.Encoded:
        """The line, behind what must be taught for it; raise `UnencodableError` where `has` does not hold."""
        if not self.has(line):
            raise tcvn3.UnencodableError(line)
        new = [c for c in dict.fromkeys(line) if glyphs.is_teachable(c) and c not in self._codes]
        lesson = self._teach(new, self._places(line)) if new else b""
        self._left.subtract(line)
        said = bytes(self._codes.get(char) or _SPACES.get(char) or ord(char) for char in line)
        return tcvn3.Encoded(lesson + said, page)

    def _places(self, line: str) -> list[int]:
        """The codes that letters of the line may have, those first that are missed least."""
        wanted = {self._codes.get(char, ord(char)) for char in line}
        places = [
            code
            for code in glyphs.CODES
            if code not in wanted and (code in self._letters or self._left[chr(code)] <= 0)
        ]
        return sorted(places, key=lambda code: max(0, self._left[self._letters.get(code, "")]))

    def _teach(self, new: list[str], places: list[int]) -> bytes:
        """Give the letters these places as far as they reach, neighbours side by side."""
        taken = sorted(places[: len(new)])
        for code in taken:
            self._codes.pop(self._letters.get(code, ""), None)
        lesson = dict(zip(new, taken, strict=False))
        self._codes |= lesson
        self._letters |= {code: char for char, code in lesson.items()}
        return glyphs.definitions(lesson)
