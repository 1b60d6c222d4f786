"""Codec of kept requests, the cache by which a retry gets its first answer: compression, lookup keys, moments. Pure.

An answer is 500 to 700 bytes of JSON, of which about 80 differ from one answer to the next. A retry gets it byte for byte.
"""

import zlib
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from typing import Final

from service_floor.zone import local

_KEY_BYTES: Final = 8
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)

# A raw deflate stream: no header and no checksum, the database has its own. 2 KiB of window hold dictionary and answer; a
# larger window or more memory costs several times the processor time and saves nothing (measured on a day's answers).
_WINDOW_BITS: Final = -11
_LEVEL: Final = 6
_MEMORY_LEVEL: Final = 5

# Stored answers can be read only with the dictionary they were written with: a new one needs a schema step. What is most
# frequent stands last, where references to it are shortest.
_DICTIONARY: Final = (
    b'"lease":"","service":"","day":"2026-","numbers":["A001","A002"]"reprint":{"outcome":"'
    b'"session":"morning""session":"afternoon""offline":true"priority":"elderly""slip":"printed""slip":"failed"'
    b'"slip":"unknown""parked_until":"2026-"next_services":["'
    b'"ok":false,"result":{},"error":{"code":"nobody_waiting","data":{"counter":"c1"}}'
    b'"state":"no_show""state":"parked""state":"cancelled""state":"finished""state":"serving""state":"called"'
    b'{"t":"answer","req":"","ok":true,"result":{"ticket":{"id":"","number":"A000","state":"waiting","service":"",'
    b'"counter":null,"next_services":[],"priority":null,"priority_confirmed":null,"issued_at":"2026-12-01T08:+07:00",'
    b'"arrived_at":"2026-12-01T08:+07:00","calls":1,"called_at":null,"started_at":null,"parked_until":null,"slip":"",'
    b'"offline":false},"call":"","ahead":0,"estimate_seconds":0,"session":"all-day"},"error":null,"replayed":false}'
)


def lookup_key(device: str, req: str) -> int:
    """The signed 64-bit number by which a request is found: its index is a third of one of both texts."""
    digest = blake2b(f"{device}\0{req}".encode(), digest_size=_KEY_BYTES).digest()
    return int.from_bytes(digest, "big", signed=True)


def microseconds(moment: datetime) -> int:
    """A moment as microseconds since 1970."""
    return (moment - _EPOCH) // _MICROSECOND


def moment_of(at: int) -> datetime:
    """The moment of a number of microseconds, on the centre's wall clock."""
    return local(_EPOCH + at * _MICROSECOND)


def pack_answer(answer: str, device: str, req: str, at: datetime) -> bytes:
    """Compress an answer against what all have in common and what stands beside it in its row."""
    words = _dictionary(device, req, at)
    stream = zlib.compressobj(
        _LEVEL, zlib.DEFLATED, _WINDOW_BITS, _MEMORY_LEVEL, zlib.Z_DEFAULT_STRATEGY, words
    )
    return stream.compress(answer.encode()) + stream.flush()


def unpack_answer(packed: bytes, device: str, req: str, at: int) -> str:
    """The answer of a row. Raises ValueError if the row was altered."""
    stream = zlib.decompressobj(_WINDOW_BITS, _dictionary(device, req, moment_of(at)))
    try:
        return (stream.decompress(packed) + stream.flush()).decode()
    except zlib.error as problem:
        raise ValueError(f"kept answer of {device} to {req}: {problem}") from problem


def _dictionary(device: str, req: str, at: datetime) -> bytes:
    moment = local(at).isoformat(timespec="microseconds")
    return _DICTIONARY + f'"{device}"{moment}","req":"{req}"'.encode()
