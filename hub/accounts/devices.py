"""Token authentication of the devices that the configuration names. Tokens are stored only as hashes."""

import hashlib
import hmac
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from config.model import Installation
from config.model.programs import Device
from service_floor.queue.commands import Actor, Role

DeviceKind = Literal["kiosk", "counter", "board", "agent", "console"]
"""The list of the configuration in which a device stands, as the device names it in its enrolment request."""


@dataclass(frozen=True, slots=True)
class KnownDevice:
    """A device of the installation: the actor that it authenticates as, and the hash of its token, None without one."""

    actor: Actor
    token_hash: bytes | None = field(repr=False)


_NOBODY = b"\x00" * hashlib.sha256().digest_size


class Devices:
    """All devices by name. An account of a device outweighs the token in the configuration."""

    def __init__(self, known: Iterable[KnownDevice]) -> None:
        self._known: Mapping[str, KnownDevice] = {each.actor.device: each for each in known}
        self._accounts: Mapping[str, bytes | None] = {}

    def authenticate(self, device: str, token: str) -> Actor | None:
        """The actor of this name and token, or None if they do not match. Takes as long for an unknown name."""
        known = self._known.get(device)
        expected = self._expected(device)
        matches = hmac.compare_digest(expected or _NOBODY, token_hash(token))
        return known.actor if known and expected and matches else None

    def replace_token_hashes(self, token_hashes: Mapping[str, bytes | None]) -> frozenset[str]:
        """Check hellos against these hashes from now on, None for a revoked device. Returns the devices with a
        changed token."""
        before = {name: self._expected(name) for name in self._known}
        self._accounts = dict(token_hashes)
        return frozenset(name for name, was in before.items() if was != self._expected(name))

    def with_valid_token(self) -> tuple[Actor, ...]:
        """The devices that can authenticate, connected or not."""
        return tuple(each.actor for name, each in self._known.items() if self._expected(name))

    def _expected(self, device: str) -> bytes | None:
        known = self._known.get(device)
        return self._accounts.get(device, known.token_hash if known else None)


def devices_of(installation: Installation) -> Devices:
    """Read the devices out of the configuration."""
    return Devices(
        KnownDevice(actor, token_hash(device.token.get_secret_value()) if device.token else None)
        for device, actor, _ in configured_devices(installation)
    )


def configured_devices(installation: Installation) -> Iterator[tuple[Device, Actor, DeviceKind]]:
    """Each device with its actor and kind, which follow from the list in which it stands."""
    for kiosk in installation.kiosks:
        yield kiosk, Actor(kiosk.name, Role.KIOSK), "kiosk"
    for terminal in installation.counter_terminals:
        yield terminal, Actor(terminal.name, Role.COUNTER, terminal.counter), "counter"
    for board in installation.boards:
        yield board, Actor(board.name, Role.BOARD), "board"
    for agent in installation.agents:
        yield agent, Actor(agent.name, Role.AGENT), "agent"
    for console in installation.consoles:
        yield console, Actor(console.name, Role(console.role)), "console"


def devices_with_printer(installation: Installation) -> tuple[str, ...]:
    """The devices that have a printer, in the order of the configuration."""
    kiosks = (each.name for each in installation.kiosks if each.printer is not None)
    desks = (each.name for each in installation.counter_terminals if each.printer is not None)
    return (*kiosks, *desks)


def token_hash(token: str) -> bytes:
    """A token as it is stored. It is random in itself and needs neither salt nor slowness."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()
