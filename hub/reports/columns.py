"""Plain-text tables of a report, for a terminal, a letter or a line printer."""

from collections.abc import Iterable, Sequence
from datetime import timedelta

from config.letter import printable


def table(head: Sequence[str], rows: Iterable[Sequence[str]], numbers: int) -> list[str]:
    """A table, indented; the last `numbers` columns are right-aligned. Unprintable characters are shown by their
    codes."""
    lines = [tuple(map(printable, line)) for line in (head, *rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    first_number = len(widths) - numbers
    return [
        "  "
        + "  ".join(
            cell.rjust(width) if n >= first_number else cell.ljust(width)
            for n, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    ]


def clock(duration: timedelta | int) -> str:
    """Hours, minutes and seconds, as H:MM:SS."""
    seconds = duration if isinstance(duration, int) else int(duration.total_seconds())
    return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
