"""The bench `printing`: what a ticket costs on the wire, how long it is encoded, how soon it begins, what a hung one
delays, whether every letter arrives, and whether a number ever stands on a paper that is not its own."""

import sqlite3
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from pathlib import Path
from statistics import median
from time import perf_counter, thread_time
from typing import Final

from PIL import Image, ImageDraw

from benchmarks.figures import Bar, Figure, Sheet, percentile
from benchmarks.long_list import ticket_behind_a_list
from benchmarks.place import BenchFailedError, Place
from benchmarks.printing.fault_figures import OFFENCES, note_faults, note_undisturbed
from benchmarks.printing.hung import healthy_ms
from benchmarks.printing.press import press_to_first_byte
from benchmarks.printing.reading import composed, is_told, printed
from benchmarks.printing.ticket import STRATEGIES, printer, ticket
from config.catalogue.importer import import_file
from config.catalogue.reading import read_procedures
from config.model.devices import TextStrategy
from drivers.escpos.encoder import encode
from drivers.escpos.text.fonts import noto_sans
from drivers.escpos.text.tcvn3 import PLAIN
from drivers.slip import Slip, Text

_TAIL: Final = "press to first byte: p99 against p50"
_BEHIND: Final = "ticket behind the longest list: first byte after it is out"
BARS: Final[Mapping[str, Bar]] = {
    "ticket, tcvn3": Bar(at_most=600),
    "ticket, tcvn3: wire at 9600 baud": Bar(at_most=0.65),
    "ticket, glyphs": Bar(at_most=2_200),
    "ticket, raster": Bar(at_most=22_000),
    **{f"encode, {text}: against Pillow": Bar(at_most=0.4) for text in STRATEGIES},
    _TAIL: Bar(at_most=4),
    "beside hung printers, status: p99 against without": Bar(at_most=3),
    "beside hung printers, print: p99 against without": Bar(at_most=3),
    **{f"lines not read back, {text}": Bar(at_most=0) for text in STRATEGIES},
    "long slips not read back, glyphs": Bar(at_most=0),
    **{f"faults: {what}": Bar(at_most=0) for what in OFFENCES},
    _BEHIND: Bar(at_most=2),
    "undisturbed: empty strips cut": Bar(at_most=0),
    "undisturbed: slips not whole on their own paper": Bar(at_most=0),
}
_LONG_SLIPS: Final = "long slips not read back, glyphs"
_LONG: Final = 30
"""Texts on a long slip."""

ENCODINGS: Final = 200
LONGEST_LIST_MM: Final = 2_000
"""The most that `longest_list_mm` may be."""
_BAUD: Final = 9600
_BITS: Final = 10
_AROUND_A_JOB: Final = 57
"""Bytes of a job around its slip: automatic status, process id, macro, cut, fence and four status requests."""

_WITHOUT_LETTER: Final = {0x2192: PLAIN[0x2192]}
"""Noto Sans has no arrow."""

_ROOT: Final = Path(__file__).resolve().parents[2]
_PUBLISHED: Final = _ROOT.parent / "shared" / "data" / "procedures.json"
_PROGRAMS: Final = ("centerfloor", "config", "counter_terminal", "hub", "kiosk", "queue_display")
_TEXTS: Final = ("texts/*.toml", "slips/*.toml")


async def measure(place: Place) -> tuple[Figure, ...]:
    """Sizes and times of the ticket, presses on a hub of its own, and every name and sentence read back."""
    sheet = Sheet("printing", BARS)
    _ticket(sheet)
    place.say("presses")
    pressed, answered = await press_to_first_byte(place.folder)
    floor = _commits_ms(place.folder / "floor.db")
    sheet.note("press to first byte: p50", median(pressed), "ms", floor)
    sheet.note("press to first byte: p99", percentile(pressed, 0.99), "ms", floor)
    sheet.note(_TAIL, percentile(pressed, 0.99) / median(pressed), "x")
    sheet.note("of it until the hub's answer: p50", median(answered), "ms")
    sheet.note("of it until the hub's answer: p99", percentile(answered, 0.99), "ms")
    place.say("a healthy printer beside two that hang")
    _delay(sheet)
    place.say("a ticket behind the longest list")
    behind = ticket_behind_a_list(place.folder / "list", LONGEST_LIST_MM)
    sheet.note("longest list: first byte", behind.list_begins * 1e3, "ms")
    late = behind.ticket_begins - behind.list_is_out
    sheet.note("longest list: until it is out", behind.list_is_out, "s", behind.paper)
    sheet.note(_BEHIND, late, "s")
    _fidelity(sheet, place)
    note_faults(sheet, place)
    note_undisturbed(sheet, place)
    return sheet.figures()


