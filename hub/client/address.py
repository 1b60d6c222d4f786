"""Where a program finds the hub, and who it is there."""

from dataclasses import dataclass, field

from config.model import Installation


@dataclass(frozen=True, slots=True)
class HubAddress:
    """The floor websocket of the hub and the device's own name and token. The token never shows in a repr."""

    url: str
    device: str
    token: str = field(repr=False)


def address_of(installation: Installation, device: str, token: str) -> HubAddress:
    """The address under which `device` reaches the hub of this installation."""
    hub = installation.hub
    return HubAddress(f"ws://{hub.address}:{hub.floor_port}", device, token)
