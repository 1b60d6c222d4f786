"""Token file: the credential that a device got at enrolment, readable only by its owner."""

import os
from pathlib import Path
from typing import Final

from pydantic import SecretStr

from config.model import Installation
from hub.client.address import HubAddress

_LONGEST: Final = 200


class TokenFile:
    """`<device>.token` in the device's state folder, mode 0600."""

    def __init__(self, state: Path, device: str) -> None:
        self._file = state / f"{device}.token"

    def read(self) -> str | None:
        """The kept token, None before enrolment or if the file cannot be read."""
        try:
            with self._file.open("rb") as file:
                kept = file.read(_LONGEST + 1)
        except OSError:
            return None
        token = kept.strip()
        usable = 0 < len(token) <= _LONGEST and token.isascii()
        return token.decode("ascii") if usable else None

    def keep(self, token: str) -> None:
        """Write the token durably, whole or not at all. Raises OSError where the folder cannot be written to."""
        fresh = self._file.with_suffix(".token-new")
        fresh.unlink(missing_ok=True)
        handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(token + "\n")
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self._file)

    def forget(self) -> None:
        """Delete the token, which the hub no longer accepts."""
        self._file.unlink(missing_ok=True)


def address_of(
    installation: Installation,
    device: str,
    token: SecretStr | str | None,
    state: Path | None = None,
) -> HubAddress:
    """The address under which `device` reaches the hub of this installation.

    `token` is the configured one. What the device was given when it was enrolled, in its `state` folder, outweighs it,
    as it does at the hub.
    """
    hub = installation.hub
    given = token.get_secret_value() if isinstance(token, SecretStr) else token
    kept = TokenFile(state, device).read() if state is not None else None
    place = f"{hub.address}:{hub.floor_port}"
    if hub.tls is None:
        return HubAddress(f"ws://{place}", device, kept or given or "")
    return HubAddress(f"wss://{place}", device, kept or given or "", hub.tls.authority)
