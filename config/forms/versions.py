"""Versions of templates: which file of a form is in force on a day, shipped or the centre's own.

A template is named FORM.YYYY-MM-DD.typ, by the day from which it counts. The newest one that counts already is taken;
of two of one day, the centre's own.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

from config.forms.appointment import AppointmentForm
from config.forms.values import FormValues

FORMS: Final[dict[str, type[FormValues]]] = {each.form: each for each in (AppointmentForm,)}
"""Every form by the name that its templates have."""

SHIPPED: Final = Path(__file__).parent / "templates"
_NAMED: Final = re.compile(r"([a-z][a-z-]*)\.(\d{4}-\d{2}-\d{2})\.typ")


@dataclass(frozen=True, slots=True)
class Template:
    """A template of a form and the day from which it counts."""

    form: str
    since: date
    file: Path
    is_own: bool = False


def template_named(file: Path, *, is_own: bool) -> Template | None:
    """The template that a file is by its name; None for any other name."""
    named = _NAMED.fullmatch(file.name)
    if named is None or named[1] not in FORMS:
        return None
    try:
        since = date.fromisoformat(named[2])
    except ValueError:
        return None
    return Template(named[1], since, file, is_own)


@cache
def shipped_templates() -> tuple[Template, ...]:
    """The templates that come along."""
    found = (template_named(file, is_own=False) for file in sorted(SHIPPED.glob("*.typ")))
    return tuple(template for template in found if template is not None)


def template_in_force(form: str, day: date, own: Iterable[Template] = ()) -> Template:
    """The template of a form for papers of a day; before the first one's day, the first shipped one."""
    every = [each for each in (*shipped_templates(), *own) if each.form == form]
    begun = [each for each in every if each.since <= day]
    if not begun:
        return min((each for each in every if not each.is_own), key=lambda each: each.since)
    return max(begun, key=lambda each: (each.since, each.is_own))
