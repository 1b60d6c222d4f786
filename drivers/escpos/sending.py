"""Writing of one job while the printer is listened to: one that reports by itself that it stopped is not waited for."""

import time
from collections.abc import Callable, Iterator
from typing import Final

from drivers.errors import DeviceError
from drivers.escpos.back_channel import BackChannel
from drivers.escpos.proof import STOPPED_SECONDS
from drivers.escpos.status import Event
from drivers.protocols import Transport

_SLICE_SECONDS: Final = 0.25
_ALMOST: Final = 0.9

Hear = Callable[[Event], None]


def _ignore(_event: Event) -> None:
    """Where nobody waits for anything."""


def send(
    transport: Transport, back: BackChannel, data: bytes, seconds: float, hear: Hear = _ignore
) -> int:
    """Write `data` with a timeout of `seconds`; how many bytes left. Raises `DeviceError` if the wire is lost before the first.

    `hear` gets what comes back meanwhile.

    A wire that takes less than all before its timeout takes no more.
    """
    end, sent = time.monotonic() + seconds, 0
    while sent < len(data):
        begun = time.monotonic()
        slice_seconds = min(_SLICE_SECONDS, end - begun)
        try:
            sent += transport.write(data[sent:], max(0.0, slice_seconds))
            while sent < len(data) and (events := back.hear(0.0)):
                for event in events:
                    hear(event)
        except DeviceError:
            if not sent:
                raise
            break
        now = time.monotonic()
        is_refused = now - begun < slice_seconds * _ALMOST
        if is_refused or now >= end or back.unasked.stands_for(STOPPED_SECONDS, now):
            break
    return sent


def send_bands(
    transport: Transport,
    back: BackChannel,
    bands: Iterator[bytes],
    seconds_for: Callable[[int], float],
    hear: Hear = _ignore,
) -> tuple[int, int]:
    """Write a job band by band, each made while the printer works on those before: how many bytes left, and of how many.

    `seconds_for` so many bytes is the timeout since the beginning. Otherwise as `send`; behind a band that was not taken
    whole nothing follows.
    """
    begun, sent, offered = time.monotonic(), 0, 0
    for band in bands:
        offered += len(band)
        try:
            rest = begun + seconds_for(offered) - time.monotonic()
            sent += send(transport, back, band, rest, hear)
        except DeviceError:
            if not sent:
                raise
        if sent < offered:
            break
    return sent, offered


def joined(first: bytes, bands: Iterator[bytes], end: bytes) -> Iterator[bytes]:
    """The bands with `first` before them and `end` behind them, in as many pieces as there are bands."""
    held = first + next(bands, b"")
    for band in bands:
        yield held
        held = band
    yield held + end
