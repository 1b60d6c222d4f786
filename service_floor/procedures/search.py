"""Full-text search for procedures: parses a question into words, without accents, with everyday words, mistyped, half
typed. Pure and in memory."""

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from service_floor.procedures.model import Level, Procedure
from service_floor.procedures.synonyms import Synonyms
from service_floor.procedures.vocabulary import Pair, Term, Vocabulary
from service_floor.procedures.words import Word, words

LONGEST_QUESTION: Final = 200
_MOST_WORDS: Final = 16

# How much a word of the question counts, by where it stands in a procedure and how it is written there.
_NAME, _FIELD, _RESULT = 1.0, 0.45, 0.35
_OTHER_ACCENTS: Final = 0.75
_IDLE: Final = 0.15
_PAIR: Final = 0.6

# A procedure must answer this part of the question, by weight of its words.
_ENOUGH: Final = 0.45
# Of two equal answers the shorter name, then the procedure nearer to the citizen, is meant.
_BREVITY: Final = 0.35
_NARROWER: Final = 0.95
# A match by the table of everyday words is surer than words that happen to stand in a name.
_OFFICIAL: Final = 1.1
_NEAR: Final = {Level.COMMUNE: 0.04, Level.PROVINCE: 0.02}


@dataclass(frozen=True, slots=True)
class Match:
    """A procedure that answers a question. Scores compare the answers to one question, nothing else."""

    procedure: Procedure
    score: float


class ProcedureIndex:
    """The words of a list of procedures. It does not change once it is built."""

    def __init__(self, procedures: Sequence[Procedure], synonyms: Synonyms | None = None) -> None:
        self._procedures = tuple(procedures)
        self._synonyms = synonyms or Synonyms()
        self._postings: dict[str, dict[int, float]] = defaultdict(dict)
        self._written: dict[str, set[int]] = defaultdict(set)
        self._pairs: dict[Pair, set[int]] = defaultdict(set)
        names = [self._take(place, entry) for place, entry in enumerate(self._procedures)]
        self._narrow = [
            self._narrowed(word.folded for word in words(entry.name)) for entry in self._procedures
        ]
        self._rarity = {word: self._how_rare(places) for word, places in self._postings.items()}
        self._lengths = [sum(self._rarity[word] for word in name) for name in names]
        self._vocabulary = Vocabulary(
            self._postings,
            {pair: len(places) for pair, places in self._pairs.items()},
            self._synonyms.is_idle,
        )

    def search(self, question: str, limit: int = 10) -> tuple[Match, ...]:
        """The best matches first; none where no procedure answers enough of the question."""
        asked = words(question[:LONGEST_QUESTION])[:_MOST_WORDS]
        half_typed = not question[-1:].isspace()
        best: dict[int, float] = {}
        for reading, trust in self._readings(asked).items():
            own = half_typed and reading[-1:] == asked[-1:]
            said = self._narrowed(word.folded for word in reading)
            for place, score in self._scores(reading, half_typed=own).items():
                trusted = score * trust * _NARROWER ** len(self._narrow[place] - said)
                best[place] = max(trusted, best.get(place, 0.0))
        ranked = sorted(best.items(), key=lambda item: (-item[1], self._procedures[item[0]].code))
        return tuple(Match(self._procedures[place], score) for place, score in ranked[:limit])

    def _readings(self, asked: tuple[Word, ...]) -> dict[tuple[Word, ...], float]:
        """What may have been asked, and how far it is trusted: as typed, as spelled, in the words of the catalogue."""
        spelled = dict.fromkeys((asked, self._vocabulary.respelled(asked)), 1.0)
        official = (reading for said in spelled for reading in self._synonyms.readings(said))
        return dict.fromkeys(official, _OFFICIAL) | spelled

    def _take(self, place: int, entry: Procedure) -> frozenset[str]:
        """Note the words of one procedure; the words of its name are handed back."""
        name = words(entry.name)
        for text, weight in (
            *((result, _RESULT) for result in entry.results),
            (entry.field, _FIELD),
            (entry.name, _NAME),
        ):
            said = words(text)
            for word in said:
                self._postings[word.folded][place] = weight
                if word.written:
                    self._written[word.written].add(place)
            if weight != _RESULT:
                for one, other in pairwise(said):
                    self._pairs[one.folded, other.folded].add(place)
        return frozenset(word.folded for word in name)

    def _narrowed(self, said: Iterable[str]) -> frozenset[tuple[str, ...]]:
        """The narrowing phrases that stand in a row of words."""
        text = f" {' '.join(said)} "
        return frozenset(
            phrase for phrase in self._synonyms.narrowing if f" {' '.join(phrase)} " in text
        )

    def _scores(self, reading: Sequence[Word], *, half_typed: bool) -> dict[int, float]:
        terms = [
            self._vocabulary.terms(reading, at, half_typed=half_typed) for at in range(len(reading))
        ]
        weights = [
            self._weight(word, options) for word, options in zip(reading, terms, strict=True)
        ]
        answered: dict[int, float] = defaultdict(float)
        for options, weight in zip(terms, weights, strict=True):
            for place, share in self._answered(options).items():
                answered[place] += share * weight
        total = sum(weights)
        for (one, other), (left, right) in zip(pairwise(reading), pairwise(terms), strict=True):
            if self._synonyms.is_idle(one) or self._synonyms.is_idle(other):
                continue
            weight, shares = self._together(left, right)
            total += weight
            for place, share in shares.items():
                answered[place] += share * weight
        return {
            place: self._score(place, got / total)
            for place, got in answered.items()
            if got >= _ENOUGH * total
        }

    def _score(self, place: int, answered: float) -> float:
        brevity = 1 / (1 + self._lengths[place] / 20)
        near = max((_NEAR.get(level, 0.0) for level in self._procedures[place].levels), default=0.0)
        return answered * (1 + _BREVITY * brevity) + near

    def _weight(self, word: Word, options: Sequence[Term]) -> float:
        """Weight of a word of the question: rare words weigh more, unknown ones something, idle ones little."""
        known = [self._rarity[term.folded] for term in options[:1]]
        weight = known[0] if known else math.log(1 + len(self._procedures)) / 2
        return weight * (_IDLE if self._synonyms.is_idle(word) else 1)

    def _answered(self, options: Sequence[Term]) -> Mapping[int, float]:
        """How well each procedure answers one word of the question, from 0 to 1."""
        best: dict[int, float] = {}
        for term in options:
            exact = self._written.get(term.written, set()) if term.written else None
            for place, weight in self._postings[term.folded].items():
                share = weight * term.weight
                if exact is not None and place not in exact:
                    share *= _OTHER_ACCENTS
                if share > best.get(place, 0.0):
                    best[place] = share
        return best

    def _together(
        self, left: Sequence[Term], right: Sequence[Term]
    ) -> tuple[float, Mapping[int, float]]:
        """Weight of two words that stand together, and how well each procedure has them so."""
        weight = 0.0
        best: dict[int, float] = {}
        for first in left:
            for second in right:
                places = self._pairs.get((first.folded, second.folded))
                if not places:
                    continue
                share = first.weight * second.weight
                weight = max(weight, share * _PAIR * self._how_rare(places))
                for place in places:
                    best[place] = max(share, best.get(place, 0.0))
        return weight, best

    def _how_rare(self, places: Collection[int]) -> float:
        return math.log(1 + len(self._procedures) / len(places))
