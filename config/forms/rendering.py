"""Renders a form: value object in, PDF or page pictures out, by the template that is in force on a day.

A centre's own template that cannot be used is replaced by the shipped one, and named with its line.
"""

import json
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Final, Literal

from config.errors import Mistake
from config.forms.engine import Output, TemplateError, typeset
from config.forms.modules import barcode_modules, qr_modules
from config.forms.own_templates import OwnTemplates, read_own_templates
from config.forms.values import FormValues
from config.forms.versions import Template, template_in_force
from config.forms.worker import TypesetJob, typeset_limited
from config.slips.templates import form_name
from plumbing.languages import HOUSE_LANGUAGE

Paper = Literal["a4", "a5"]
_LONGEST_FOOT: Final = 80
"""More letters than fit on two lines of a foot."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """On which paper, as what, and what stands at the foot: for which counter it is printed."""

    paper: Paper = "a4"
    output: Output = Output.PDF
    printed_for: str = ""
    ppi: int = 110


@dataclass(frozen=True, slots=True)
class Rendering:
    """The document, or a picture of each page; the template used, and what was wrong with others."""

    pages: tuple[bytes, ...]
    template: Template
    mistakes: tuple[Mistake, ...] = ()

    @property
    def pdf(self) -> bytes:
        """The document of an output that is one."""
        return self.pages[0]


def render(
    values: FormValues, day: date, now: datetime, sheet: Sheet = Sheet(), own: Path | None = None
) -> Rendering:
    """Typeset the form as it is in force on `day`; `own` is the folder of the centre's templates."""
    found = OwnTemplates() if own is None else read_own_templates(own)
    template = template_in_force(values.form, day, found.templates)
    job = typeset_job(template, values, day, now, sheet)
    if not template.is_own:
        return Rendering(_typeset(job), template, found.mistakes)
    try:
        return Rendering(typeset_limited(job), template, found.mistakes)
    except TemplateError as error:
        shipped = template_in_force(values.form, day)
        pages = _typeset(replace(job, template=shipped.file))
        return Rendering(pages, shipped, (*found.mistakes, error.mistake))


def typeset_job(
    template: Template, values: FormValues, day: date, now: datetime, sheet: Sheet
) -> TypesetJob:
    """The job of the engine for one form."""
    return TypesetJob(template.file, _data(values, day, sheet), now, sheet.output, sheet.ppi)


def _typeset(job: TypesetJob) -> tuple[bytes, ...]:
    try:
        return typeset(job.template, job.data, job.now, job.output, job.ppi)
    except TemplateError:
        # PDF/A takes no letter that the fonts lack, such as a name in Chinese: the paper matters more than its kind.
        return typeset(job.template, job.data, job.now, Output.PDF, job.ppi)


def _data(values: FormValues, day: date, sheet: Sheet) -> str:
    data = {
        "form": values.as_template_data(),
        "title": form_name(values.form, day, HOUSE_LANGUAGE),
        "paper": sheet.paper,
        "printed_for": sheet.printed_for[:_LONGEST_FOOT],
        "barcode": barcode_modules(values.dossier),
        "qr": qr_modules(values.tracking),
    }
    return json.dumps(data, ensure_ascii=False)
