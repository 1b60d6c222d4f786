"""The websocket's log never holds a frame: token and PIN are in frames."""

import logging

from hub.client import HubAddress
from hub.client.connection import connection_to


def test_frames_are_not_logged_even_at_debug() -> None:
    log = logging.getLogger("hub.client.wire")
    log.setLevel(logging.DEBUG)
    connection_to(HubAddress("ws://127.0.0.1:1", "k1", "t" * 16))
    assert not log.isEnabledFor(logging.DEBUG)
