"""Trial of a centre's own templates: each is typeset with every sample, before a citizen's form meets its mistakes."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from config.errors import Mistake
from config.forms.engine import TemplateError
from config.forms.own_templates import read_own_templates
from config.forms.rendering import Sheet, typeset_job
from config.forms.samples import SAMPLES
from config.forms.versions import Template
from config.forms.worker import typeset_limited


def mistakes_in_templates(folder: Path, now: datetime) -> tuple[Mistake, ...]:
    """What is wrong with the templates of a folder: at a look, or with one of the samples."""
    found = read_own_templates(folder)
    return (*found.mistakes, *(each for one in found.templates for each in _tried(one, now)))


def _tried(template: Template, now: datetime) -> Iterator[Mistake]:
    """The first mistake that a sample brings up."""
    for sample in SAMPLES[template.form].values():
        try:
            typeset_limited(typeset_job(template, sample(), template.since, now, Sheet()))
        except TemplateError as error:
            yield error.mistake
            return
