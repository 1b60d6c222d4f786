"""Handlers of ESC, FS and DLE commands: text, line spacing, justification."""

from collections.abc import Callable, Iterable
from dataclasses import fields

from drivers.simulators.printer.interpreter.operations import (
    CutPaper,
    Operation,
    PresentTickets,
    ReportChanges,
    Unknown,
)
from drivers.simulators.printer.interpreter.settings import (
    DEFAULT_FEED,
    Command,
    Parameters,
    Settings,
    ignore,
)

_MOST_TAB_STOPS = 33
_LETTER_BYTES = 3
_CLEAR_BUFFERS = 8


def _initialize(settings: Settings, _: Parameters) -> Iterable[Operation]:
    """ESC @: letters of ESC & and automatic status go too, NV graphics and macro stay."""
    fresh = Settings(settings.firmware, settings.graphics, settings.macro)
    for each in fields(Settings):
        setattr(settings, each.name, getattr(fresh, each.name))
    return [ReportChanges(0)]


def _set(change: Callable[[Settings, int], None]) -> Command:
    def setting(settings: Settings, parameters: Parameters) -> Iterable[Operation]:
        change(settings, parameters.byte())
        return []

    return setting


def _page(settings: Settings, value: int) -> None:
    settings.page = value


def _justify(settings: Settings, value: int) -> None:
    # Obeyed at the beginning of a line only; digits are allowed for numbers.
    if value & 0x0F in {0, 1, 2} and not settings.line:
        settings.position = value & 0x0F


def _bold(settings: Settings, value: int) -> None:
    settings.bold = bool(value & 1)


def _underline(settings: Settings, value: int) -> None:
    settings.underlined = value & 0x0F != 0


def _line_spacing(settings: Settings, value: int) -> None:
    settings.feed = settings.down(value)


def _print_mode(settings: Settings, value: int) -> None:
    settings.bold = bool(value & 0x08)
    settings.height = 2 if value & 0x10 else 1
    settings.width = 2 if value & 0x20 else 1
    settings.underlined = bool(value & 0x80)


def _default_spacing(settings: Settings, _: Parameters) -> Iterable[Operation]:
    settings.feed = DEFAULT_FEED
    return []


def _feed_lines(settings: Settings, parameters: Parameters) -> Iterable[Operation]:
    return settings.end_line(parameters.byte() * settings.feed)


def _feed_dots(settings: Settings, parameters: Parameters) -> Iterable[Operation]:
    return settings.end_line(settings.down(parameters.byte()))


def _tab_stops(_: Settings, parameters: Parameters) -> Iterable[Operation]:
    parameters.until(0, _MOST_TAB_STOPS)
    return []


def _column_picture(_: Settings, parameters: Parameters) -> Iterable[Operation]:
    mode, columns = parameters.byte(), parameters.word()
    parameters.take(columns * (3 if mode in {32, 33} else 1))
    return []


def _absolute_position(settings: Settings, parameters: Parameters) -> Iterable[Operation]:
    """ESC $."""
    settings.go_to(settings.across(parameters.word()))
    return []


def _relative_position(settings: Settings, parameters: Parameters) -> Iterable[Operation]:
    """ESC \\, with a sign."""
    dots = settings.across(int.from_bytes(parameters.take(2), "little", signed=True))
    settings.go_to(max(0, settings.start + settings.line_width() + dots))
    return []


def _own_letters(settings: Settings, parameters: Parameters) -> Iterable[Operation]:
    """ESC &: columns of `height` bytes for each code from `first` to `last`; those of other heights are not drawn."""
    height, first, last = parameters.take(3)
    letters = {}
    for code in range(first, last + 1):
        letters[code] = parameters.take(parameters.byte() * height)
    if height == _LETTER_BYTES and 0x20 <= first <= last <= 0x7E:
        settings.own_letters |= letters
    return []


def _use_own_letters(settings: Settings, value: int) -> None:
    settings.own_letters_on = bool(value & 1)


def _forget_own_letter(settings: Settings, value: int) -> None:
    settings.own_letters.pop(value, None)


def _kanji(on: bool) -> Command:
    def switching(settings: Settings, _: Parameters) -> Iterable[Operation]:
        settings.kanji = on
        return []

    return switching


def _real_time_rest(_: Settings, parameters: Parameters) -> Iterable[Operation]:
    parameters.take(7 if parameters.byte() == _CLEAR_BUFFERS else 2)
    return []


def _named_and_counted(prefix: str) -> Command:
    """Return a command that is passed over with its counted parameters, and reported."""

    def passed_over(_: Settings, parameters: Parameters) -> Iterable[Operation]:
        name = parameters.byte()
        parameters.take(parameters.word())
        return [Unknown(f"{prefix} 28 {name:02x}")]

    return passed_over


def _cut(*, is_full: bool) -> Command:
    """ESC i and ESC m, the older cuts without a feed."""

    def cutting(settings: Settings, _: Parameters) -> Iterable[Operation]:
        if settings.line and settings.firmware.cuts_at_line_start:
            return [Unknown(f"1b {'69' if is_full else '6d'} within a line")]
        return [*settings.end_started_line(), CutPaper(is_full)]

    return cutting


def _present(settings: Settings, parameters: Parameters) -> Iterable[Operation]:
    """FS P: how far a ticket is presented, blinking, E or R for what happens to it when its seconds are over, the seconds."""
    _, _, then, seconds = parameters.take(4)
    if not settings.firmware.has_presenter:
        return [Unknown("1c 50")]
    return [PresentTickets(seconds, then == ord("R"))]


TEXT_COMMANDS: dict[bytes, Command] = {
    b"\x1b@": _initialize,
    b"\x1b!": _set(_print_mode),
    b"\x1bt": _set(_page),
    b"\x1ba": _set(_justify),
    b"\x1bE": _set(_bold),
    b"\x1bG": _set(_bold),
    b"\x1b-": _set(_underline),
    b"\x1b3": _set(_line_spacing),
    b"\x1b2": _default_spacing,
    b"\x1bd": _feed_lines,
    b"\x1bJ": _feed_dots,
    b"\x1bD": _tab_stops,
    b"\x1b*": _column_picture,
    b"\x1b(": _named_and_counted("1b"),
    b"\x1bi": _cut(is_full=True),
    b"\x1bm": _cut(is_full=False),
    b"\x1b$": _absolute_position,
    b"\x1b\\": _relative_position,
    b"\x1b&": _own_letters,
    b"\x1b%": _set(_use_own_letters),
    b"\x1b?": _set(_forget_own_letter),
    **dict.fromkeys((b"\x1b<", b"\x1bL", b"\x1bS", b"\x1b\x0c", b"\x1ci"), ignore(0)),
    **{b"\x1b" + name: ignore(1) for name in (b" ", b"=", b"M", b"R", b"T", b"V", b"{")},
    **{b"\x1b" + name: ignore(2) for name in (b"c", b"B")},
    b"\x1bp": ignore(3),
    b"\x1bW": ignore(8),
    b"\x1c.": _kanji(False),
    b"\x1c&": _kanji(True),
    b"\x1c(": _named_and_counted("1c"),
    b"\x1cP": _present,
    **{b"\x1c" + name: ignore(1) for name in (b"!", b"-", b"C", b"W")},
    b"\x1cS": ignore(2),
    b"\x10\x04": ignore(1),  # answered on arrival
    b"\x10\x05": ignore(1),
    b"\x10\x14": _real_time_rest,
}
