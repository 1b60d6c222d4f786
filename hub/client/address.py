"""Address of the hub, with the device's name and token for authentication."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class HubAddress:
    """The floor websocket of the hub and the device's own name and token. The token never shows in a repr.

    `authority` is the file of the CA certificate, the only one trusted for wss://. `token` is empty while the device is
    not enrolled.
    """

    url: str
    device: str
    token: str = field(repr=False)
    authority: str = ""
