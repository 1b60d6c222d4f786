"""Store of the accounts of devices and officers in the hub's database. Synchronous: for threads of an executor, and for
the command.

Every change is one transaction together with its row in the audit log. Transactions are serialised across threads and
processes by a lock, so that the command works beside a running hub. A token is stored only as its SHA-256, a PIN as
argon2id.
"""

import secrets
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import Connection, Engine, RowMapping, Table, delete, func, insert, select, update

from config.model.centre import StaffRole
from hub.accounts.audit_log import (
    AuditAction,
    AuditEntry,
    append_entry,
    first_broken_entry,
    lock_audit_log,
    read_entries,
)
from hub.accounts.devices import DeviceKind, token_hash
from hub.accounts.pins import hash_pin, is_pin
from hub.accounts.roster import Roster
from hub.database.tables import account_deeds, device_accounts, officer_accounts
from hub.journal.codec import moment_text, read_moment
from plumbing.limits import FIRST_LOCK_MINUTES, LONGEST_LOCK_MINUTES, TRIES
from service_floor.queue.commands import Role

FIRST_LOCK: Final = timedelta(minutes=FIRST_LOCK_MINUTES)
LONGEST_LOCK: Final = timedelta(minutes=LONGEST_LOCK_MINUTES)
TOKEN_BYTES: Final = 32


class UnknownAccountError(LookupError):
    """The configuration does not name this device or officer.

    Example scenarios: a device that was taken out of the file; a misspelt officer.
    """


class PinState(StrEnum):
    """The outcome of a PIN check."""

    OK = "ok"
    WRONG = "wrong_pin"
    LOCKED = "locked"
    NOT_SET = "pin_not_set"
    UNKNOWN_OFFICER = "unknown_officer"


@dataclass(frozen=True, slots=True)
class PinVerdict:
    """The outcome of a PIN check: `tries` are left before a lock-out if it was wrong, `until` is when a lock-out
    ends. `by_this`: this very attempt locked the officer out."""

    state: PinState
    tries: int | None = None
    until: datetime | None = None
    by_this: bool = False


@dataclass(frozen=True, slots=True)
class DeviceAccount:
    """A device of the configuration. `configured`: its token is the one of the file, since it was never enrolled or
    revoked."""

    device: str
    kind: DeviceKind
    role: Role
    counter: str | None
    configured: bool
    enrolled_at: datetime | None = None
    enrolled_by: str | None = None
    revoked_at: datetime | None = None
    revoked_by: str | None = None


@dataclass(frozen=True, slots=True)
class OfficerAccount:
    """A person of the centre; `pin_set_at` is None before the first PIN."""

    officer: str
    name: str
    role: StaffRole
    pin_set_at: datetime | None = None
    failures: int = 0
    locked_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Credentials:
    """What outweighs the configuration: the token hash of each device that has an account, None if it is revoked."""

    version: int
    token_hashes: Mapping[str, bytes | None]


