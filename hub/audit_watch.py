"""Watches the audit log for what was done beside this process: a confirmed clock, and tokens that became invalid."""

import asyncio
import logging
from collections.abc import AsyncIterator
from concurrent.futures import Executor
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Final

from sqlalchemy.exc import SQLAlchemyError

from hub.accounts.audit_log import AuditAction, AuditEntry
from hub.accounts.revocations import keep_revocations
from hub.accounts.store import Accounts
from hub.clock.floor_clock import TrustedClock
from plumbing.executors import in_thread

log = logging.getLogger("hub")

LOOK_SECONDS: Final = 2.0
_JUST_BEFORE: Final = timedelta(minutes=10)
_OF_DEVICES: Final = frozenset({AuditAction.DEVICE_ENROLLED, AuditAction.DEVICE_REVOKED})


class AuditWatch:
    """One for a hub, on its event loop. Reads only entries that it has not seen; the first look is at the start."""

    def __init__(
        self, accounts: Accounts, clock: TrustedClock, mark_dir: Path, readers: Executor
    ) -> None:
        self._accounts = accounts
        self._clock = clock
        self._mark_dir = mark_dir
        self._readers = readers
        self._seen = -1

    @asynccontextmanager
    async def kept_up(self) -> AsyncIterator[None]:
        """Look every two seconds, for the time of a block."""
        await self.look()
        looking = asyncio.create_task(self._look_for_ever())
        try:
            yield
        finally:
            looking.cancel()
            await asyncio.wait([looking])

    async def look(self) -> None:
        """Handle what is new. Of what stands there at the start, only a confirmation of the last minutes counts, by the
        clock that it confirms. Raises SQLAlchemyError."""
        is_first = self._seen < 0
        entries = await in_thread(self._readers, self._accounts.audit_log_after, max(self._seen, 0))
        for entry in entries:
            self._seen = entry.seq
            if entry.kind is AuditAction.CLOCK_CONFIRMED and not (is_first and self._is_old(entry)):
                self._clock.confirm(entry.by)
        self._seen = max(self._seen, 0)
        if not is_first and any(entry.kind in _OF_DEVICES for entry in entries):
            await in_thread(self._readers, keep_revocations, self._accounts.engine, self._mark_dir)

    def _is_old(self, entry: AuditEntry) -> bool:
        machine = self._clock.report().machine
        return machine is None or not timedelta(0) <= machine - entry.at <= _JUST_BEFORE

    async def _look_for_ever(self) -> None:
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            try:
                await self.look()
            except SQLAlchemyError as problem:
                # The accounts are read in the same rhythm, and say so in the log.
                log.debug("the audit log cannot be read: %s", problem)
