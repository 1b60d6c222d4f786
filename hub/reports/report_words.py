"""Sentences, counts and shares of the fairness report in one language."""

from dataclasses import dataclass
from typing import Final

from plumbing.sentences import Sentences

LISTED: Final = 40
"""Limit of calls that the page lists; a spreadsheet has all."""


@dataclass(frozen=True, slots=True)
class ReportWords:
    """Sentences, counts and shares in the notation of one language."""

    sentences: Sentences

    def say(self, key: str, **data: object) -> str:
        """A sentence of the report."""
        return self.sentences.say(f"fairness.{key}", **data)

    def count(self, number: int) -> str:
        """A whole number with the language's thousands separator."""
        return f"{number:,}".replace(",", self.say("thousands"))

    def share(self, number: int, whole: int) -> str:
        """A percentage with one decimal."""
        return f"{100 * number / whole:.1f} %".replace(".", self.say("decimal"))

    def columns(self, *names: str) -> list[str]:
        """The headings of these columns."""
        return [self.say(f"column.{name}") for name in names]
