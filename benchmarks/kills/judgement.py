"""Holds what was acknowledged and what the boards show against the journal that was left, folded here once more."""

import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hub.client import Mirror
from hub.database.answers import unpack_answer
from hub.database.storage import open_store
from hub.floor.floor_views import call_view, counter_view, ticket_view
from hub.journal.codec import read_event, read_moment
from hub.messages import Answer
from hub.upkeep.verification import verify
from service_floor.queue.floor import Floor


@dataclass(frozen=True, slots=True)
class Wrongs:
    """What must not happen, counted."""

    lost: int = 0
    duplicates: int = 0
    double_calls: int = 0
    unlike_boards: int = 0
    chain_breaks: int = 0

    def __add__(self, other: "Wrongs") -> "Wrongs":
        return Wrongs(
            self.lost + other.lost,
            self.duplicates + other.duplicates,
            self.double_calls + other.double_calls,
            self.unlike_boards + other.unlike_boards,
            self.chain_breaks + other.chain_breaks,
        )


def lost(answers: Mapping[tuple[str, str], Answer], database: Path) -> int:
    """Answers that the database does not keep as they were given, repeats apart."""
    with closing(_reading(database)) as store:
        rows = store.execute("SELECT answer, req, at, device FROM requests")
        kept = {(device, req): unpack_answer(packed, req, at) for packed, req, at, device in rows}
    return sum(
        key not in kept or Answer.model_validate_json(kept[key]) != _first(answer)
        for key, answer in answers.items()
    )


def double_calls(database: Path) -> int:
    """Tickets that the journal calls more than once; on this floor there are no recalls."""
    with closing(_reading(database)) as store:
        called = store.execute(
            "SELECT count(*), count(DISTINCT json_extract(body, '$.ticket')) FROM journal"
            " WHERE kind = 'ticket_called'"
        )
        calls, tickets = called.fetchone()
    surplus: int = calls - tickets
    return surplus


def unlike_boards(mirrors: Iterable[Mirror], database: Path) -> int:
    """Boards that show anything else than what the journal holds."""
    truth = folded(database)
    expected = {
        "tickets": {ticket.id: ticket_view(ticket) for ticket in truth.unfinished()},
        "counters": {counter: counter_view(truth, counter) for counter in truth.desks},
    }
    return sum(not _alike(mirror, truth, expected) for mirror in mirrors)


def chain_breaks(database: Path) -> int:
    """Whether the chain of the journal is broken anywhere."""
    engine = open_store(f"sqlite:///{database}")
    try:
        return int(verify(engine).broken is not None)
    finally:
        engine.dispose()


def folded(database: Path) -> Floor:
    """The floor of the whole journal, read past the hub's own reader."""
    floor = Floor()
    with closing(_reading(database)) as store:
        for at, body in store.execute("SELECT at, body FROM journal ORDER BY seq"):
            floor.fold(read_event(body), read_moment(at))
    return floor


def _alike(mirror: Mirror, truth: Floor, expected: Mapping[str, Any]) -> bool:
    seated = {name: view for name, view in mirror.counters.items() if name in truth.desks}
    figures = {name: (view.waiting, view.issued) for name, view in mirror.services.items()}
    counted = {name: (truth.waiting_count(name), truth.issued(name)) for name in mirror.services}
    calls = {name: call_view(truth, truth.calls[name]) for name in mirror.calls}
    return (
        mirror.tickets == expected["tickets"]
        and seated == expected["counters"]
        and figures == counted
        and mirror.calls == calls
        and set(calls) == set(list(truth.calls)[-len(calls) :])
    )


def _first(answer: Answer) -> Answer:
    return answer.model_copy(update={"replayed": False})


def _reading(database: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{database}?mode=ro", uri=True)
