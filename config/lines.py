"""Line numbers in a TOML file for places such as `services[2].agency`: a line-by-line parser, best effort, as a hint for people."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence

_QUOTED = re.compile(r"\"\"\".*?\"\"\"|'''.*?'''|\"(?:\\.|[^\"\\])*\"|'[^']*'")
_HEADER = re.compile(r"^\s*(\[\[?)\s*([A-Za-z0-9_.\s-]+?)\s*\]\]?")
_KEY = re.compile(r"^\s*([A-Za-z0-9_.-]+)\s*=")
# A quoted key may hold anything, brackets too: every match takes at least one character off the end.
_LAST_STEP = re.compile(r"(?:\.?[^.\[\]]+|\[\d+\]|.)\Z", re.DOTALL)
_LONGEST_PATH = 400
_ELEMENT = re.compile(r"^\s*[\"'{\[\d]")


class _Scan:
    """Goes through a text line by line and notes where each place begins."""

    def __init__(self) -> None:
        self.lines: dict[str, int] = {}
        self.keys: list[tuple[int, str]] = []
        self._elements: Counter[str] = Counter()
        self._table = ""
        self._open = ""
        self._depth = 0

    def read(self, number: int, text: str) -> None:
        bare = _QUOTED.sub('""', text).split("#", 1)[0]
        if self._depth == 0 and (header := _HEADER.match(bare)):
            self._enter(header[2].replace(" ", ""), is_array=header[1] == "[[")
            self._note(self._table, number)
            return
        if self._depth == 0 and (key := _KEY.match(bare)):
            self._open = f"{self._table}.{key[1]}" if self._table else key[1]
            self._note(self._open, number)
        elif self._depth == 1 and _ELEMENT.match(bare):
            self.lines.setdefault(f"{self._open}[{self._elements[self._open]}]", number)
            self._elements[self._open] += 1
        self._depth += sum(bare.count(c) for c in "[{") - sum(bare.count(c) for c in "]}")

    def _note(self, path: str, number: int) -> None:
        self.lines.setdefault(path, number)
        self.keys.append((number, path))

    def _enter(self, name: str, *, is_array: bool) -> None:
        """Name the table that begins here, with the index of each array on its way."""
        path = ""
        parts = name.split(".")
        for i, part in enumerate(parts):
            path = f"{path}.{part}" if path else part
            if is_array and i == len(parts) - 1:
                self._elements[path] += 1
            if self._elements[path]:
                path += f"[{self._elements[path] - 1}]"
        self._table = path


def lines_of(text: str) -> Mapping[str, int]:
    """Each place that the text names, and the line on which it begins."""
    return _scanned(text).lines


def keys_of(text: str) -> Sequence[tuple[int, str]]:
    """Each key and each table that the text writes, with its line: one that is written twice is there twice."""
    return _scanned(text).keys


def _scanned(text: str) -> _Scan:
    scan = _Scan()
    for number, line in enumerate(text.splitlines(), start=1):
        scan.read(number, line)
    return scan


def line_of(lines: Mapping[str, int], path: str) -> int | None:
    """The line of the place itself, or else of the nearest part of the file around it."""
    while path:
        if path in lines:
            return lines[path]
        path = _LAST_STEP.sub("", path[:_LONGEST_PATH])
    return None
