"""Spans of time in words: minutes, and above 90 of them hours and minutes, by the sentences of a program."""

from typing import Final

from plumbing.sentences import Sentences

MOST_MINUTES: Final = 90
"""The longest span that is said in minutes."""

_HOUR: Final = 60


def span(texts: Sentences, minutes: int) -> str:
    """So many minutes in words: 90 minutes, 2 hours, 6 hours 55 minutes."""
    if minutes <= MOST_MINUTES:
        return texts.say("span.minutes", minutes=minutes)
    hours, rest = divmod(minutes, _HOUR)
    if not rest:
        return texts.say("span.hours", hours=hours)
    return texts.say("span.hours_minutes", hours=hours, minutes=rest)
