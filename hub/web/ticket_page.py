"""Page of a citizen's ticket for a phone: this module decides the contents, the template only has places for them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from math import ceil

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from config.model import Installation
from hub.messages import TicketPlace
from plumbing.languages import LANGUAGES, OWN_NAMES
from plumbing.sentences import Sentences, load_sentences
from plumbing.spans import span
from service_floor.zone import local


@dataclass(frozen=True, slots=True)
class Signs:
    """How services and counters are called on the page, by id."""

    services: Mapping[str, str]
    counters: Mapping[str, str]


class TicketPages:
    """Renders the page in each language; parses texts and template once."""

    def __init__(self, signs: Mapping[str, Signs]) -> None:
        self._signs = signs
        self._template = _template()
        self._texts = {language: load_sentences("hub.web", language) for language in LANGUAGES}

    def ticket(self, language: str, place: TicketPlace, now: datetime) -> str:
        """The page of a ticket of today."""
        texts, signs, ticket = self._texts[language], self._signs[language], place.ticket
        service = signs.services.get(ticket.service, ticket.service)
        seconds = place.estimate_seconds
        estimate = None if seconds is None else span(texts, ceil(seconds / 60))
        counter = signs.counters.get(ticket.counter, ticket.counter) if ticket.counter else None
        facts = [
            (texts.say("counter"), counter),
            (texts.say("service"), service),
            (texts.say("ahead"), place.ahead),
            (texts.say("estimate"), estimate),
            (texts.say("updated"), f"{local(now):%H:%M:%S}"),
        ]
        return self._page(
            texts,
            mood=ticket.state,
            label=texts.say("your_number"),
            number=ticket.number,
            state=texts.say(f"state.{ticket.state}"),
            facts=[(name, str(value)) for name, value in facts if value is not None],
            note=texts.say("refresh"),
        )

    def notice(self, language: str, what: str) -> str:
        """The page without a ticket to show: `unknown` or `busy`."""
        texts = self._texts[language]
        return self._page(
            texts,
            mood=what,
            label=texts.say("title"),
            number="–",
            state=texts.say(f"{what}_title"),
            facts=(),
            note=texts.say(what),
        )

    def _page(self, texts: Sentences, *, facts: Iterable[tuple[str, str]], **words: str) -> str:
        language = texts.language
        others = {code: own for code, own in OWN_NAMES.items() if code != language}
        title = texts.say("title")
        return self._template.render(
            language=language, other_languages=others, title=title, facts=facts, **words
        )


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("hub.web", "pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        auto_reload=False,
    )
    return environment.get_template("ticket.html")


def pages_of(installation: Installation) -> TicketPages:
    """The pages of an installation, with its own names."""
    counters = {each.id: str(each.number) for each in installation.counters}
    return TicketPages(
        {
            language: Signs(
                {each.id: each.names.in_(language) for each in installation.services}, counters
            )
            for language in LANGUAGES
        }
    )
