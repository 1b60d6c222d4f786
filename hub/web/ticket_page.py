"""Page of a citizen's ticket for a phone: this module decides the contents, the template only has places for them."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from html import escape
from importlib.resources import files
from math import ceil
from string import Template
from typing import Any, Final

from config.model import Installation
from hub.messages import TicketPlace
from service_floor.zone import local

LANGUAGES: Final = ("vi", "en")


@dataclass(frozen=True, slots=True)
class Signs:
    """How services and counters are called on the page, by id."""

    services: Mapping[str, str]
    counters: Mapping[str, str]


class TicketPages:
    """Renders the page in each language; parses texts and template once."""

    def __init__(self, signs: Mapping[str, Signs]) -> None:
        here = files("hub.web")
        self._signs = signs
        self._template = Template((here / "pages" / "ticket.html").read_text("utf-8"))
        self._texts: dict[str, dict[str, Any]] = {
            language: tomllib.loads((here / "texts" / f"{language}.toml").read_text("utf-8"))
            for language in LANGUAGES
        }

    def ticket(self, language: str, place: TicketPlace, now: datetime) -> str:
        """The page of a ticket of today."""
        texts, signs, ticket = self._texts[language], self._signs[language], place.ticket
        service = signs.services.get(ticket.service, ticket.service)
        minutes = None if place.estimate_seconds is None else ceil(place.estimate_seconds / 60)
        counter = signs.counters.get(ticket.counter, ticket.counter) if ticket.counter else None
        facts = [
            (texts["counter"], counter),
            (texts["service"], service),
            (texts["ahead"], place.ahead),
            (texts["minutes"], minutes),
            (texts["updated"], f"{local(now):%H:%M:%S}"),
        ]
        return self._page(
            language,
            mood=ticket.state,
            label=texts["your_number"],
            number=ticket.number,
            state=texts["state"][ticket.state],
            facts=[(name, str(value)) for name, value in facts if value is not None],
            note=texts["refresh"],
        )

    def notice(self, language: str, what: str) -> str:
        """The page without a ticket to show: `unknown` or `busy`."""
        texts = self._texts[language]
        return self._page(
            language,
            mood=what,
            label=texts["title"],
            number="–",
            state=texts[f"{what}_title"],
            facts=(),
            note=texts[what],
        )

    def _page(self, language: str, *, facts: Iterable[tuple[str, str]], **words: str) -> str:
        texts = self._texts[language]
        rows = "\n".join(
            f"<div><dt>{escape(name)}</dt><dd>{escape(value)}</dd></div>" for name, value in facts
        )
        common = ("language", "other_language", "other_language_name", "title")
        places = {name: escape(texts[name]) for name in common}
        places |= {name: escape(word) for name, word in words.items()}
        return self._template.substitute(places, facts=rows)


def pages_of(installation: Installation) -> TicketPages:
    """The pages of an installation, with its own names."""
    counters = {each.id: str(each.number) for each in installation.counters}
    names = {
        "vi": {each.id: each.name for each in installation.services},
        "en": {each.id: each.name_en or each.name for each in installation.services},
    }
    return TicketPages({language: Signs(names[language], counters) for language in LANGUAGES})


def language_of(asked: str | None, accepted: str) -> str:
    """The language of a visitor: what the address asks for, else the browser's preference, else Vietnamese."""
    if asked in LANGUAGES:
        return asked
    for part in accepted.split(",")[:10]:
        language = part.split(";")[0].strip()[:2].lower()
        if language in LANGUAGES:
            return language
    return LANGUAGES[0]
