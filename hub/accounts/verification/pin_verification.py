"""Verification of PINs against the accounts: counts by officer and origin, lock-outs, and the second factor.

An attempt takes as long for an unknown officer as for a known one, and as long while the officer is locked out: each is
two write transactions and one hash, so that nobody learns from the time which names are real.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import Connection, RowMapping, delete, insert, select, update

from hub.accounts.audit_log import AuditAction, append_entry
from hub.accounts.pins import is_pin
from hub.accounts.roster import Roster
from hub.accounts.transactions import AccountTransactions
from hub.accounts.verification.second_factor import is_proven
from hub.accounts.verification.tries import Tries
from hub.database.tables import officer_accounts, pin_tries
from hub.journal.codec import moment_text, read_moment
from plumbing.limits import KNOWN_ORIGIN_DAYS, KNOWN_ORIGINS_OF_OFFICER, TRIES

UNKNOWN_ORIGIN: Final = ""
_NOBODY: Final = ("", "")
"""The row that attempts for unknown officers are written to."""


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
    ends. `by_this`: this very attempt locked the officer out. `at_known`: it was made where the officer signed in before."""

    state: PinState
    tries: int | None = None
    until: datetime | None = None
    by_this: bool = False
    at_known: bool = False


@dataclass(frozen=True, slots=True)
class PinAttempt:
    """A PIN as it was typed: `by` is the place for the audit log, `origin` the terminal or browser, empty if it cannot be
    recognised again, `newcomer` the origin that is known from the right PIN on, and `second` the code of the second factor,
    None where it is not asked for."""

    officer: str
    pin: str = field(repr=False)
    by: str = ""
    origin: str = UNKNOWN_ORIGIN
    newcomer: str = ""
    second: str | None = field(default=None, repr=False)


class PinVerification:
    """One for the accounts. Synchronous: for threads. Safe for any number of threads at once."""

    def __init__(self, transactions: AccountTransactions, roster: Roster) -> None:
        self._transactions = transactions
        self._roster = roster

    def check(self, attempt: PinAttempt, now: datetime) -> PinVerdict:
        """Whether this is the officer's PIN. Each attempt counts before it is checked, so that attempts from parallel
        threads all count."""
        officer = attempt.officer if attempt.officer in self._roster.officers else ""
        with self._transactions.changing() as connection:
            kept = _pin_hash(connection, officer)
            origin = _known_origin(connection, officer, attempt.origin, now)
            key = (officer, origin) if kept is not None else _NOBODY
            tries = _read(connection, *key)
            locked = kept is not None and tries.is_locked(now)
            mine = tries if locked or kept is None else tries.one_more(now)
            _write(connection, *key, mine, now)
        matches = is_pin(None if locked else kept, attempt.pin) and not locked
        with self._transactions.changing() as connection:
            accepted = matches and _pin_hash(connection, officer) == kept
            if accepted and attempt.second is not None:
                accepted = is_proven(connection, officer, attempt.second, attempt.by, now)
            if accepted:
                self._accept(connection, attempt, key, mine, now)
            elif mine.is_locked(now) and not locked:
                append_entry(connection, AuditAction.OFFICER_LOCKED, officer, attempt.by, now)
            else:
                _write(connection, *_NOBODY, Tries(), now)
        at_known = bool(origin)
        if accepted:
            return PinVerdict(PinState.OK, at_known=at_known)
        if kept is None:
            return PinVerdict(PinState.NOT_SET if officer else PinState.UNKNOWN_OFFICER)
        if mine.is_locked(now):
            until, by_this = mine.locked_until, not locked
            return PinVerdict(PinState.LOCKED, until=until, by_this=by_this, at_known=at_known)
        left = TRIES - mine.failures % TRIES
        return PinVerdict(PinState.WRONG, tries=left, at_known=at_known)

    @staticmethod
    def _accept(
        connection: Connection,
        attempt: PinAttempt,
        key: tuple[str, str],
        mine: Tries,
        now: datetime,
    ) -> None:
        """The PIN is right: take the attempt back, and know this origin from now on."""
        _write(connection, *key, _read(connection, *key).forgiven(mine), now)
        newcomer = attempt.origin or attempt.newcomer
        if newcomer and not key[1]:
            _write(connection, attempt.officer, newcomer, Tries(), now)
            _forget_oldest(connection, attempt.officer)

    def earlier_officers(self, origin: str, now: datetime) -> tuple[str, ...]:
        """The officers who signed in at this origin before, the last one first."""
        query = select(pin_tries.c.officer, pin_tries.c.seen_at)
        query = query.where(pin_tries.c.origin == origin).order_by(pin_tries.c.seen_at.desc())
        with self._transactions.reading() as connection:
            rows = connection.execute(query).all() if origin else []
        return tuple(
            row.officer
            for row in rows
            if row.officer in self._roster.officers and _is_fresh(row.seen_at, now)
        )

    def unlock(self, officer: str, by: str, now: datetime) -> bool:
        """End the lock-outs of an officer everywhere and reset the wrong attempts; False if there were none."""
        with self._transactions.changing() as connection:
            rows = connection.execute(select(pin_tries).where(pin_tries.c.officer == officer))
            if not any(row.failures or row.guesses for row in rows):
                return False
            query = update(pin_tries).where(pin_tries.c.officer == officer)
            connection.execute(query.values(failures=0, locked_until=None, since=None, guesses=0))
            append_entry(connection, AuditAction.OFFICER_UNLOCKED, officer, by, now)
        return True

    def tries(self) -> dict[str, Tries]:
        """The count of each officer for unknown browsers and terminals, with the last end of a lock-out anywhere."""
        found: dict[str, Tries] = {}
        with self._transactions.reading() as connection:
            for row in connection.execute(
                select(pin_tries).order_by(pin_tries.c.origin)
            ).mappings():
                here, before = _tries(row), found.get(row["officer"])
                shared = here if row["origin"] == UNKNOWN_ORIGIN else before or Tries()
                ends = [each.locked_until for each in (here, before) if each and each.locked_until]
                found[row["officer"]] = replace(shared, locked_until=max(ends, default=None))
        return found


