"""Learned abilities: which back-channel commands a printer answers, as its own answers have shown. Pure.

A command that was never answered while others were is absent from then on and not sent again; one that was ever
answered stays, and its silence is trouble. The notes outlive a connection: a composition root keeps them.
"""

from collections import Counter
from collections.abc import Callable
from enum import StrEnum
from typing import Final

TIMES_UNANSWERED: Final = 2
"""How often a command must stay unanswered before it counts as absent, where another cause is possible."""


def _ignore(_ability: "Ability") -> None:
    """The default callback for an absent command."""


class Ability(StrEnum):
    """A command that is answered by printers that have it."""

    REAL_TIME = "DLE EOT"
    IDENTITY = "GS ( H"
    FENCE = "GS r"


class Learned:
    """What one printer has answered so far. Used by the thread of the printer; `on_absent` is called once for a command."""

    def __init__(self) -> None:
        self.on_absent: Callable[[Ability], None] = _ignore
        self._answered: set[Ability] = set()
        self._absent: set[Ability] = set()
        self._missed: Counter[Ability] = Counter()

    @property
    def is_alive(self) -> bool:
        """Whether the printer has answered anything yet."""
        return bool(self._answered)

    def has(self, ability: Ability) -> bool:
        """Whether the command was answered at least once."""
        return ability in self._answered

    def lacks(self, ability: Ability) -> bool:
        """Whether the command is known to be absent."""
        return ability in self._absent

    def exclude(self, ability: Ability) -> None:
        """The configuration has it that the printer lacks the command."""
        self._absent.add(ability)

    def answered(self, *abilities: Ability) -> None:
        """An answer came: the printer has the command, whatever was noted before."""
        self._answered.update(abilities)
        self._absent.difference_update(abilities)

    def missed(self, *abilities: Ability, most: int) -> None:
        """No answer came though the printer was well; after `most` such times a command never answered is absent."""
        for ability in set(abilities) - self._answered - self._absent:
            self._missed[ability] += 1
            if self._missed[ability] >= most:
                self._absent.add(ability)
                self.on_absent(ability)
