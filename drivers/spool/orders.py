"""Orders of a technician: the command leaves them in the file, and the program that has the printer carries them out."""

from dataclasses import dataclass
from typing import Final

from drivers.spool.file import SpoolFile

REPRINT: Final = "reprint"
NEW_ROLL: Final = "paper-changed"
RESUME: Final = "resume"
CLEAR: Final = "clear"


@dataclass(frozen=True, slots=True)
class Order:
    """What a technician wants from the program, such as the reprint of a ticket; `subject` is its number or job id."""

    kind: str
    subject: str = ""


class OrderTable:
    """The queue of orders in a printer's file. Raises sqlite3.Error if the disk fails."""

    def __init__(self, file: SpoolFile) -> None:
        self._file = file

    def add(self, order: Order) -> None:
        """Queue an order."""
        self._file.change(
            "INSERT INTO orders (kind, subject) VALUES (?, ?)", order.kind, order.subject
        )

    def waiting(self) -> list[tuple[int, Order]]:
        """The queued orders with their places, oldest first."""
        rows = self._file.rows("SELECT place, kind, subject FROM orders ORDER BY place")
        return [(place, Order(kind, subject)) for place, kind, subject in rows]

    def remove(self, place: int) -> None:
        """Take an order out of the queue: it has been carried out."""
        self._file.change("DELETE FROM orders WHERE place = ?", place)
