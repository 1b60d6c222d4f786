"""Type of the fixed texts that the views write themselves, by key; handed in by the composition root."""

from typing import Protocol


class Words(Protocol):
    """The sentence of a key, such as `actions.finish`, with its placeholders filled."""

    def __call__(self, key: str, /, **data: object) -> str: ...
