"""Websocket to the hub: its limits and timeouts, and a log that never holds a frame."""

import logging
from typing import Final

from websockets.asyncio.client import connect

from hub.client.address import HubAddress
from hub.client.trust import context_of
from hub.messages import MAX_FRAME

MAX_SNAPSHOT: Final = 64 * MAX_FRAME
"""Bytes of the largest frame that a client with topics accepts; `MAX_FRAME` is enough without topics."""
_log = logging.getLogger("hub.client.wire")


def connection_to(address: HubAddress, max_size: int = MAX_FRAME) -> connect:
    """A connection to enter; `max_size` limits what the hub may send in one frame, in bytes.

    Raises OSError where the file of the authority cannot be read.
    """
    # At DEBUG the library writes whole frames to the log, and with them token and PIN.
    _log.setLevel(logging.WARNING)
    return connect(
        address.url,
        ssl=context_of(address),
        logger=_log,
        compression=None,
        max_size=max_size,
        open_timeout=5,
        close_timeout=1,
        proxy=None,
    )
