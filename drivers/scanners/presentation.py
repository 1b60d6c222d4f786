"""Debouncing of scans: one presentation of a paper is one scan, whichever of its codes are seen in whatever order.

Paper is held before a scanner longer than reading takes, and carries several codes. What a text is worth comes from the
place that reads (`Appraisal`): the most useful code counts, a lesser one beside it is dropped without a word, and where
two different ones are equally useful the scan names both.
"""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Final

from drivers.protocols import Appraisal, Scan, Worth

SAME_CODE_SECONDS: Final = 2.0
"""A code seen again within this time is the same presentation of the same paper."""


@dataclass(frozen=True, slots=True)
class Patience:
    """Times (s) of one kind of scanner.

    `hold`: how long a code that is not of the best kind waits for a better one. `beside`: codes seen within this time are
    on one paper. `same_paper`: how long a code may be unseen while another of its paper stays in sight.
    """

    hold: float
    beside: float
    same_paper: float


GUN: Final = Patience(hold=0.3, beside=0.6, same_paper=SAME_CODE_SECONDS)
"""One code at a time; a hand needs longer than `beside` from one paper to the next."""

CAMERA: Final = Patience(hold=2.0, beside=SAME_CODE_SECONDS, same_paper=6.0)
"""Looks all the time, and reads some codes only in one picture of many."""

_GONE_SECONDS: Final = 0.4
_TOGETHER_SECONDS: Final = 0.6


@dataclass(slots=True)
class _Sighting:
    scan: Scan
    worth: Worth
    first: float
    last: float
    waiting: bool
    moved: bool = False
    absorbed_by: str = ""


class Presentation:
    """What is in sight of one scanner, by its meaning. `see` takes what was read, `take` gives what is to be handed over."""

    def __init__(
        self,
        appraise: Appraisal,
        patience: Patience = GUN,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._appraise = appraise
        self._patience = patience
        self._clock = clock
        self._in_sight: dict[str, _Sighting] = {}

    @property
    def is_waiting(self) -> bool:
        """Whether a code waits for a better one beside it."""
        return any(each.waiting for each in self._in_sight.values())

    @property
    def seconds_left(self) -> float | None:
        """How long until `take` gives what waits; None where nothing does."""
        firsts = [each.first for each in self._in_sight.values() if each.waiting]
        return max(0.0, min(firsts) + self._patience.hold - self._clock()) if firsts else None

    def see(self, scans: Iterable[Scan], *, still: bool | None = None) -> None:
        """Take what one look has read. `still`: whether a camera's picture has changed, None for other scanners.

        In a picture that does not change everything is still there, also what this look has not read.
        """
        now = self._clock()
        for each in self._in_sight.values():
            each.moved = each.moved or still is not True
            if not each.moved:
                each.last = now
        self._drop_gone(now)
        for scan in scans:
            worth = self._appraise(scan.text)
            known = self._in_sight.get(worth.meaning)
            if known is None:
                self._in_sight[worth.meaning] = self._sighting(scan, worth, now)
            else:
                known.last, known.moved = now, False
        self._revive(now)

    def take(self, *, settled: bool = False) -> Scan | None:
        """The scan to hand over now, once; `settled`: nothing better is to be expected."""
        waiting = [each for each in self._in_sight.values() if each.waiting]
        if not waiting:
            return None
        now = self._clock()
        rank = max(each.worth.rank for each in waiting)
        best = [each for each in waiting if each.worth.rank == rank]
        gone = now - max(each.last for each in waiting) >= _GONE_SECONDS
        held = now - min(each.first for each in waiting) >= self._patience.hold
        if not (settled or gone or held or any(each.worth.is_best for each in best)):
            return None
        rivals = self._rivals(best[0])
        for each in (*waiting, *rivals):
            each.waiting, each.absorbed_by = False, best[0].worth.meaning
        best[0].absorbed_by = rivals[0].worth.meaning if rivals else ""
        return replace(best[0].scan, rivals=tuple(each.scan.text for each in rivals))

    def _sighting(self, scan: Scan, worth: Worth, now: float) -> _Sighting:
        better = [
            each.worth.meaning
            for each in self._in_sight.values()
            if each.worth.rank > worth.rank
            and not each.waiting
            and now - each.last <= self._patience.beside
        ]
        return _Sighting(scan, worth, now, now, waiting=not better, absorbed_by="".join(better[:1]))

    def _rivals(self, chosen: _Sighting) -> tuple[_Sighting, ...]:
        """Other codes that are as useful, and in sight together with this one."""
        return tuple(
            each
            for each in self._in_sight.values()
            if each is not chosen
            and each.worth.is_useful
            and each.worth.rank == chosen.worth.rank
            and chosen.first - each.last <= _TOGETHER_SECONDS
        )

    def _drop_gone(self, now: float) -> None:
        """Forget what left."""
        seen = [each for each in self._in_sight.values() if now - each.last < SAME_CODE_SECONDS]
        limit = self._patience.same_paper if seen else SAME_CODE_SECONDS
        self._in_sight = {
            meaning: each
            for meaning, each in self._in_sight.items()
            if each.waiting or now - each.last < limit
        }

    def _revive(self, now: float) -> None:
        """A useful code that stays in sight when the one before it has left is the next paper."""
        for each in self._in_sight.values():
            before = self._in_sight.get(each.absorbed_by)
            if before is None or not each.worth.is_useful:
                continue
            if each.last - before.last >= SAME_CODE_SECONDS:
                each.absorbed_by, each.waiting, each.first = "", True, now
