"""Authentication of devices and officers on the event loop: enrolment, revocation and PIN checks with rate limits,
never blocking.

The database and argon2 work in the reader threads. Changes that another process makes to the accounts are noticed
within `REFRESH_SECONDS`.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from time import monotonic
from typing import Final

from sqlalchemy.exc import SQLAlchemyError

from hub.accounts.devices import Devices
from hub.accounts.enrolment import EnrolKind, EnrolmentProblem, PendingEnrolment, PendingEnrolments
from hub.accounts.store import Accounts
from hub.accounts.threads import AccountThreads
from hub.accounts.verification.browsers import Browsers
from hub.accounts.verification.pin_verification import PinAttempt, PinVerdict
from plumbing.executors import TooMuchWorkError, in_thread
from plumbing.limits import LOCK_OUT_MINUTES, AttemptLimit
from plumbing.limits import LOCK_OUTS_OF_PLACE as LOCK_OUTS_OF_DEVICE
from plumbing.limits import PINS_A_MINUTE as PINS_OF_DEVICE

log = logging.getLogger("hub")

REFRESH_SECONDS: Final = 2.0
PIN_SECONDS: Final = 60.0
LOCK_OUT_SECONDS: Final = LOCK_OUT_MINUTES * 60.0


_BUSY_SECONDS: Final = 2


@dataclass(frozen=True, slots=True)
class IssuedToken:
    """What an enrolled device is sent. The token is sent to this device once and is never shown again."""

    device: str
    token: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class _Reply:
    """How a device that waits learns that it is enrolled, or that another one has its place."""

    enrolled: Callable[[IssuedToken], None]
    give_way: Callable[[], None]


class Authentication:
    """One for the hub, on its event loop; used by the websocket server and by the console."""

    def __init__(
        self,
        accounts: Accounts,
        devices: Devices,
        desk: PendingEnrolments,
        threads: AccountThreads,
        clock: Callable[[], datetime],
    ) -> None:
        self.accounts = accounts
        self.devices = devices
        self._desk = desk
        desk.on_evicted(self._give_way)
        self._threads = threads
        self._readers = threads.readers
        self.browsers = Browsers(accounts.browser_key())
        self._clock = clock
        self._replies: dict[str, _Reply] = {}
        self._disconnect: Callable[[frozenset[str]], None] = lambda _: None
        self._pins = AttemptLimit(PINS_OF_DEVICE, PIN_SECONDS)
        self._lock_outs = AttemptLimit(LOCK_OUTS_OF_DEVICE, LOCK_OUT_SECONDS)
        self._guesses = AttemptLimit(1, PIN_SECONDS)
        self._version = -1
        self._failing = False

    def on_revoked(self, disconnect: Callable[[frozenset[str]], None]) -> None:
        """Set the callback that closes the connections of devices with tokens that have become invalid."""
        self._disconnect = disconnect

    def request_enrolment(
        self,
        kind: EnrolKind,
        address: str,
        reply: Callable[[IssuedToken], None],
        give_way: Callable[[], None],
    ) -> PendingEnrolment:
        """Let a device without a token wait until a technician types its code; then the callback `reply` gets its
        token. `give_way` is called if another request takes its place before."""
        waiting = self._desk.open(kind, address, self._clock())
        self._replies[waiting.code] = _Reply(reply, give_way)
        log.info("a %s at %s asks to be enrolled", kind, address)
        return waiting

    def _give_way(self, code: str) -> None:
        lost = self._replies.pop(code, None)
        if lost is not None:
            lost.give_way()

    def cancel_enrolment(self, code: str) -> None:
        """Drop a request: the device has disconnected, or its code has expired."""
        self._desk.close(code)
        self._replies.pop(code, None)

    def waiting(self) -> tuple[PendingEnrolment, ...]:
        """The devices that wait. Do not show their codes: the technician reads the code from the device's own
        screen."""
        return self._desk.waiting(self._clock())

    async def approve(self, code: str, device: str, by: str) -> EnrolmentProblem | None:
        """Enrol the device that shows this code as `device`; the problem if that is refused. Raises SQLAlchemyError,
        and the code stays valid."""
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
            await self.refresh()
        except SQLAlchemyError:
            if waiting.code in self._replies:
                self._desk.put_back(waiting)
            raise
        reply = self._replies.pop(waiting.code, None)
        if reply is None:
            # The device disconnected meanwhile: the token was never sent, so it must not count as issued.
            await self.revoke(device, by)
            return EnrolmentProblem.UNKNOWN_CODE
        log.info("%s is enrolled by %s", device, by)
        reply.enrolled(IssuedToken(device, token))
        return None

    async def revoke(self, device: str, by: str) -> bool:
        """Revoke a device's token at once; False if it was revoked already. Raises UnknownAccountError,
        SQLAlchemyError."""
        done = await in_thread(self._readers, self.accounts.revoke, device, by, self._clock())
        await self.refresh()
        return done

    async def check_pin(self, attempt: PinAttempt) -> PinVerdict | int:
        """Check a PIN; the seconds to wait if the rate limit of its place is reached. Raises SQLAlchemyError."""
        place = _place_of(attempt)
        seconds = self.seconds_to_wait(attempt)
        if seconds:
            return seconds
        now = monotonic()
        if self._pins.note(place, now) == PINS_OF_DEVICE:
            log.warning("%s: %d PINs within a minute, no more for now", attempt.by, PINS_OF_DEVICE)
        check = partial(self.accounts.pins.check, attempt, self._clock())
        try:
            if attempt.origin:
                verdict = await self._threads.check_known(check)
            else:
                verdict = await self._threads.check_stranger(place, check)
        except TooMuchWorkError:
            return _BUSY_SECONDS
        if verdict.by_this:
            self._lock_outs.note(place, now)
            log.warning(
                "%s: officer %s is locked out until %s", attempt.by, attempt.officer, verdict.until
            )
        return verdict

    def seconds_to_wait(self, attempt: PinAttempt) -> int:
        """Seconds until a PIN is accepted at its place again: too many were typed there, or too many officers locked
        out from there."""
        place, now = _place_of(attempt), monotonic()
        return max(each.seconds_to_wait(place, now) for each in (self._pins, self._lock_outs))

    async def earlier_officers(self, origin: str) -> tuple[str, ...]:
        """The officers who signed in at this terminal or browser before. Raises SQLAlchemyError."""
        work = self.accounts.pins.earlier_officers
        return await in_thread(self._readers, work, origin, self._clock()) if origin else ()

    async def refresh(self) -> None:
        """Read the accounts again, whichever process changed them, and disconnect the devices that they no longer
        let in."""
        if await in_thread(self._readers, self.accounts.version) == self._version:
            return
        credentials = await in_thread(self._readers, self.accounts.credentials)
        if credentials.version < self._version:  # read before a change that is held already
            return
        self._version = credentials.version
        changed = self.devices.replace_token_hashes(credentials.token_hashes)
        if changed:
            self._disconnect(changed)

    @asynccontextmanager
    async def kept_fresh(self) -> AsyncIterator[None]:
        """Check hellos against the accounts, and read these again every `REFRESH_SECONDS`, for the time of a block."""
        await self.refresh()
        refreshing = asyncio.create_task(self._refresh_for_ever())
        try:
            yield
        finally:
            refreshing.cancel()
            await asyncio.wait([refreshing])

    async def _refresh_for_ever(self) -> None:
        while True:
            await asyncio.sleep(REFRESH_SECONDS)
            try:
                await self.refresh()
                self._failing = False
            except SQLAlchemyError as problem:
                if not self._failing:
                    log.error("the accounts cannot be read, tried again: %s", problem)
                self._failing = True


def _place_of(attempt: PinAttempt) -> str:
    """The key of rate limits: the terminal or browser if it is recognised, else the address."""
    return attempt.origin or attempt.by
