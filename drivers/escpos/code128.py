"""Code 128 in the notation of GS k: which code sets to use, and how wide the symbol becomes."""

import re
from dataclasses import dataclass

_DIGITS = re.compile(r"\d{4,}", re.ASCII)
_WORTH_IT_WITHIN = 6
_SYMBOL_MODULES = 11
_STOP_MODULES = 13
_MAX_PAYLOAD = 255


@dataclass(frozen=True, slots=True)
class Code128:
    """The data of GS k 73 and the width of the barcode in modules, without quiet zones."""

    payload: bytes
    modules: int


def code_b(data: str) -> Code128 | None:
    """Encode printable ASCII in code set B alone; None where Code 128 cannot carry `data`."""
    if not data or not all(" " <= char <= "~" for char in data):
        return None
    return _finished([b"{B" + _escaped(data)], 1 + len(data))


def compact(data: str) -> Code128 | None:
    """Encode long runs of digits in pairs (code set C); None where Code 128 cannot carry `data`."""
    if code_b(data) is None:
        return None
    parts: list[bytes] = []
    symbols = at = 0
    for start, end in _pairs(data):
        if start > at:
            parts.append(b"{B" + _escaped(data[at:start]))
            symbols += 1 + start - at
        parts.append(b"{C" + bytes(int(data[i : i + 2]) for i in range(start, end, 2)))
        symbols += 1 + (end - start) // 2
        at = end
    if at < len(data):
        parts.append(b"{B" + _escaped(data[at:]))
        symbols += 1 + len(data) - at
    return _finished(parts, symbols)


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


def _escaped(part: str) -> bytes:
    return part.replace("{", "{{").encode("ascii")


def _finished(parts: list[bytes], symbols: int) -> Code128 | None:
    """Add the check symbol and the stop; `symbols` counts the start."""
    payload = b"".join(parts)
    if len(payload) > _MAX_PAYLOAD:
        return None
    return Code128(payload, (symbols + 1) * _SYMBOL_MODULES + _STOP_MODULES)
