"""A centre's own templates, read from its folder. A file that reaches beyond the folder, or asks for a package of the
network, is refused with its line."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from config.errors import Mistake, MistakeCode
from config.forms.versions import FORMS, Template, template_named

MOST_FILES: Final = 200
MOST_BYTES: Final = 1_000_000
_LOADS: Final = re.compile(r"(?<![\w-])(?:import|include)(?![\w-])")
_OF_THE_FOLDER: Final = re.compile(r'[ \t]*"[^"@\\\n]*\.typ"')
# `eval`, also by way of its module, makes code out of text, which no look at the file can judge.
_MAKES_CODE: Final = re.compile(r"(?<![\w-])(?:eval|std)(?![\w-])")


@dataclass(frozen=True, slots=True)
class OwnTemplates:
    """The templates that may be used, and what is wrong with the others."""

    templates: tuple[Template, ...] = ()
    mistakes: tuple[Mistake, ...] = ()


def read_own_templates(folder: Path) -> OwnTemplates:
    """Look at every file of the folder. A mistake in a file that templates share keeps all of them from being used."""
    files = sorted(each for each in folder.rglob("*") if each.is_symlink() or each.is_file())
    if not folder.is_dir():
        return OwnTemplates(mistakes=(Mistake(str(folder), MistakeCode.FORMS_FOLDER_MISSING),))
    if len(files) > MOST_FILES:
        found = Mistake(str(folder), MistakeCode.LIST_LENGTH, str(len(files)), (f"≤ {MOST_FILES}",))
        return OwnTemplates(mistakes=(found,))
    templates, mistakes, is_shared_wrong = list[Template](), list[Mistake](), False
    for file in files:
        template = template_named(file, is_own=True) if file.parent == folder else None
        wrong = tuple(_mistakes(file, folder, template))
        mistakes += wrong
        if template is not None and not wrong:
            templates.append(template)
        is_shared_wrong |= template is None and bool(wrong)
    return OwnTemplates(() if is_shared_wrong else tuple(templates), tuple(mistakes))


def _mistakes(file: Path, folder: Path, template: Template | None) -> Iterator[Mistake]:
    name = str(file.relative_to(folder))
    if not file.resolve().is_relative_to(folder.resolve()):
        yield Mistake(name, MistakeCode.TEMPLATE_REACHES_OUT, "→ " + str(file.resolve()))
        return
    if file.suffix != ".typ":
        return
    if template is None and ("." in file.stem or file.stem in FORMS):
        forms = tuple(f"{form}.2025-09-15.typ" for form in FORMS)
        yield Mistake(name, MistakeCode.TEMPLATE_NAME, file.name, forms)
    try:
        with file.open("rb") as opened:
            content = opened.read(MOST_BYTES + 1)
        if len(content) > MOST_BYTES:
            yield Mistake(name, MistakeCode.TOO_LARGE, allowed=(f"≤ {MOST_BYTES}",))
            return
        text = content.decode()
    except OSError as error:
        yield Mistake(name, MistakeCode.UNREADABLE, error.strerror or "")
    except UnicodeDecodeError:
        yield Mistake(name, MistakeCode.NOT_UTF8)
    else:
        yield from _forbidden(name, text)


def _forbidden(name: str, text: str) -> Iterator[Mistake]:
    for found in _LOADS.finditer(text):
        if not _OF_THE_FOLDER.match(text, found.end()):
            yield _reaches_out(name, text, found)
    for found in _MAKES_CODE.finditer(text):
        yield _reaches_out(name, text, found)


def _reaches_out(name: str, text: str, found: re.Match[str]) -> Mistake:
    line = text.count("\n", 0, found.start()) + 1
    rest = text[found.start() :].partition("\n")[0][:60]
    return Mistake(name, MistakeCode.TEMPLATE_REACHES_OUT, rest, line=line)
