"""Store of the accounts of devices and officers in the hub's database. Synchronous: for threads of an executor, and for
the command.

Every change is one transaction together with its row in the audit log. Transactions are serialised across threads and
processes by a lock, so that the command works beside a running hub. A token is stored only as its SHA-256, a PIN as
argon2id.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Engine, RowMapping, Table, delete, func, insert, select

from config.model.centre import StaffRole
from hub.accounts.audit_log import (
    AuditAction,
    AuditEntry,
    append_entry,
    first_broken_entry,
    read_entries,
)
from hub.accounts.devices import DeviceKind, token_hash
from hub.accounts.pins import hash_pin
from hub.accounts.roster import Roster
from hub.accounts.transactions import AccountTransactions
from hub.accounts.verification.pin_verification import (
    PinAttempt,
    PinVerdict,
    PinVerification,
    forget_tries,
)
from hub.accounts.verification.second_factor import SecondFactors
from hub.accounts.verification.tries import Tries
from hub.database.tables import account_deeds, device_accounts, meta, officer_accounts
from hub.journal.codec import moment_text, read_moment
from service_floor.queue.commands import Role

_NO_TRIES: Final = Tries()
TOKEN_BYTES: Final = 32
_BROWSER_KEY: Final = "browser_key"


class UnknownAccountError(LookupError):
    """The configuration does not name this device or officer.

    Example scenarios: a device that was taken out of the file; a misspelt officer.
    """


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
    """A person of the centre; `pin_set_at` is None before the first PIN. Failures are those at unknown browsers and
    terminals; `locked_until` is the last end of a lock-out there or at a known one."""

    officer: str
    name: str
    role: StaffRole
    pin_set_at: datetime | None = None
    failures: int = 0
    locked_until: datetime | None = None
    has_second_factor: bool = False


@dataclass(frozen=True, slots=True)
class Credentials:
    """What outweighs the configuration: the token hash of each device that has an account, None if it is revoked."""

    version: int
    token_hashes: Mapping[str, bytes | None]


class Accounts:
    """Made by the composition root over the hub's engine. Safe for any number of threads at once. `pins` checks PINs,
    `second_factors` has what is asked for beside them."""

    def __init__(self, engine: Engine, roster: Roster) -> None:
        self.engine = engine
        self._transactions = AccountTransactions(engine)
        self.roster = roster
        self.pins = PinVerification(self._transactions, roster)
        self.second_factors = SecondFactors(self._transactions)

    def set_pin(self, officer: str, pin: str, by: str, now: datetime) -> None:
        """Set an officer's PIN, which ends a lock-out. Raises PinError, UnknownAccountError."""
        self._known(officer, self.roster.officers)
        row: dict[str, Any] = {
            "officer": officer, "pin_hash": hash_pin(pin), "set_at": moment_text(now), "set_by": by,
        }  # fmt: skip
        with self._transactions.changing() as connection:
            _replace(connection, officer_accounts, "officer", row)
            forget_tries(connection, officer)
            append_entry(connection, AuditAction.PIN_SET, officer, by, now)

    def check_pin(self, officer: str, pin: str, now: datetime, by: str = "") -> PinVerdict:
        """Check a PIN that was typed where nobody can be recognised again; `by` is the place."""
        return self.pins.check(PinAttempt(officer, pin, by), now)

    def unlock(self, officer: str, by: str, now: datetime) -> bool:
        """End a lock-out and reset the wrong attempts; False if there were none."""
        self._known(officer, self.roster.officers)
        return self.pins.unlock(officer, by, now)

    def enrol(self, device: str, by: str, now: datetime) -> str:
        """Make the device's token: 256 random bits, returned this once. Earlier tokens become invalid."""
        self._known(device, self.roster.devices)
        token = secrets.token_urlsafe(TOKEN_BYTES)
        row = {
            "device": device, "token_hash": token_hash(token).hex(),
            "enrolled_at": moment_text(now), "enrolled_by": by,
            "revoked_at": None, "revoked_by": None,
        }  # fmt: skip
        with self._transactions.changing() as connection:
            _replace(connection, device_accounts, "device", row)
            append_entry(connection, AuditAction.DEVICE_ENROLLED, device, by, now)
        return token

    def revoke(self, device: str, by: str, now: datetime) -> bool:
        """Invalidate every token of the device; False if it was revoked already."""
        self._known(device, self.roster.devices)
        with self._transactions.changing() as connection:
            row = _device_rows(connection).get(device)
            if row is not None and row["revoked_at"]:
                return False
            kept = {} if row is None else dict(row)
            kept |= {"device": device, "token_hash": None}
            kept |= {"revoked_at": moment_text(now), "revoked_by": by}
            _replace(connection, device_accounts, "device", kept)
            append_entry(connection, AuditAction.DEVICE_REVOKED, device, by, now)
        return True

    def browser_key(self) -> bytes:
        """The key under which device cookies are signed; made at the first call."""
        query = select(meta.c.value).where(meta.c.key == _BROWSER_KEY)
        with self._transactions.changing() as connection:
            kept: str | None = connection.execute(query).scalar()
            if kept is None:
                kept = secrets.token_hex(TOKEN_BYTES)
                connection.execute(insert(meta), {"key": _BROWSER_KEY, "value": kept})
        return bytes.fromhex(kept)

    def devices(self) -> tuple[DeviceAccount, ...]:
        """All devices of the configuration."""
        with self._transactions.reading() as connection:
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
        with self._transactions.reading() as connection:
            found = connection.execute(select(officer_accounts)).mappings()
            rows = {row["officer"]: row for row in found}
        tries, second = self.pins.tries(), self.second_factors.officers()
        return tuple(
            OfficerAccount(known.officer, known.name, known.role)
            if (row := rows.get(known.officer)) is None
            else OfficerAccount(
                known.officer,
                known.name,
                known.role,
                read_moment(row["set_at"]),
                tries.get(known.officer, _NO_TRIES).failures,
                tries.get(known.officer, _NO_TRIES).locked_until,
                known.officer in second,
            )
            for known in self.roster.officers.values()
        )

    def audit_log(self) -> tuple[AuditEntry, ...]:
        """Everything that was ever done with accounts, oldest first."""
        return self.audit_log_after(0)

    def audit_log_after(self, seq: int) -> tuple[AuditEntry, ...]:
        """The entries behind number `seq`, oldest first."""
        with self._transactions.reading() as connection:
            return tuple(read_entries(connection, seq))

    def first_broken_audit_entry(self) -> int | None:
        """The first row of the audit log that was altered, inserted or removed; None if the chain is intact."""
        with self._transactions.reading() as connection:
            return first_broken_entry(connection)

    def version(self) -> int:
        """Grows with every change of an account, whichever process made it."""
        with self._transactions.reading() as connection:
            return connection.execute(select(func.max(account_deeds.c.seq))).scalar() or 0

    def credentials(self) -> Credentials:
        """What the hub checks the tokens of hellos against."""
        with self._transactions.reading() as connection:
            version = connection.execute(select(func.max(account_deeds.c.seq))).scalar() or 0
            rows = _device_rows(connection)
        hashes = {
            name: bytes.fromhex(row["token_hash"]) if row["token_hash"] else None
            for name, row in rows.items()
        }
        return Credentials(version, hashes)

    def known_officer(self, officer: str) -> None:
        """Raises UnknownAccountError if the configuration does not name this officer."""
        self._known(officer, self.roster.officers)

    @staticmethod
    def _known(name: str, among: Mapping[str, object]) -> None:
        if name not in among:
            raise UnknownAccountError(name)


def _replace(connection: Connection, table: Table, key: str, row: dict[str, Any]) -> None:
    connection.execute(delete(table).where(table.c[key] == row[key]))
    connection.execute(insert(table), row)


def _device_rows(connection: Connection) -> dict[str, RowMapping]:
    return {row["device"]: row for row in connection.execute(select(device_accounts)).mappings()}


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
