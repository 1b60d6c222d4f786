"""Type of the fixed texts that the views write themselves, by key; handed in by the composition root."""

from collections.abc import Callable

Words = Callable[[str], str]
"""The sentence of a key, such as `actions.finish`."""
