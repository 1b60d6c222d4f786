"""Sample values of forms, for previews and for trying a template: usual ones, the longest that are real, and none."""

import tomllib
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import cache
from importlib import resources
from typing import Any, Final

from config.forms.appointment import AppointmentForm
from config.forms.values import FormValues
from service_floor.zone import ZONE

RECEIVED: Final = datetime(2026, 11, 20, 8, 15, tzinfo=ZONE)
SAMPLE_DAY: Final[date] = RECEIVED.date()


def usual_appointment(count: int = 12, **more: Any) -> AppointmentForm:
    """A dossier with so many papers; `more` replaces single values."""
    texts = _texts("appointment")
    return AppointmentForm.model_validate(texts["usual"] | {"papers": _papers(count)} | more)


def longest_appointment(letters: int = 4_706, count: int = 40) -> AppointmentForm:
    """As long as people and published procedures have it: a procedure of 1,094 letters, a paper of 4,706."""
    texts = _texts("appointment")
    long_paper = {"name": _repeated(texts["long_paper"], letters), "originals": 1}
    values: dict[str, Any] = texts["longest"] | {"papers": [long_paper, *_papers(count)]}
    values["request"] = _repeated(texts["long_request"], 1_094)
    return usual_appointment(**values)


SAMPLES: Final[Mapping[str, Mapping[str, Callable[[], FormValues]]]] = {
    AppointmentForm.form: {
        "usual": usual_appointment,
        "longest": longest_appointment,
        "blank": AppointmentForm,
    }
}
"""The samples of each form."""


def _papers(count: int) -> list[dict[str, Any]]:
    name = _texts("appointment")["paper"]
    return [{"name": f"{name} {i}", "originals": 1, "copies": i} for i in range(1, count + 1)]


def _repeated(text: str, letters: int) -> str:
    return (text * (letters // len(text) + 1))[:letters]


@cache
def _texts(form: str) -> dict[str, Any]:
    source = resources.files("config.forms").joinpath("samples.toml").read_text("utf-8")
    texts: dict[str, Any] = tomllib.loads(source)[form]
    return texts
