"""Synonyms for search: everyday phrases of citizens, the official phrases of the catalogue, and stop words.

The words are data.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from service_floor.procedures.words import Word, words

Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Saying:
    """A phrase that people use, and the official phrases that it may mean."""

    said: str
    meant: tuple[str, ...]


class Synonyms:
    """Turns a question into the questions that it may mean."""

    def __init__(
        self,
        sayings: Iterable[Saying] = (),
        idle: Iterable[str] = (),
        narrowing: Iterable[str] = (),
    ) -> None:
        self._meant: dict[Phrase, tuple[tuple[Word, ...], ...]] = {}
        for saying in sayings:
            said = tuple(word.folded for word in words(saying.said))
            meant = tuple(words(phrase) for phrase in saying.meant)
            self._meant[said] = (*self._meant.get(said, ()), *meant)
        self._longest = max(map(len, self._meant), default=0)
        self.narrowing = tuple(tuple(word.folded for word in words(it)) for it in narrowing)
        spoken = [word for phrase in idle for word in words(phrase)]
        self._idle = frozenset(word.folded for word in spoken)
        self._idle_written = frozenset(word.written for word in spoken)

    def is_idle(self, word: Word) -> bool:
        """Whether a word of a question is a stop word; accents, where it has some, must be those of the table."""
        return word.folded in self._idle and word.written in {"", *self._idle_written}

    def readings(self, question: tuple[Word, ...], most: int = 6) -> tuple[tuple[Word, ...], ...]:
        """The question as asked, then with official words in the place of everyday ones; the longest phrases count."""
        readings: list[tuple[Word, ...]] = [()]
        at = 0
        while at < len(question):
            length, meant = self._phrase_at(question, at)
            readings = [reading + other for reading in readings for other in meant][:most]
            at += length
        return tuple(dict.fromkeys((question, *readings)))

    def _phrase_at(
        self, question: tuple[Word, ...], at: int
    ) -> tuple[int, tuple[tuple[Word, ...], ...]]:
        for length in range(min(self._longest, len(question) - at), 0, -1):
            said = tuple(word.folded for word in question[at : at + length])
            if said in self._meant:
                return length, self._meant[said]
        return 1, (question[at : at + 1],)
