"""Parser of GS ( L, GS 8 L, FS q and FS p: pictures defined and printed by key or number, and the one in the print buffer."""

from collections.abc import Iterable

from drivers.simulators.printer.interpreter.graphics_store import NV_BYTES, Picture, Shelf
from drivers.simulators.printer.interpreter.operations import Answer, Operation, PrintRaster
from drivers.simulators.printer.interpreter.settings import Command, Parameters, Settings

_MONOCHROME = 48
_LARGEST = 100_000
_NV, _DOWNLOADED = 64, 80
"""Both shelves have the same functions: list, delete all, delete one, define, (define by columns), print."""


def graphics(settings: Settings, body: bytes) -> Iterable[Operation]:
    """Carry out one function of GS ( L; one with parameters missing does nothing."""
    if len(body) < 2 or body[0] != _MONOCHROME:
        return
    function, values = body[1], body[2:]
    match function:
        case 48 | 0:
            yield _number(0x30, NV_BYTES)
        case 51 | 3:
            yield _number(0x31, settings.graphics.nv.room)
        case 2 | 50 if settings.buffered:
            yield from settings.end_started_line()
            yield settings.buffered
            settings.buffered = None
        case 112:
            settings.buffered = _to_buffer(settings, values)
        case _ if _NV <= function <= _NV + 5:
            yield from _shelf(settings, settings.graphics.nv, function - _NV, values)
        case _ if _DOWNLOADED <= function <= _DOWNLOADED + 5:
            yield from _shelf(
                settings, settings.graphics.downloaded, function - _DOWNLOADED, values
            )


def large_graphics(settings: Settings, parameters: Parameters) -> Iterable[Operation]:
    """GS 8 L: as GS ( L, with a length of four bytes; more than the memory takes is passed over."""
    name = parameters.byte()
    length = int.from_bytes(parameters.take(4), "little")
    if name != ord("L") or length > _LARGEST:
        settings.passed_over = length
        return []
    return list(graphics(settings, parameters.take(length)))


def _shelf(settings: Settings, shelf: Shelf, function: int, values: bytes) -> Iterable[Operation]:
    match function:
        case 0:
            yield Answer(b"\x37\x72\x40" + b"".join(shelf.pictures) + b"\x00")
        case 1 if values[:3] == b"CLR":
            shelf.pictures.clear()
        case 2:
            shelf.pictures.pop(values[:2], None)
        case 3 if len(values) > 8 and values[0] == _MONOCHROME:
            # A colour and its dots follow the size; this paper has one colour only.
            picture = _picture(values[4:8], values[9:])
            if picture:
                shelf.keep(values[1:3], picture)
        case 5 if len(values) == 4 and (picture := shelf.pictures.get(values[:2])):
            yield from settings.end_started_line()
            yield _raster(settings, picture, values[2], values[3])


def _to_buffer(settings: Settings, values: bytes) -> PrintRaster | None:
    if len(values) < 8 or values[0] != _MONOCHROME:
        return None
    picture = _picture(values[4:8], values[8:])
    return _raster(settings, picture, values[1], values[2]) if picture else None


def _picture(size: bytes, data: bytes) -> Picture | None:
    width, height = int.from_bytes(size[:2], "little"), int.from_bytes(size[2:], "little")
    width_bytes = (width + 7) // 8
    if not width or not height or len(data) < width_bytes * height:
        return None
    return Picture(width_bytes, data[: width_bytes * height])


def _raster(settings: Settings, picture: Picture, zoom_x: int, zoom_y: int) -> PrintRaster:
    zooms = (2 if zoom_x == 2 else 1, 2 if zoom_y == 2 else 1)
    return PrintRaster(
        picture.width_bytes, picture.data, settings.position, *zooms, margin=settings.left
    )


def _number(identifier: int, value: int) -> Answer:
    return Answer(bytes((0x37, identifier)) + str(value).encode() + b"\x00")


def _define_numbered(settings: Settings, parameters: Parameters) -> Iterable[Operation]:
    """FS q: replaces all numbered images; their dots are in columns from top to bottom."""
    pictures = []
    for _ in range(parameters.byte()):
        across, down = parameters.word(), parameters.word()
        if across * down * 8 > _LARGEST:
            settings.passed_over = across * down * 8
            return []
        pictures.append(_from_columns(parameters.take(across * 8 * down), down))
    settings.graphics.numbered = pictures
    return []


def _from_columns(data: bytes, column_bytes: int) -> Picture:
    columns = len(data) // column_bytes if column_bytes else 0
    width_bytes = (columns + 7) // 8
    rows = [bytearray(width_bytes) for _ in range(column_bytes * 8)]
    for column in range(columns):
        bits = int.from_bytes(data[column * column_bytes :][:column_bytes], "big")
        for row in range(len(rows)):
            if bits >> (len(rows) - 1 - row) & 1:
                rows[row][column >> 3] |= 0x80 >> (column & 7)
    return Picture(width_bytes, b"".join(rows))


def _print_numbered(settings: Settings, parameters: Parameters) -> Iterable[Operation]:
    """FS p: a number that is not defined prints nothing."""
    number, mode = parameters.take(2)
    if 1 <= number <= len(settings.graphics.numbered):
        yield from settings.end_started_line()
        picture = settings.graphics.numbered[number - 1]
        if picture.data:
            yield _raster(settings, picture, 1 + (mode & 1), 1 + (mode >> 1 & 1))


GRAPHICS_COMMANDS: dict[bytes, Command] = {
    b"\x1cq": _define_numbered,
    b"\x1cp": _print_numbered,
}