def _ticket(sheet: Sheet) -> None:
    slip = ticket()
    plain = _drawn_anew_ms(slip)
    for text in STRATEGIES:
        settings = printer(text)
        size = len(encode(slip, settings).data) + _AROUND_A_JOB
        sheet.note(f"ticket, {text}", size, "bytes")
        seconds = size * _BITS / _BAUD
        sheet.note(f"ticket, {text}: wire at 9600 baud", seconds, "s")
        times = list[float]()
        for _ in range(ENCODINGS):
            began = thread_time()
            encode(slip, settings)
            times.append((thread_time() - began) * 1e3)
        sheet.note(f"encode, {text}: median", median(times), "ms", plain)
        sheet.note(f"encode, {text}: against Pillow", median(times) / plain, "x")
        sheet.note(f"encode, {text}: p99", percentile(times, 0.99), "ms", plain)


def _delay(sheet: Sheet) -> None:
    alone, beside = healthy_ms()
    for call, without, with_them in (
        ("status", alone.status, beside.status),
        ("print", alone.print, beside.print),
    ):
        for name, share in (("p50", 0.5), ("p99", 0.99)):
            usual = percentile(without, share)
            later = max(0.0, percentile(with_them, share) - usual)
            sheet.note(f"beside hung printers, {call} later by: {name}", later, "ms", usual)
            if name == "p99":
                ratio = percentile(with_them, share) / usual
                sheet.note(f"beside hung printers, {call}: p99 against without", ratio, "x")


def _drawn_anew_ms(slip: Slip) -> float:
    """The baseline of encoding: Pillow draws the ticket's lines, each as one piece, as picture printing usually does."""
    times = list[float]()
    for _ in range(20):
        began = thread_time()
        for block in slip.blocks:
            if isinstance(block, Text):
                font = noto_sans(24 * block.scale, bold=block.bold)
                image = Image.new("L", (576, 48 * block.scale), 255)
                ImageDraw.Draw(image).text((0, 0), block.text, font=font, fill=0)
                image.convert("1").tobytes()
        times.append((thread_time() - began) * 1e3)
    return median(times)


def _commits_ms(database: Path) -> float:
    """The baseline of a press: three durable commits of bare SQLite, as hub and spool make for a ticket."""
    connection = sqlite3.connect(database, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("CREATE TABLE jobs (job TEXT)")
    times = list[float]()
    for _ in range(60):
        began = perf_counter()
        for _ in range(3):
            connection.execute("INSERT INTO jobs VALUES ('a ticket')")
        times.append((perf_counter() - began) * 1e3)
    connection.close()
    return median(times)


def _fidelity(sheet: Sheet, place: Place) -> None:
    names, sentences = list(_names(place)), sorted(set(_sentences()))
    if not names or not sentences:
        raise BenchFailedError("there are no names or sentences to print")
    place.say(f"{len(names)} names of procedures, {len(sentences)} sentences")
    texts = [text for text in map(composed, (*names, *sentences)) if text]
    alphabet = "".join(sorted({c for text in texts for c in text if not c.isascii()}))
    for text in STRATEGIES:
        unread = [line for line in texts if not _is_read_back(line, text, alphabet)]
        for line in unread[:5]:
            place.say(f"{text}: not read back: {line}")
        sheet.note(f"lines not read back, {text}", len(unread), f"of {len(texts)}")
    slips = [texts[at : at + _LONG] for at in range(0, len(texts), _LONG)]
    unread_slips = [lines for lines in slips if not _is_read_back_whole(lines, alphabet)]
    sheet.note(_LONG_SLIPS, len(unread_slips), f"of {len(slips)}")


def _is_read_back(line: str, text: TextStrategy, alphabet: str) -> bool:
    """Print a text on a slip of its own and read the slip, in a typewriter's punctuation where the page has no other sign."""
    data = encode(Slip("fidelity", (Text(line),)), printer(text)).data
    wanted = line.translate(PLAIN if text == "tcvn3" else _WITHOUT_LETTER)
    return is_told(wanted, list(printed(data, 80, alphabet)))


def _is_read_back_whole(lines: Sequence[str], alphabet: str) -> bool:
    """Print many texts on one slip by taught letters, more than the printer has room for, and read the slip."""
    data = encode(Slip("fidelity", tuple(map(Text, lines))), printer("glyphs")).data
    return is_told(" ".join(lines).translate(_WITHOUT_LETTER), list(printed(data, 80, alphabet)))


def _names(place: Place) -> Sequence[str]:
    """The names of the published list, where it lies beside the suite; of the catalogue that comes along elsewhere."""
    if _PUBLISHED.exists():
        found = import_file(_PUBLISHED, place.folder / "catalogue.json")
        return [procedure.name for procedure in found.procedures]
    return [procedure.name for procedure in read_procedures().procedures]


def _sentences() -> Iterator[str]:
    """Every string of every program's texts."""
    for program, pattern in product(_PROGRAMS, _TEXTS):
        for file in (_ROOT / program).rglob(pattern):
            yield from _strings(tomllib.loads(file.read_text(encoding="utf-8")))


def _strings(value: object) -> Iterator[str]:
    match value:
        case str():
            yield value
        case dict():
            for inner in value.values():
                yield from _strings(inner)
        case list():
            for inner in value:
                yield from _strings(inner)
        case _:
            pass
