"""The devices that the configuration names: who signs in with which token. Tokens are kept as hashes only."""

import hashlib
import hmac
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from config.model import Installation
from config.model.programs import Device
from service_floor.queue.commands import Actor, Role


@dataclass(frozen=True, slots=True)
class KnownDevice:
    """A device of the installation: what it may act as, and the hash of its token."""

    actor: Actor
    token_hash: bytes = field(repr=False)


_NOBODY = b"\x00" * hashlib.sha256().digest_size


class Devices:
    """All devices by name. Its role is the list in which a device stands."""

    def __init__(self, known: Iterable[KnownDevice]) -> None:
        self._known: Mapping[str, KnownDevice] = {each.actor.device: each for each in known}

    def sign_in(self, device: str, token: str) -> Actor | None:
        """Who this is, or None where name and token do not belong together. Takes as long for an unknown name."""
        known = self._known.get(device)
        matches = hmac.compare_digest(known.token_hash if known else _NOBODY, _hash(token))
        return known.actor if known and matches else None

    def actors(self) -> tuple[Actor, ...]:
        """Everybody who may sign in."""
        return tuple(each.actor for each in self._known.values())


def devices_of(installation: Installation) -> Devices:
    """Read the devices out of the configuration."""
    return Devices(
        KnownDevice(Actor(device.name, role, counter), _hash(device.token.get_secret_value()))
        for device, role, counter in _listed(installation)
    )


def _listed(installation: Installation) -> Iterator[tuple[Device, Role, str | None]]:
    for kiosk in installation.kiosks:
        yield kiosk, Role.KIOSK, None
    for terminal in installation.counter_terminals:
        yield terminal, Role.COUNTER, terminal.counter
    for board in installation.boards:
        yield board, Role.BOARD, None
    for agent in installation.agents:
        yield agent, Role.AGENT, None
    for console in installation.consoles:
        yield console, Role.CONSOLE, None


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()