class Accounts:
    """Made by the composition root over the hub's engine. Safe for any number of threads at once."""

    def __init__(self, engine: Engine, roster: Roster) -> None:
        self.engine = self._engine = engine
        self.roster = roster
        self._lock = threading.Lock()

    def set_pin(self, officer: str, pin: str, by: str, now: datetime) -> None:
        """Set an officer's PIN, which ends a lock-out. Raises PinError, UnknownAccountError."""
        self._known(officer, self.roster.officers)
        row: dict[str, Any] = {
            "officer": officer, "pin_hash": hash_pin(pin), "set_at": moment_text(now), "set_by": by,
            "failures": 0, "locked_until": None,
        }  # fmt: skip
        with self._changing() as connection:
            _replace(connection, officer_accounts, "officer", row)
            append_entry(connection, AuditAction.PIN_SET, officer, by, now)

    def check_pin(self, officer: str, pin: str, now: datetime, by: str = "") -> PinVerdict:
        """Whether this is the officer's PIN; `by` is the device at which it was typed. Each attempt counts before it
        is checked, so that attempts from parallel threads all count. An unknown officer takes as long as a wrong
        PIN."""
        if officer not in self.roster.officers:
            is_pin(None, pin)
            return PinVerdict(PinState.UNKNOWN_OFFICER)
        with self._changing() as connection:
            row = _officer_row(connection, officer)
            if row is not None and _is_locked(row, now):
                return PinVerdict(PinState.LOCKED, until=read_moment(row["locked_until"]))
            failures = 0 if row is None else row["failures"] + 1
            until = now + lock_after(failures) if failures and failures % TRIES == 0 else None
            if row is not None:
                _note_failures(connection, officer, failures, until)
        kept = None if row is None else row["pin_hash"]
        if not is_pin(kept, pin):
            return self._refuse(officer, failures, until, by, now)
        with self._changing() as connection:
            row = _officer_row(connection, officer)
            if row is None or row["pin_hash"] != kept:
                # A new PIN was set while this one was checked.
                return PinVerdict(PinState.WRONG, tries=TRIES)
            _note_failures(connection, officer, 0, None)
        return PinVerdict(PinState.OK)

    def _refuse(
        self, officer: str, failures: int, until: datetime | None, by: str, now: datetime
    ) -> PinVerdict:
        if not failures:
            return PinVerdict(PinState.NOT_SET)
        if until is None:
            return PinVerdict(PinState.WRONG, tries=TRIES - failures % TRIES)
        with self._changing() as connection:
            append_entry(connection, AuditAction.OFFICER_LOCKED, officer, by, now)
        return PinVerdict(PinState.LOCKED, until=until, by_this=True)

    def unlock(self, officer: str, by: str, now: datetime) -> bool:
        """End a lock-out and reset the wrong attempts; False if there were none."""
        self._known(officer, self.roster.officers)
        with self._changing() as connection:
            row = _officer_row(connection, officer)
            if row is None or not row["failures"]:
                return False
            _note_failures(connection, officer, 0, None)
            append_entry(connection, AuditAction.OFFICER_UNLOCKED, officer, by, now)
        return True

    def enrol(self, device: str, by: str, now: datetime) -> str:
        """Make the device's token: 256 random bits, returned this once. Earlier tokens become invalid."""
        self._known(device, self.roster.devices)
        token = secrets.token_urlsafe(TOKEN_BYTES)
        row = {
            "device": device, "token_hash": token_hash(token).hex(),
            "enrolled_at": moment_text(now), "enrolled_by": by,
            "revoked_at": None, "revoked_by": None,
        }  # fmt: skip
        with self._changing() as connection:
            _replace(connection, device_accounts, "device", row)
            append_entry(connection, AuditAction.DEVICE_ENROLLED, device, by, now)
        return token

    def revoke(self, device: str, by: str, now: datetime) -> bool:
        """Invalidate every token of the device; False if it was revoked already."""
        self._known(device, self.roster.devices)
        with self._changing() as connection:
            row = _device_rows(connection).get(device)
            if row is not None and row["revoked_at"]:
                return False
            kept = {} if row is None else dict(row)
            kept |= {"device": device, "token_hash": None}
            kept |= {"revoked_at": moment_text(now), "revoked_by": by}
            _replace(connection, device_accounts, "device", kept)
            append_entry(connection, AuditAction.DEVICE_REVOKED, device, by, now)
        return True

    def devices(self) -> tuple[DeviceAccount, ...]:
        """All devices of the configuration."""
        with self._engine.connect() as connection:
            rows = _device_rows(connection)
        return tuple(
            DeviceAccount(
                device=name,
                kind=known.kind,
                role=known.actor.role,
                counter=known.actor.counter,
                configured=known.has_token and name not in rows,
                **_enrolment_of(rows.get(name)),
            )
            for name, known in self.roster.devices.items()
        )

    def officers(self) -> tuple[OfficerAccount, ...]:
        """All officers of the configuration."""
        with self._engine.connect() as connection:
            found = connection.execute(select(officer_accounts)).mappings()
            rows = {row["officer"]: row for row in found}
        return tuple(
            OfficerAccount(known.officer, known.name, known.role)
            if (row := rows.get(known.officer)) is None
            else OfficerAccount(
                known.officer,
                known.name,
                known.role,
                read_moment(row["set_at"]),
                row["failures"],
                _moment(row["locked_until"]),
            )
            for known in self.roster.officers.values()
        )

    def audit_log(self) -> tuple[AuditEntry, ...]:
        """Everything that was ever done with accounts, oldest first."""
        return self.audit_log_after(0)

    def audit_log_after(self, seq: int) -> tuple[AuditEntry, ...]:
        """The entries behind number `seq`, oldest first."""
        with self._engine.connect() as connection:
            return tuple(read_entries(connection, seq))

    def first_broken_audit_entry(self) -> int | None:
        """The first row of the audit log that was altered, inserted or removed; None if the chain is intact."""
        with self._engine.connect() as connection:
            return first_broken_entry(connection)

    def version(self) -> int:
        """Grows with every change of an account, whichever process made it."""
        with self._engine.connect() as connection:
            return connection.execute(select(func.max(account_deeds.c.seq))).scalar() or 0

    def credentials(self) -> Credentials:
        """What the hub checks the tokens of hellos against."""
        with self._engine.connect() as connection:
            version = connection.execute(select(func.max(account_deeds.c.seq))).scalar() or 0
            rows = _device_rows(connection)
        hashes = {
            name: bytes.fromhex(row["token_hash"]) if row["token_hash"] else None
            for name, row in rows.items()
        }
        return Credentials(version, hashes)

    @staticmethod
    def _known(name: str, among: Mapping[str, object]) -> None:
        if name not in among:
            raise UnknownAccountError(name)

    @contextmanager
    def _changing(self) -> Iterator[Connection]:
        """An exclusive write transaction: it reads, and writes what follows from that, with no other writer in
        between."""
        with self._lock, self._engine.connect() as connection, connection.begin():
            lock_audit_log(connection)
            yield connection