def forget_tries(connection: Connection, officer: str) -> None:
    """A new PIN: all counts of the officer begin again, and no browser or terminal is known any more."""
    connection.execute(delete(pin_tries).where(pin_tries.c.officer == officer))


def _pin_hash(connection: Connection, officer: str) -> str | None:
    query = select(officer_accounts.c.pin_hash).where(officer_accounts.c.officer == officer)
    found: str | None = connection.execute(query).scalar()
    return found


def _known_origin(connection: Connection, officer: str, origin: str, now: datetime) -> str:
    """The origin, if the officer signed in there before and not too long ago; else the unknown one."""
    row = _row(connection, officer, origin) if origin else None
    return origin if row is not None and _is_fresh(row["seen_at"], now) else UNKNOWN_ORIGIN


def _is_fresh(seen_at: str, now: datetime) -> bool:
    return now - read_moment(seen_at) < timedelta(days=KNOWN_ORIGIN_DAYS)


def _row(connection: Connection, officer: str, origin: str) -> RowMapping | None:
    query = select(pin_tries).where(pin_tries.c.officer == officer, pin_tries.c.origin == origin)
    return connection.execute(query).mappings().first()


def _read(connection: Connection, officer: str, origin: str) -> Tries:
    row = _row(connection, officer, origin)
    return Tries() if row is None else _tries(row)


def _tries(row: RowMapping) -> Tries:
    return Tries(
        row["failures"],
        _moment(row["failed_at"]),
        _moment(row["locked_until"]),
        _moment(row["since"]),
        row["guesses"],
    )


def _write(connection: Connection, officer: str, origin: str, tries: Tries, now: datetime) -> None:
    row: dict[str, Any] = {
        "officer": officer, "origin": origin, "failures": tries.failures,
        "failed_at": _text(tries.failed_at), "locked_until": _text(tries.locked_until),
        "since": _text(tries.since), "guesses": tries.guesses, "seen_at": moment_text(now),
    }  # fmt: skip
    connection.execute(
        delete(pin_tries).where(pin_tries.c.officer == officer, pin_tries.c.origin == origin)
    )
    connection.execute(insert(pin_tries), row)


def _forget_oldest(connection: Connection, officer: str) -> None:
    query = (
        select(pin_tries.c.origin)
        .where(pin_tries.c.officer == officer, pin_tries.c.origin != UNKNOWN_ORIGIN)
        .order_by(pin_tries.c.seen_at.desc())
        .offset(KNOWN_ORIGINS_OF_OFFICER)
    )
    for origin in connection.execute(query).scalars().all():
        connection.execute(
            delete(pin_tries).where(pin_tries.c.officer == officer, pin_tries.c.origin == origin)
        )


def _text(moment: datetime | None) -> str | None:
    return None if moment is None else moment_text(moment)


def _moment(text: str | None) -> datetime | None:
    return None if text is None else read_moment(text)
