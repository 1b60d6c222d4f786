"""The bench `forms`: form 01 with twelve papers from values to PDF, and its paper at the longest real values.

The baseline is the bare engine on an empty A4 page, called as its documentation has it. `same fonts` is the engine with our
three fonts already loaded: what it costs to typeset nothing at all.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from statistics import median
from time import perf_counter, process_time
from typing import Final

import typst

from benchmarks.figures import Bar, Figure, Sheet
from benchmarks.forms.pages import cut_off, fonts_of, overlaps, pages_of, text_of, without_spaces
from benchmarks.place import Place
from config.forms.appointment import AppointmentForm
from config.forms.engine import FONTS
from config.forms.rendering import Paper, render
from config.forms.rendering import Sheet as PaperSheet
from config.forms.samples import RECEIVED, SAMPLE_DAY, longest_appointment, usual_appointment

ROUNDS: Final = 40
_PAPERS: Final[tuple[Paper, ...]] = ("a4", "a5")
_SETS: Final = (date(2025, 9, 14), date(2025, 9, 15))

BARS: Final[Mapping[str, Bar]] = {
    "form 01: CPU against the bare engine": Bar(at_most=4),
    "form 01: values to PDF": Bar(at_most=150),
    "form 01: size": Bar(at_most=100),
    "values not read back": Bar(at_most=0),
    "letters cut off or overlapping": Bar(at_most=0),
    "fonts not embedded": Bar(at_most=0),
}


async def measure(place: Place) -> tuple[Figure, ...]:
    """Render every form with values of its own: no page is found in a cache."""
    empty = place.folder / "empty.typ"
    empty.write_text('#set page(paper: "a4")\n', "utf-8")
    loaded = typst.Fonts(False, False, [FONTS])
    bare, _ = _cost(lambda _: typst.compile(empty))
    bare_loaded, _ = _cost(lambda _: typst.Compiler(empty, font_paths=loaded).compile())
    ours, seconds = _cost(lambda number: _pdf(_dossier(number)))
    place.say("reading the pages back")
    sheet = Sheet("forms", BARS)
    sheet.note("form 01: CPU against the bare engine", ours / bare, "x")
    sheet.note("form 01: CPU", ours, "ms", bare)
    sheet.note("form 01: CPU, same fonts", ours, "ms", bare_loaded)
    sheet.note("form 01: values to PDF", seconds, "ms")
    sheet.note("form 01: size", len(_pdf(usual_appointment())) / 1_000, "kB")
    papers = [pdf for pdf, _ in _longest()]
    sheet.note("values not read back", sum(_missing(*each) for each in _longest()), "")
    pages = [page for pdf in papers for page in pages_of(pdf)]
    wrong = sum(len(cut_off(page)) + len(overlaps(page[1])) for page in pages)
    sheet.note("letters cut off or overlapping", wrong, "")
    sheet.note("fonts not embedded", sum(not each for pdf in papers for each in fonts_of(pdf).values()), "")  # fmt: skip
    return sheet.figures()


def _dossier(number: int) -> AppointmentForm:
    code = f"H56.14-261120-{number:04}"
    return usual_appointment(
        dossier=code,
        tracking=f"https://dichvucong.gov.vn/?ma={code}",
        citizen=f"N. V. {number}",
    )


def _pdf(form: AppointmentForm, day: date = SAMPLE_DAY, paper: Paper = "a4") -> bytes:
    return render(form, day, RECEIVED, PaperSheet(paper, printed_for="05")).pdf


def _longest() -> Iterator[tuple[bytes, AppointmentForm]]:
    for form in (usual_appointment(), longest_appointment()):
        for day in _SETS:
            for paper in _PAPERS:
                yield _pdf(form, day, paper), form


def _missing(pdf: bytes, form: AppointmentForm) -> int:
    """Short values and rows that are not whole in the text; what runs over a page has its head in between."""
    text = without_spaces(text_of(pdf))
    values = (form.citizen, form.email, form.owner, form.officer, form.dossier, form.return_at)
    rows = (row.name for row in form.papers if len(row.name) < 300)
    return sum(without_spaces(each) not in text for each in (*values, *rows))


def _cost(work: Callable[[int], object]) -> tuple[float, float]:
    """Medians of processor time and of time on the clock, in milliseconds; the first round does not count."""
    cpu, wall = [], []
    for number in range(ROUNDS + 1):
        began, at = process_time(), perf_counter()
        work(number)
        cpu.append(process_time() - began)
        wall.append(perf_counter() - at)
    return median(cpu[1:]) * 1e3, median(wall[1:]) * 1e3
