"""Codec of the journal: serialisation of events, commands and moments, and parsing with validation.

Pure; the text of an event is canonical: one spelling each.
"""

import hashlib
from datetime import datetime
from functools import lru_cache
from json.encoder import encode_basestring
from typing import Annotated, Final

from pydantic import Field, TypeAdapter

from service_floor.queue.commands import Command
from service_floor.queue.events import Event
from service_floor.queue.floor import FloorEvent
from service_floor.zone import local

_events: TypeAdapter[FloorEvent] = TypeAdapter(Annotated[Event, Field(discriminator="kind")])
_commands: TypeAdapter[Command] = TypeAdapter(Annotated[Command, Field(discriminator="kind")])

GENESIS = "0" * 64
"""What stands for the hash before the first row."""
_FINGERPRINT: Final = 32


def event_text(event: FloorEvent) -> str:
    """The event as compact JSON, fields in the order of their declaration."""
    return _events.dump_json(event).decode()


def read_event(text: str) -> FloorEvent:
    """The event of a journal row; raises pydantic's ValidationError where this version cannot read it."""
    return _events.validate_json(text)


def command_hash(command: Command) -> str:
    """A fingerprint of what a request asks for: the first half of a SHA-256."""
    return hashlib.sha256(_commands.dump_json(command)).hexdigest()[:_FINGERPRINT]


@lru_cache(maxsize=1)
def moment_text(moment: datetime) -> str:
    """A moment on the centre's wall clock; as text it sorts as it happened.

    All that is written together has one moment.
    """
    return local(moment).isoformat(timespec="microseconds")


def read_moment(text: str) -> datetime:
    """The moment of a row."""
    return local(datetime.fromisoformat(text))


def row_hash(prev_hash: str, seq: int, *told: str) -> str:
    """The hash that ties a journal row to the one before: SHA-256 over the compact JSON array of
    `[prev_hash, seq, day, at, kind, device, body]`. Raises TypeError where one of the texts is not a string."""
    before, *texts = map(encode_basestring, (prev_hash, *told))
    return hashlib.sha256(f"[{before},{seq},{','.join(texts)}]".encode()).hexdigest()
