"""Spelling correction and completion of search words from the catalogue's vocabulary."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Final

from rapidfuzz.distance import OSA

from service_floor.procedures.words import Word, retyped, sounding_alike

Pair = tuple[str, str]

# Weights of words that only resemble a word of the question.
_MISTYPED: Final = 0.7
_SOUNDS_ALIKE: Final = 0.6
_HALF_TYPED: Final = 0.6
_MOST_COMPLETIONS: Final = 40
_LONG_ENOUGH: Final = 4


@dataclass(frozen=True, slots=True)
class Term:
    """A word to look up for a word of the question."""

    folded: str
    written: str
    weight: float


class Vocabulary:
    """Words without accents, how often two of them stand side by side, and which words are never corrected."""

    def __init__(
        self, known: Iterable[str], pairs: Mapping[Pair, int], is_settled: Callable[[Word], bool]
    ) -> None:
        self._sorted = sorted(known)
        self._known = frozenset(self._sorted)
        self._pairs = pairs
        self._is_settled = is_settled
        self._by_length: dict[int, list[str]] = defaultdict(list)
        for word in self._sorted:
            self._by_length[len(word)].append(word)

    def terms(self, reading: Sequence[Word], at: int, *, half_typed: bool) -> list[Term]:
        """Terms to look up for one word: itself, corrections if it is unknown or never beside its neighbours, completions."""
        word = reading[at]
        terms = [Term(word.folded, word.written, 1.0)] if word.folded in self._known else []
        if not terms or self._stands_oddly(reading, at):
            terms += self._meant(word)
        if half_typed and at == len(reading) - 1:
            terms += self._completed(reading, at)
        return terms

    def respelled(self, reading: Sequence[Word]) -> tuple[Word, ...]:
        """The question with each unknown or misplaced word replaced by the correction seen most often beside its neighbours."""
        row = list(reading)
        for at, word in enumerate(reading):
            if word.folded in self._known and not self._stands_oddly(row, at):
                continue
            meant = [Word(term.folded, term.written) for term in self._meant(word)]
            likely = max(
                meant, key=lambda other: self._company(row, at, other.folded), default=word
            )
            if self._company(row, at, likely.folded):
                row[at] = likely
        return tuple(row)

    def _meant(self, word: Word) -> Iterator[Term]:
        if self._is_settled(word):
            return
        keyed = [other for other in retyped(word) if other.folded in self._known]
        if keyed and word.folded not in self._known:
            yield Term(keyed[0].folded, keyed[0].written, 1.0)
            return
        for alike in sounding_alike(word.folded):
            if alike in self._known:
                yield Term(alike, "", _SOUNDS_ALIKE)
        for length in range(len(word.folded) - 1, len(word.folded) + 2):
            for other in self._by_length.get(length, ()):
                if _is_slip(word.folded, other):
                    yield Term(other, "", _MISTYPED)

    def _completed(self, reading: Sequence[Word], at: int) -> Iterator[Term]:
        """Completions of the word; those common beside the word before come first."""
        begun = reading[at].folded
        start = bisect_left(self._sorted, begun)
        longer = takewhile(lambda other: other.startswith(begun), self._sorted[start:])
        others = sorted(
            (other for other in longer if other != begun),
            key=lambda other: -self._company(reading, at, other),
        )
        for other in others[:_MOST_COMPLETIONS]:
            yield Term(other, "", _HALF_TYPED)

    def _stands_oddly(self, reading: Sequence[Word], at: int) -> bool:
        """Whether the catalogue never has the word beside a neighbour that it has in the question."""
        return len(reading) > 1 and not self._company(reading, at, reading[at].folded)

    def _company(self, reading: Sequence[Word], at: int, folded: str) -> int:
        """How often the catalogue has a word beside the neighbours of a place."""
        before = self._pairs.get((reading[at - 1].folded, folded), 0) if at else 0
        last = at + 1 == len(reading)
        return before + (0 if last else self._pairs.get((folded, reading[at + 1].folded), 0))


def _is_slip(typed: str, meant: str) -> bool:
    """Whether the words are one typing error apart; for short words only transpositions count."""
    if len(typed) < _LONG_ENOUGH and sorted(typed) != sorted(meant):
        return False
    return OSA.distance(typed, meant, score_cutoff=1) == 1
