"""Validation of slip templates: unknown placeholders, wrong braces, and words too wide for the paper."""

from collections.abc import Iterator, Mapping

from config.checks.devices import printers_of
from config.checks.references import repeated
from config.errors import Mistake, MistakeCode
from config.findings import shown
from config.model import Installation
from config.model.printers import abilities, is_width_unknown, model_names
from config.model.slips import (
    ColumnsBlock,
    EachBlock,
    PlainBlock,
    SlipTemplate,
    TemplateSyntaxError,
    TextBlock,
    placeholders_in,
    wordings,
)
from config.shape import nearest
from config.slips.placeholders import contents

_COLUMNS: Mapping[int, int] = {58: 32, 80: 48}


def check_slips(installation: Installation) -> Iterator[Mistake]:
    """Every template of the installation, for the narrowest paper that it is meant for."""
    places = [
        (f"slips[{i}]", (template.slip, template.language, template.paper_mm))
        for i, template in enumerate(installation.slips)
    ]
    for path, other, value in repeated(places):
        yield Mistake(path, MistakeCode.DUPLICATE, shown(str(value)), other=other)
    for i, template in enumerate(installation.slips):
        yield from check_template(f"slips[{i}]", template, _columns(installation, template))


def check_template(path: str, template: SlipTemplate, columns: int) -> Iterator[Mistake]:
    """Every mistake in one template on paper of so many letters."""
    known = contents()[template.slip]
    samples = known.samples()
    for i, block in enumerate(template.blocks):
        place = f"{path}.blocks[{i}]"
        yield from _conditions(place, block, samples)
        if not isinstance(block, EachBlock):
            yield from _wordings(place, block, samples, columns)
            continue
        if block.of not in known.lists:
            lists = tuple(known.lists)
            guess = nearest(block.of, lists)
            found, code = shown(block.of), MistakeCode.UNKNOWN_PLACEHOLDER
            yield Mistake(f"{place}.of", code, found, lists, guess)
            continue
        entry = known.sample_lists()[block.of][0]
        for j, inner in enumerate(block.blocks):
            yield from _conditions(f"{place}.blocks[{j}]", inner, samples | entry)
            yield from _wordings(f"{place}.blocks[{j}]", inner, samples | entry, columns)


def _columns(installation: Installation, template: SlipTemplate) -> int:
    """Letters across the narrowest paper of this centre that the template may go to; 58 mm without a printer."""
    if template.paper_mm:
        return _COLUMNS[template.paper_mm]
    known = model_names()
    printers = (
        printer
        for _, printer in printers_of(installation)
        if (printer.facts or printer.model in known) and not is_width_unknown(printer)
    )
    return min((abilities(printer).columns for printer in printers), default=_COLUMNS[58])


def _conditions(
    place: str, block: PlainBlock | EachBlock, samples: Mapping[str, str]
) -> Iterator[Mistake]:
    for key in ("when", "unless"):
        name = getattr(block, key)
        if name and name not in samples:
            yield _unknown(f"{place}.{key}", name, samples)


def _wordings(
    place: str, block: PlainBlock, samples: Mapping[str, str], columns: int
) -> Iterator[Mistake]:
    mistakes = list[Mistake]()
    for key, wording in wordings(block).items():
        try:
            names = placeholders_in(wording)
        except TemplateSyntaxError:
            mistakes.append(Mistake(f"{place}.{key}", MistakeCode.TEMPLATE_SYNTAX, shown(wording)))
            continue
        unknown = (name for name in names if name not in samples)
        mistakes += [_unknown(f"{place}.{key}", name, samples) for name in unknown]
    yield from mistakes or _widths(place, block, samples, columns)


def _unknown(place: str, name: str, samples: Mapping[str, str]) -> Mistake:
    known = tuple(sorted(samples))
    found = shown(name)
    return Mistake(place, MistakeCode.UNKNOWN_PLACEHOLDER, found, known, nearest(name, known))


def _widths(
    place: str, block: PlainBlock, samples: Mapping[str, str], columns: int
) -> Iterator[Mistake]:
    """Fixed words at their size, and columns filled with the examples; what is filled in may shrink or wrap."""
    if isinstance(block, TextBlock):
        words = block.say.format_map(dict.fromkeys(samples, " ")).split()
        widest = max(words, key=len, default="")
        if len(widest) * block.size > columns:
            yield _too_wide(f"{place}.say", widest, len(widest) * block.size, columns)
    elif isinstance(block, ColumnsBlock):
        left, right = block.left.format_map(samples), block.right.format_map(samples)
        if len(left) + 1 + len(right) > columns:
            width = len(left) + 1 + len(right)
            yield _too_wide(place, f"{left} {right}", width, columns)


def _too_wide(place: str, text: str, width: int, columns: int) -> Mistake:
    found, allowed = shown(text), (str(columns),)
    return Mistake(place, MistakeCode.TOO_WIDE_FOR_PAPER, found, allowed, other=str(width))
