"""Enrolment of a running program: without a token, or with one that the hub no longer accepts, it asks for one.

A callback gets what to show meanwhile as an `EnrolmentPrompt`, again each minute, so that programs need no clock for it.
"""

import asyncio
import logging
import math
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final, Literal
from urllib.parse import urlsplit

from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidMessage

from hub.client.address import HubAddress
from hub.client.credentials import TokenFile
from hub.client.enrolment_request import wait_for_token
from hub.messages import Enrol, Enrolment

log = logging.getLogger("hub.client")

GENTLE_PAUSE: Final = 5.0
"""Seconds before a hub that did not let a device in is asked again; never less (docs/protocol.md, section 9)."""


@dataclass(frozen=True, slots=True)
class EnrolmentPrompt:
    """What a device that is not enrolled shows. `code` is empty while the hub cannot be reached; it is valid for `minutes`.

    `turned_away`: the hub accepted its token before. `other`: its code was typed for that device instead.
    """

    hub: str
    device: str
    turned_away: bool = False
    code: str = ""
    minutes: int = 0
    other: str = ""


@dataclass(frozen=True, slots=True)
class EnrolmentSettings:
    """What a program needs to be enrolled: its kind, and the folder where its token is kept."""

    kind: Literal["kiosk", "counter", "board", "agent"]
    state: Path
    pause: float = field(default=GENTLE_PAUSE)


class Enroller:
    """Enrols one device; `on_prompt` is called with each `EnrolmentPrompt`, and with None once the hub has let the device in."""

    def __init__(
        self, settings: EnrolmentSettings, on_prompt: Callable[[EnrolmentPrompt | None], None]
    ) -> None:
        self._settings = settings
        self._on_prompt = on_prompt
        self._prompt: EnrolmentPrompt | None = None
        self._count_down: asyncio.Task[None] | None = None

    async def ask_in(self, address: HubAddress) -> HubAddress:
        """One try: the address with its new token, or unchanged if the code was not typed."""
        place = urlsplit(address.url).hostname or address.url
        other = self._prompt.other if self._prompt is not None else ""
        self._report(EnrolmentPrompt(place, address.device, bool(address.token), other=other))
        try:
            return await self._ask(address)
        except (
            OSError,
            InvalidHandshake,
            InvalidMessage,
            TimeoutError,
            ConnectionClosed,
        ) as problem:
            log.debug("no enrolment: %s", problem)
        finally:
            self._stop_counting()
        return await self._rest(address)

    def let_in(self) -> None:
        """The hub has accepted the device's token."""
        if self._prompt is not None:
            self._prompt = None
            self._on_prompt(None)

    async def _ask(self, address: HubAddress) -> HubAddress:
        enrolled = await wait_for_token(address, Enrol(kind=self._settings.kind), self._show)
        if enrolled is None:
            return await self._rest(address)
        if enrolled.device != address.device:
            log.error("%s was enrolled as %s", address.device, enrolled.device)
            self._change(code="", minutes=0, other=enrolled.device)
            return await self._rest(address)
        try:
            TokenFile(self._settings.state, address.device).keep(enrolled.token)
        except OSError as problem:
            # The token is valid until the program ends; after that a code must be typed again.
            log.error("the token of %s cannot be kept: %s", address.device, problem)
        return replace(address, token=enrolled.token)

    async def _rest(self, address: HubAddress) -> HubAddress:
        self._change(code="", minutes=0)
        await asyncio.sleep(self._settings.pause)
        return address

    def _show(self, enrolment: Enrolment | None) -> None:
        if enrolment is not None:
            log.warning("enrolment code %s, typed in the console", enrolment.code)
            self._stop_counting()
            left = (enrolment.expires - enrolment.now).total_seconds()
            self._change(code=enrolment.code, minutes=math.ceil(left / 60))
            self._count_down = asyncio.create_task(self._count(left))

    async def _count(self, left: float) -> None:
        while left > 0:
            step = left % 60 or 60
            await asyncio.sleep(step)
            left -= step
            self._change(minutes=round(left / 60))

    def _stop_counting(self) -> None:
        if self._count_down is not None:
            self._count_down.cancel()
            self._count_down = None

    def _change(self, **changes: str | int) -> None:
        if self._prompt is not None:
            self._report(replace(self._prompt, **changes))  # type: ignore[arg-type] # names and types are those of EnrolmentPrompt

    def _report(self, prompt: EnrolmentPrompt) -> None:
        if prompt != self._prompt:
            self._prompt = prompt
            self._on_prompt(prompt)
