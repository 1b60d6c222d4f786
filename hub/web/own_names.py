"""Names of the hub: what browsers may call it, from the configuration and the machine."""

import socket
from collections.abc import Iterator
from urllib.parse import urlsplit

from config.model.programs import Hub

_LOOPBACK = ("localhost", "127.0.0.1", "::1")


def own_names(hub: Hub) -> frozenset[str]:
    """The names and addresses under which this hub answers, besides the address that a request came in at."""
    return frozenset(each for each in _names(hub) if each)


def _names(hub: Hub) -> Iterator[str]:
    yield from _LOOPBACK
    yield from (hub.address, hub.host, *hub.names)
    yield urlsplit(hub.public_url).hostname or ""
    machine = socket.gethostname()
    yield machine
    # As multicast DNS announces it.
    yield f"{machine.partition('.')[0]}.local"
