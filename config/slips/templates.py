"""Choice of the slip template: the centre's own for its language and paper, or the default one; and names of forms."""

import tomllib
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from importlib import resources
from typing import Any, Final

from pydantic import TypeAdapter

from config.model.slips import SlipName, SlipTemplate
from plumbing.languages import LANGUAGES

_TEMPLATES: Final = TypeAdapter(tuple[SlipTemplate, ...])


@cache
def default_templates() -> tuple[SlipTemplate, ...]:
    """The templates that come along, in every language."""
    found: tuple[SlipTemplate, ...] = ()
    for language in LANGUAGES:
        raw = _read(f"{language}.toml")["slips"]
        found += _TEMPLATES.validate_python([slip | {"language": language} for slip in raw])
    return found


def template_for(
    own: Iterable[SlipTemplate], slip: SlipName, language: str, paper_mm: int
) -> SlipTemplate:
    """The centre's own template before the one that comes along, one for this very paper before one for both."""
    wanted = [t for t in (*own, *default_templates()) if t.slip == slip and t.language == language]
    fitting = [t for t in wanted if t.paper_mm in {None, paper_mm}]
    own_first = sorted(fitting, key=lambda t: (t in default_templates(), t.paper_mm is None))
    return own_first[0]


def form_name(slip: SlipName, day: date, language: str) -> str:
    """The name of a form as it is in force on a day."""
    sets: list[Mapping[str, Any]] = _read("forms.toml")["sets"]
    in_force = [names for names in sets if names["from"] <= day] or sets[:1]
    return str(in_force[-1][language][slip])


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(resources.files("config.slips").joinpath(name).read_text("utf-8"))
