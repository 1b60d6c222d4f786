"""Encoder of Code 128 in the notation of GS k: choice of code sets, and width of the symbol."""

import re
from dataclasses import dataclass

_DIGITS = re.compile(r"\d{4,}", re.ASCII)
_WORTH_IT_WITHIN = 6
_SYMBOL_MODULES = 11
_STOP_MODULES = 13
_MAX_PAYLOAD = 255
_START_B, _START_C = 104, 105
_TO_B, _TO_C = 100, 99


@dataclass(frozen=True, slots=True)
class Code128:
    """The data of GS k 73, the values of the symbol from start to check, and its width in modules without quiet zones."""

    payload: bytes
    values: tuple[int, ...]

    @property
    def modules(self) -> int:
        return len(self.values) * _SYMBOL_MODULES + _STOP_MODULES


def code_b(data: str) -> Code128 | None:
    """Encode printable ASCII in code set B only; None if Code 128 cannot carry `data`."""
    return _encoded(data, [])


def compact(data: str) -> Code128 | None:
    """Encode long runs of digits in pairs (code set C); None where Code 128 cannot carry `data`."""
    return _encoded(data, _pairs(data))


def _encoded(data: str, pairs: list[tuple[int, int]]) -> Code128 | None:
    if not data or not all(" " <= char <= "~" for char in data):
        return None
    payload, values, at = b"", list[int](), 0
    for start, end in [*pairs, (len(data), len(data))]:
        if start > at:
            payload += b"{B" + data[at:start].replace("{", "{{").encode("ascii")
            values += [_TO_B if values else _START_B, *(ord(c) - 0x20 for c in data[at:start])]
        if end > start:
            twos = [int(data[i : i + 2]) for i in range(start, end, 2)]
            payload += b"{C" + bytes(twos)
            values += [_TO_C if values else _START_C, *twos]
        at = end
    if len(payload) > _MAX_PAYLOAD:
        return None
    check = (values[0] + sum(place * value for place, value in enumerate(values))) % 103
    return Code128(payload, (*values, check))


def _pairs(data: str) -> list[tuple[int, int]]:
    """Return the even stretches of digits worth a switch to set C and back."""
    stretches = []
    for run in _DIGITS.finditer(data):
        start, end = run.span()
        if end - start < _WORTH_IT_WITHIN and start and end < len(data):
            continue
        if odd := (end - start) % 2:
            start, end = (start + odd, end) if start else (start, end - odd)
        stretches.append((start, end))
    return stretches
