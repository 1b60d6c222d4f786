"""Keeps what the hub has answered, to count at the end whether a number was given twice or a ticket called twice or lost."""

import sqlite3
from collections import Counter
from collections.abc import Hashable, Iterable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass(slots=True)
class Witness:
    """One for all rounds on one hub."""

    tickets: list[dict[str, Any]] = field(default_factory=list)
    calls: list[dict[str, Any]] = field(default_factory=list)

    def duplicate_numbers(self) -> int:
        """Tickets with the number of another ticket of the same day."""
        return _surplus((ticket["issued_at"][:10], ticket["number"]) for ticket in self.tickets)

    def double_calls(self) -> int:
        """Answers to call_next with a ticket that another answer already had."""
        return _surplus(call["ticket"]["id"] for call in self.calls)

    def not_in_journal(self, database: Path) -> int:
        """Acknowledged tickets and calls of which the journal knows nothing."""
        with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as store:
            told = store.execute(
                "SELECT kind, json_extract(body, '$.ticket') FROM journal"
                " WHERE kind IN ('ticket_issued', 'ticket_called')"
            )
            known = set(told)
        heard = {("ticket_issued", ticket["id"]) for ticket in self.tickets}
        heard |= {("ticket_called", call["ticket"]["id"]) for call in self.calls}
        return len(heard - known)


def _surplus(keys: Iterable[Hashable]) -> int:
    return sum(count - 1 for count in Counter(keys).values())
