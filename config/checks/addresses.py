"""Validation of network addresses: names of machines and IP addresses, without a scheme, a port or a path."""

import ipaddress
import re
from collections.abc import Iterator
from typing import Final

from config.checks.devices import printers_of
from config.errors import Mistake, MistakeCode
from config.findings import shown
from config.model import Installation

_LABEL: Final = r"[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?"
_NAME: Final = re.compile(rf"{_LABEL}(?:\.{_LABEL})*\.?")
_NUMBERS: Final = re.compile(r"[0-9.]+")
_WRAPPING: Final = re.compile(
    r"(?:[A-Za-z][A-Za-z0-9+.-]*:(?=[A-Za-z/]))?/*(?P<host>\[[^\]]*\]|[^/:?#\s]*)(?::\d*)?(?:[/?#].*)?"
)
_LONGEST: Final = 253


def check_addresses(installation: Installation) -> Iterator[Mistake]:
    """The hub's own addresses, and those of printers on the network."""
    hub = installation.hub
    places = [("hub.host", hub.host), ("hub.address", hub.address)]
    places += [
        (f"{path}.port.host", printer.port.host)
        for path, printer in printers_of(installation)
        if printer.port.wire == "tcp"
    ]
    for path, address in places:
        # An empty one has its mistake already.
        if address and not is_address(address):
            meant = inner_address(address)
            yield Mistake(path, MistakeCode.NOT_AN_ADDRESS, shown(address), suggestion=meant)


def is_address(text: str) -> bool:
    """Whether this is an IP address or a machine's name."""
    if ":" in text or _NUMBERS.fullmatch(text):
        return _is_ip(text)
    return len(text) <= _LONGEST and _NAME.fullmatch(text) is not None


def is_loopback(text: str) -> bool:
    """Whether only the machine itself can reach this address."""
    return text == "localhost" or (_is_ip(text) and ipaddress.ip_address(text).is_loopback)


def inner_address(text: str) -> str:
    """The address inside of something like `http://10.0.0.2:8710/board`; empty if there is none."""
    found = _WRAPPING.fullmatch(text.strip())
    inside = found["host"].strip("[]") if found else ""
    return inside if inside != text and inside and is_address(inside) else ""


def _is_ip(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True
