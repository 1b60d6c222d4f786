"""Typesetting of one template by Typst: data in, PDF or pictures of the pages out.

The data reaches the template as one JSON text, so that no value is ever read as markup. Only the fonts that come along
are used, which makes a page the same on every machine.
"""

import re
from datetime import datetime
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, Final

import typst

from config.errors import Mistake, MistakeCode

FONTS: Final = Path(__file__).parent / "fonts"
_PLACE: Final = re.compile(r"┌─ (.+?):(\d+):\d+")
_LONGEST: Final = 300


class Output(StrEnum):
    """What is made of a form."""

    PDF = "pdf"
    ARCHIVE = "archive"
    """PDF/A-2u, tagged: for the files of a dossier."""
    PNG = "png"
    """A picture of each page, for previews."""


class TemplateError(Exception):
    """A template that cannot be typeset. Scenarios: wrong markup, a missing file or field, a value it did not expect."""

    def __init__(self, mistake: Mistake) -> None:
        super().__init__(mistake)
        self.mistake = mistake


def typeset(
    template: Path, data: str, now: datetime, output: Output = Output.PDF, ppi: int = 110
) -> tuple[bytes, ...]:
    """The document, or a picture of each page at `ppi` pixels per inch. `template` reads only its own folder."""
    options: dict[str, Any] = {"format": "png", "ppi": ppi}
    if output is not Output.PNG:
        is_archived = output is Output.ARCHIVE
        options = {
            "format": "pdf",
            "pdf_tags": is_archived,
            "timestamp": int(now.timestamp()),
        }
        options |= {"pdf_standards": "a-2u"} if is_archived else {}
    # The folder of the template holds no packages, and none is fetched: `own_templates` refuses what would ask for one.
    compiler = typst.Compiler(
        template,
        root=template.parent,
        font_paths=_fonts(),
        sys_inputs={"data": data},
        package_path=template.parent,
        package_cache_path=template.parent,
    )
    try:
        made = compiler.compile(**options)
    except typst.TypstError as error:
        raise TemplateError(_mistake(error, template)) from error
    pages = made if isinstance(made, list) else [made]
    return tuple(page for page in pages if page is not None)


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])


def _mistake(error: typst.TypstError, template: Path) -> Mistake:
    place = _PLACE.search(error.diagnostic)
    file, line = (Path(place[1]).name, int(place[2])) if place else (template.name, None)
    said = " ".join((error.message, *error.hints))[:_LONGEST]
    return Mistake(file, MistakeCode.TEMPLATE_BROKEN, said, line=line)
