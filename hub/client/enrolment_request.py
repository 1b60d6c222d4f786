"""Enrolment over one connection: a device without a token shows a code until it is typed in the console."""

import asyncio
import logging
from collections.abc import Callable
from typing import Final

from pydantic import ValidationError
from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidMessage

from hub.client.address import HubAddress
from hub.client.connection import connection_to
from hub.messages import Enrol, Enrolled, Enrolment, hub_frames

log = logging.getLogger("hub.client")

PAUSE: Final = 2.0


class OtherDeviceError(Exception):
    """This device's code was typed for another device.

    Example scenarios: two kiosks side by side; a wrong line in the console's list.
    """

    def __init__(self, device: str, enrolled_as: str) -> None:
        super().__init__(f"{device} was enrolled as {enrolled_as}")
        self.device = device
        self.enrolled_as = enrolled_as


async def enrol(
    address: HubAddress, frame: Enrol, on_code: Callable[[Enrolment | None], None]
) -> str:
    """The device's token, however long it takes; keep it at once with `Credentials.keep`.

    `on_code` gets each code to show, and None where the hub cannot be reached. Raises OtherDeviceError.
    """
    while True:
        try:
            enrolled = await wait_for_token(address, frame, on_code)
        except (OSError, InvalidHandshake, InvalidMessage, TimeoutError, ConnectionClosed):
            enrolled = None
        if enrolled is None:
            on_code(None)
            await asyncio.sleep(PAUSE)
        elif enrolled.device != address.device:
            raise OtherDeviceError(address.device, enrolled.device)
        else:
            return enrolled.token


async def wait_for_token(
    address: HubAddress, frame: Enrol, on_code: Callable[[Enrolment | None], None]
) -> Enrolled | None:
    """One connection; None where it ended without a token."""
    async with connection_to(address) as wire:
        await wire.send(frame.model_dump_json())
        return await _listen(wire, on_code)


async def _listen(
    wire: ClientConnection, on_code: Callable[[Enrolment | None], None]
) -> Enrolled | None:
    async for text in wire:
        try:
            frame = hub_frames.validate_json(text)
        except ValidationError:
            continue
        if isinstance(frame, Enrolment):
            on_code(frame)
        elif isinstance(frame, Enrolled):
            return frame
    return None
