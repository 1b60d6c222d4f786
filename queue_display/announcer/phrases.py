"""Announcement texts: a call in the words of the loudspeaker. Pure. Digits are never passed to an engine, which would misread them."""

from collections.abc import Callable
from dataclasses import dataclass

from hub.messages import CallView
from plumbing.languages import HOUSE_LANGUAGE, LANGUAGES
from plumbing.sentences import Sentences
from service_floor.vietnamese.numbers import cardinal, ticket_words


@dataclass(frozen=True, slots=True)
class Phrasebook:
    """The sentences of one language with its words for ticket numbers and counters."""

    sentences: Sentences
    spell: Callable[[str], str]
    count: Callable[[int], str]

    def words(self, call: CallView, counter: int, *, short: bool = False) -> str:
        """The announcement of `call` to the counter with this number; `short` when others wait for the loudspeaker."""
        return self.sentences.say(
            f"announcement.{_kind(call, short=short)}",
            number=self.spell(call.number),
            counter=self.count(counter),
            attempt=self.count(call.attempt),
        )


def _kind(call: CallView, *, short: bool) -> str:
    if short:
        return "short"
    attempt = "again" if call.attempt > 1 else "first"
    return f"{attempt}_priority" if call.priority else attempt


def language_of(voice: str) -> str:
    """The language of an espeak-ng voice: `vi`, `vi-vn-x-south`, `en-gb` …"""
    language = voice.split("-")[0]
    return language if language in LANGUAGES else HOUSE_LANGUAGE


def phrasebook(sentences: Sentences) -> Phrasebook:
    """The phrasebook of the sentences' language."""
    if sentences.language != HOUSE_LANGUAGE:
        return Phrasebook(sentences, " ".join, str)
    return Phrasebook(sentences, lambda number: " ".join(ticket_words(number)), cardinal)
