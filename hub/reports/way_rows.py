"""The judged ways in and out of the queue as rows for people, and compressed for the cache."""

import zlib
from collections.abc import Iterable, Iterator
from typing import Final

from pydantic import TypeAdapter

from service_floor.queue.audit.ways import Ground, JudgedWay

_PACKING: Final = 6

_ways: TypeAdapter[JudgedWay] = TypeAdapter(JudgedWay)


def pack_ways(ways: Iterable[JudgedWay]) -> bytes:
    """Compress ways."""
    return zlib.compress(b"\n".join(map(_ways.dump_json, ways)), _PACKING)


def unpack_ways(packed: bytes) -> Iterator[JudgedWay]:
    """The ways that were packed."""
    lines = zlib.decompress(packed)
    return map(_ways.validate_json, lines.split(b"\n")) if lines else iter(())


def worth_a_look(ways: Iterable[JudgedWay]) -> list[JudgedWay]:
    """What is not plainly by rule: first what has no explanation, then what has a reason or a note."""
    looked = [each for each in ways if each.ground is not Ground.RULE or each.is_noted]
    return sorted(looked, key=lambda each: each.ground is not Ground.UNEXPLAINED)
