"""Template rendering for the console: templates and sentences to HTML. All values are escaped; a template decides
nothing."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, partial
from typing import Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.responses import HTMLResponse, Response

from config.model import Installation
from hub.accounts.audit_log import origin_of
from hub.reports.columns import clock
from hub.reports.names import Names
from plumbing.languages import LANGUAGES, OWN_NAMES
from plumbing.sentences import Sentences, load_sentences
from plumbing.spans import span
from service_floor.vietnamese.formats import short_date
from service_floor.zone import local

HEADERS: Final = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
    # With `no-referrer` a browser would not send `Origin` with a form either.
    "Referrer-Policy": "same-origin",
}
"""Headers of every answer of the console, in addition to those of all pages of the hub."""


@dataclass(frozen=True, slots=True)
class Wording:
    """One language: sentences, and the centre's own names."""

    sentences: Sentences
    report: Sentences
    names: Names
    cancel_reasons: Mapping[str, str]
    centre: str

    def say(self, key: str, /, **data: object) -> str:
        """A sentence of the console."""
        return self.sentences.say(key, **data)

    def person(self, by: str) -> str:
        """The actor of an entry of the audit log."""
        way, who = origin_of(by)
        return self.names.officer(who) if way == "account" else self.say(f"person.{way}", who=who)

    def conditions(self, codes: Iterable[str]) -> str:
        """The conditions of a printer."""
        return ", ".join(self.say(f"condition.{code}") for code in codes)

    def refusal(self, code: str, data: Mapping[str, str | int]) -> str:
        """A refusal of the floor as a sentence, with the centre's names."""
        shown = {key: self._shown(key, str(value)) for key, value in data.items()}
        return self.sentences.say_code("refusal", code, shown)

    def _shown(self, field: str, value: str) -> str:
        match field:
            case "service":
                return self.names.service(value)
            case "counter":
                return self.names.counter(value)
            case "officer":
                return self.names.officer(value)
            case "priority":
                return self.names.priority(value)
            case "state" | "per":
                return self.sentences.say_code(field, value, {})
        return value


class Rendering:
    """Parses texts and compiles templates before the first request."""

    def __init__(self, installation: Installation, alarms: Callable[[], object] = object) -> None:
        _environment()
        self._alarms = alarms
        self.wordings: Mapping[str, Wording] = {
            language: _wording(installation, language) for language in LANGUAGES
        }

    def page(self, template: str, language: str, status: int = 200, **values: Any) -> Response:
        """A page in a language."""
        return HTMLResponse(self.text(template, language, **values), status, HEADERS)

    def text(self, template: str, language: str, **values: Any) -> str:
        """The page as text."""
        wording = self.wordings[language]
        return (
            _environment()
            .get_template(template)
            .render(
                say=wording.say,
                count=partial(_count, wording),
                span=partial(span, wording.sentences),
                names=wording.names,
                wording=wording,
                language=language,
                alarms=self._alarms(),
                other_languages={k: v for k, v in OWN_NAMES.items() if k != language},
                **values,
            )
        )


@cache
def _environment() -> Environment:
    """All templates, compiled and cached: that takes a tenth of a second, and is the same for every hub of a
    process."""
    environment = Environment(
        loader=PackageLoader("hub.web.console"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters.update(_FILTERS)
    for template in environment.list_templates():
        environment.get_template(template)
    return environment


def _wording(installation: Installation, language: str) -> Wording:
    centre = installation.centre
    return Wording(
        sentences=load_sentences("hub.web.console", language),
        report=load_sentences("hub.reports", language),
        names=Names.of(installation, language),
        cancel_reasons={each.id: each.names.in_(language) for each in installation.reasons.cancel},
        centre=centre.names.in_(language),
    )


def _count(wording: Wording, number: int) -> str:
    return f"{number:,}".replace(",", wording.report.say("fairness.thousands"))


def _second(moment: datetime) -> str:
    return f"{local(moment):%H:%M:%S}"


def _minute(moment: datetime) -> str:
    return f"{local(moment):%H:%M}"


def _moment(moment: datetime) -> str:
    return f"{_minute(moment)} {short_date(moment)}"


def _when(when: datetime | date) -> str:
    """The date, and the time where the source has one."""
    return _moment(when) if isinstance(when, datetime) else short_date(when)


_FILTERS: Final[Mapping[str, Callable[..., str]]] = {
    "clock": _second,
    "short_clock": _minute,
    "day": short_date,
    "moment": _moment,
    "when": _when,
    "duration": clock,
}
