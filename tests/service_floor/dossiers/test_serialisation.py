"""Events, commands and records as JSON: what a journal, a wire and a table keep of them comes back equal."""

from functools import cache
from random import Random
from typing import Annotated

import pytest
from pydantic import Field, TypeAdapter

from service_floor.dossiers.rules import DossierCommands, DossierEvents
from tests.service_floor.dossiers.test_any_life import AnyLife

EVENTS = TypeAdapter(Annotated[DossierEvents, Field(discriminator="kind")])
COMMANDS = TypeAdapter(Annotated[DossierCommands, Field(discriminator="kind")])
SEEDS = range(4)


@cache
def record_adapter(kind: type) -> TypeAdapter[object]:
    return TypeAdapter(kind)


def lived(seed: int) -> AnyLife:
    life = AnyLife()
    life.walk(Random(seed), 60)
    return life


@pytest.mark.slow
def test_everything_that_happened_is_read_back_from_json() -> None:
    kinds = set()
    for life in map(lived, SEEDS):
        for event, _ in life.office.events:
            assert EVENTS.validate_json(EVENTS.dump_json(event)) == event
            kinds.add(event.kind)
        for command in life.commands(Random(1)):
            assert COMMANDS.validate_json(COMMANDS.dump_json(command)) == command
        for record in life.office.books.records.values():
            adapter = record_adapter(type(record))
            assert adapter.validate_json(adapter.dump_json(record)) == record
    assert len(kinds) > 15
