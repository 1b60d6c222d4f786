"""Codec of kept requests, the cache by which a retry gets its first answer: compression, lookup keys, moments. Pure.

An answer is 500 to 700 bytes of JSON, of which about 80 differ from one answer to the next. A retry gets it byte for byte.
"""

import zlib
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from hashlib import blake2b
from typing import Final

from service_floor.zone import local

_KEY_BYTES: Final = 8
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)

# A raw deflate stream: no header and no checksum, the database has its own. Measured on a day's answers, higher levels and more
# memory cost up to twelve times the processor time and save two bytes of 76.
_WINDOW_BITS: Final = -11
_LEVEL: Final = 2
_MEMORY_LEVEL: Final = 4

# What stands beside the answer in its row is replaced by characters that JSON never holds unescaped.
_REQ: Final = "\1"
_AT: Final = "\2"

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


@lru_cache(maxsize=1_024)  # asked twice: to find a request, and to keep its answer
def lookup_key(device: str, req: str) -> int:
    """The signed 64-bit number by which a request is found: its index is a third of one of both texts."""
    digest = blake2b(f"{device}\0{req}".encode(), digest_size=_KEY_BYTES).digest()
    return int.from_bytes(digest, "big", signed=True)


@lru_cache(maxsize=1)
def microseconds(moment: datetime) -> int:
    """A moment as microseconds since 1970. All answers of a commit have the same."""
    return (moment - _EPOCH) // _MICROSECOND


def moment_of(at: int) -> datetime:
    """The moment of a number of microseconds, on the centre's wall clock."""
    return local(_EPOCH + at * _MICROSECOND)


def pack_answer(answer: str, req: str, at: datetime) -> bytes:
    """Compress the JSON of an answer; request id and moment stand beside it. Raises ValueError for text that is not JSON."""
    if _REQ in answer or _AT in answer:
        raise ValueError("an answer with control characters is not JSON")
    stream = _empty.copy()
    text = answer.replace(req, _REQ, 1).replace(_moment_text(at), _AT)
    return stream.compress(text.encode()) + stream.flush()


def unpack_answer(packed: bytes, req: str, at: int) -> str:
    """The answer of a row. Raises ValueError if the row was altered."""
    stream = zlib.decompressobj(_WINDOW_BITS, _DICTIONARY)
    try:
        text = (stream.decompress(packed) + stream.flush()).decode()
    except zlib.error as problem:
        raise ValueError(f"kept answer to {req}: {problem}") from problem
    return text.replace(_AT, _moment_text(moment_of(at))).replace(_REQ, req, 1)


@lru_cache(maxsize=1)
def _moment_text(at: datetime) -> str:
    """A moment as answers write it. All answers of a commit have the same."""
    return local(at).isoformat(timespec="microseconds")


# Copying a stream that has read the dictionary costs less than reading it again.
_empty = zlib.compressobj(
    _LEVEL, zlib.DEFLATED, _WINDOW_BITS, _MEMORY_LEVEL, zlib.Z_DEFAULT_STRATEGY, _DICTIONARY
)
