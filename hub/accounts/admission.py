"""The event loop's side of the accounts: lets devices in and turns them out, and checks PINs, without ever waiting itself.

The database and argon2 work in the reader threads. What another program does with the accounts is noticed within
`LOOK_SECONDS`.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from concurrent.futures import Executor
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from time import monotonic
from typing import Final

from sqlalchemy.exc import SQLAlchemyError

from hub.accounts.devices import Devices
from hub.accounts.enrolment import EnrolKind, EnrolmentDesk, EnrolmentProblem, Waiting
from hub.accounts.store import Accounts, PinVerdict
from plumbing.executors import in_thread
from plumbing.limits import AttemptLimit

log = logging.getLogger("hub")

LOOK_SECONDS: Final = 2.0
PINS_OF_DEVICE: Final = 10
PIN_SECONDS: Final = 60.0
LOCK_OUTS_OF_DEVICE: Final = 3
"""So many officers locked out from one place within `LOCK_OUT_SECONDS`, and no PIN is taken there for the rest of them: whoever
plays with one keypad cannot lock out the whole centre."""
LOCK_OUT_SECONDS: Final = 1800.0


@dataclass(frozen=True, slots=True)
class Admitted:
    """What a device is told when it is let in. The token is told to nobody else, ever."""

    device: str
    token: str = field(repr=False)


class Admission:
    """One for the hub, on its event loop; used by the websocket server and by the console."""

    def __init__(
        self,
        accounts: Accounts,
        devices: Devices,
        desk: EnrolmentDesk,
        readers: Executor,
        clock: Callable[[], datetime],
    ) -> None:
        self.accounts = accounts
        self.devices = devices
        self._desk = desk
        self._readers = readers
        self._clock = clock
        self._replies: dict[str, Callable[[Admitted], None]] = {}
        self._turn_out: Callable[[frozenset[str]], None] = lambda _: None
        self._pins = AttemptLimit(PINS_OF_DEVICE, PIN_SECONDS)
        self._lock_outs = AttemptLimit(LOCK_OUTS_OF_DEVICE, LOCK_OUT_SECONDS)
        self._guesses = AttemptLimit(1, PIN_SECONDS)
        self._version = -1
        self._failing = False

    def turn_out_by(self, turn_out: Callable[[frozenset[str]], None]) -> None:
        """Who closes the connections of devices whose token is no longer good."""
        self._turn_out = turn_out

    def let_wait(
        self, kind: EnrolKind, address: str, reply: Callable[[Admitted], None]
    ) -> Waiting | EnrolmentProblem:
        """A device without a token waits for somebody to type its code; then `reply` gets its token."""
        waiting = self._desk.open(kind, address, self._clock())
        if isinstance(waiting, Waiting):
            self._replies[waiting.code] = reply
            log.info("a %s at %s asks to be enrolled", kind, address)
        return waiting

    def withdraw(self, code: str) -> None:
        """The device has gone away, or its time is over."""
        self._desk.close(code)
        self._replies.pop(code, None)

    def waiting(self) -> tuple[Waiting, ...]:
        """The devices that wait. Their codes are for nobody's eyes here: who lets one in reads it from its screen."""
        return self._desk.waiting(self._clock())

    async def approve(self, code: str, device: str, by: str) -> EnrolmentProblem | None:
        """Let the device in that shows this code, as `device`; or why not. Raises SQLAlchemyError, and the code stays good."""
        known = self.accounts.roster.devices.get(device)
        if known is None:
            return EnrolmentProblem.UNKNOWN_DEVICE
        waiting = self._desk.approve(code, known.kind, by, self._clock())
        if isinstance(waiting, EnrolmentProblem):
            guessed = waiting is EnrolmentProblem.TOO_MANY_TRIES
            if guessed and self._guesses.note("", monotonic()) == 1:
                log.warning("too many wrong enrolment codes, last by %s", by)
            return waiting
        try:
            token = await in_thread(self._readers, self.accounts.enrol, device, by, self._clock())
            await self.look()
        except SQLAlchemyError:
            if waiting.code in self._replies:
                self._desk.put_back(waiting)
            raise
        reply = self._replies.pop(waiting.code, None)
        if (
            reply is None
        ):  # gone meanwhile: nobody has heard the token, and nobody shall believe that somebody has
            await self.revoke(device, by)
            return EnrolmentProblem.UNKNOWN_CODE
        log.info("%s is enrolled by %s", device, by)
        reply(Admitted(device, token))
        return None

    async def revoke(self, device: str, by: str) -> bool:
        """Turn a device out at once; False where it was revoked already. Raises UnknownAccountError, SQLAlchemyError."""
        done = await in_thread(self._readers, self.accounts.revoke, device, by, self._clock())
        await self.look()
        return done

    async def check_pin(self, officer: str, pin: str, device: str) -> PinVerdict | None:
        """What comes of a PIN typed at `device`; None where too many were typed there. Raises SQLAlchemyError."""
        if self.seconds_to_wait(device):
            return None
        now = monotonic()
        if self._pins.note(device, now) == PINS_OF_DEVICE:
            log.warning("%s: %d PINs within a minute, no more for now", device, PINS_OF_DEVICE)
        verdict = await in_thread(
            self._readers, self.accounts.check_pin, officer, pin, self._clock(), device
        )
        if verdict.by_this:
            self._lock_outs.note(device, now)
            log.warning("%s: officer %s is locked out until %s", device, officer, verdict.until)
        return verdict

    def seconds_to_wait(self, device: str) -> int:
        """How long no PIN is taken at `device`: too many were typed there, or too many officers locked out from there."""
        now = monotonic()
        return max(each.seconds_to_wait(device, now) for each in (self._pins, self._lock_outs))

    async def look(self) -> None:
        """Take what the accounts say now, whoever changed them, and turn out whom they no longer let in."""
        if await in_thread(self._readers, self.accounts.version) == self._version:
            return
        credentials = await in_thread(self._readers, self.accounts.credentials)
        if credentials.version < self._version:  # read before a change that is held already
            return
        self._version = credentials.version
        changed = self.devices.take(credentials.token_hashes)
        if changed:
            self._turn_out(changed)

    @asynccontextmanager
    async def kept_up(self) -> AsyncIterator[None]:
        """Hold the accounts against hellos, and look again every `LOOK_SECONDS` for the time of a block."""
        await self.look()
        looking = asyncio.create_task(self._go_on_looking())
        try:
            yield
        finally:
            looking.cancel()
            await asyncio.wait([looking])

    async def _go_on_looking(self) -> None:
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            try:
                await self.look()
                self._failing = False
            except SQLAlchemyError as problem:
                if not self._failing:
                    log.error("the accounts cannot be read, tried again: %s", problem)
                self._failing = True