def lock_after(failures: int) -> timedelta:
    """Length of a lock-out after this many wrong PINs: 5 minutes, doubling to an hour."""
    rounds = min(failures // TRIES, 10)
    return min(FIRST_LOCK * (1 << rounds - 1), LONGEST_LOCK)


def _replace(connection: Connection, table: Table, key: str, row: dict[str, Any]) -> None:
    connection.execute(delete(table).where(table.c[key] == row[key]))
    connection.execute(insert(table), row)


def _officer_row(connection: Connection, officer: str) -> RowMapping | None:
    query = select(officer_accounts).where(officer_accounts.c.officer == officer)
    return connection.execute(query).mappings().first()


def _device_rows(connection: Connection) -> dict[str, RowMapping]:
    return {row["device"]: row for row in connection.execute(select(device_accounts)).mappings()}


def _note_failures(
    connection: Connection, officer: str, failures: int, until: datetime | None
) -> None:
    locked_until = None if until is None else moment_text(until)
    connection.execute(
        update(officer_accounts)
        .where(officer_accounts.c.officer == officer)
        .values(failures=failures, locked_until=locked_until)
    )


def _is_locked(row: RowMapping, now: datetime) -> bool:
    return row["locked_until"] is not None and now < read_moment(row["locked_until"])


def _enrolment_of(row: RowMapping | None) -> dict[str, Any]:
    if row is None:
        return {}
    return {
        "enrolled_at": _moment(row["enrolled_at"]),
        "enrolled_by": row["enrolled_by"],
        "revoked_at": _moment(row["revoked_at"]),
        "revoked_by": row["revoked_by"],
    }


def _moment(text: str | None) -> datetime | None:
    return None if text is None else read_moment(text)
