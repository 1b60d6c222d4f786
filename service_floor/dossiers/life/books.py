"""Books: the key-value store of dossier records in which events are folded, as a protocol, and one of it in memory.

The hub's projection implements it over its database: a decision reads the few records that it needs, and no fold of all
dossiers happens at a start.
"""

from collections.abc import Iterable
from typing import Protocol, TypeVar, cast

from service_floor.dossiers.life.records import DossierLife


class BookRecord(Protocol):
    """A record with its key, unique among the records of its class."""

    @property
    def key(self) -> str:
        """The key."""


R = TypeVar("R", bound=BookRecord)


class Books(Protocol):
    """What decisions read and folds write."""

    def find(self, kind: type[R], key: str) -> R | None:
        """The record of this class and key."""

    def put(self, record: BookRecord) -> None:
        """Add a record, or replace the one with its key."""

    def without_slip(self) -> Iterable[str]:
        """The codes of the dossiers whose slip in force is not proven."""


class MemoryBooks:
    """Books in memory; two folds of the same events are equal."""

    def __init__(self) -> None:
        self.records: dict[tuple[str, str], BookRecord] = {}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, MemoryBooks) and self.records == other.records

    __hash__ = None  # type: ignore[assignment]  # records change, so there is no lasting hash

    def find(self, kind: type[R], key: str) -> R | None:
        """The record of this class and key."""
        return cast(R | None, self.records.get((kind.__name__, key)))

    def put(self, record: BookRecord) -> None:
        """Add a record, or replace the one with its key."""
        self.records[type(record).__name__, record.key] = record

    def without_slip(self) -> Iterable[str]:
        """The codes of the dossiers whose slip in force is not proven."""
        return [life.code for life in self.lives() if life.owes_slip]

    def lives(self) -> Iterable[DossierLife]:
        """Every dossier, oldest first."""
        return [record for record in self.records.values() if isinstance(record, DossierLife)]
