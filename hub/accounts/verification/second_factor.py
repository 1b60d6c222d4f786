"""Second factor at the console: time-based one-time passwords (TOTP, RFC 6238) and recovery codes.

The secret is kept as it is, since the hub must compute the same codes; recovery codes are kept as SHA-256.
"""

import base64
import hashlib
import json
import secrets
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Final

from sqlalchemy import Connection, delete, insert, select, update

from hub.accounts.audit_log import AuditAction, append_entry
from hub.accounts.enrolment import ALPHABET
from hub.accounts.transactions import AccountTransactions
from hub.database.tables import second_factors
from hub.journal.codec import moment_text
from plumbing.limits import RECOVERY_CODES

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.twofactor.totp import TOTP

DIGITS: Final = 6
STEP_SECONDS: Final = 30
_SECRET_BYTES: Final = 20
_CODE_LETTERS: Final = 10
_STEPS_AROUND: Final = (-1, 0, 1)
"""A phone's clock may be half a minute wrong (RFC 6238 §6)."""


@dataclass(frozen=True, slots=True)
class NewSecondFactor:
    """What the person keeps: `uri` for the authenticator's QR code, `secret` to type it, and the recovery codes."""

    uri: str = field(repr=False)
    secret: str = field(repr=False)
    recovery_codes: tuple[str, ...] = field(repr=False)


class SecondFactors:
    """Second factors of the officers, in the hub's database. Synchronous, as the accounts are."""

    def __init__(self, transactions: AccountTransactions) -> None:
        self._transactions = transactions

    @staticmethod
    def draw(officer: str, centre: str) -> NewSecondFactor:
        """A new secret and new recovery codes; nothing is kept before `keep`."""
        key = secrets.token_bytes(_SECRET_BYTES)
        codes = tuple(_draw_code() for _ in range(RECOVERY_CODES))
        uri = _generator(key).get_provisioning_uri(officer, centre)
        return NewSecondFactor(uri, base64.b32encode(key).decode(), codes)

    def keep(self, officer: str, drawn: NewSecondFactor, code: str, by: str, now: datetime) -> bool:
        """Ask for this second factor from now on; False if the code that proves the authenticator is wrong."""
        step = _step_of(drawn.secret, code, now)
        if step is None:
            return False
        row = {
            "officer": officer, "secret": drawn.secret, "set_at": moment_text(now), "set_by": by,
            "last_step": step, "recovery": json.dumps([_hash(each) for each in drawn.recovery_codes]),
        }  # fmt: skip
        with self._transactions.changing() as connection:
            connection.execute(delete(second_factors).where(second_factors.c.officer == officer))
            connection.execute(insert(second_factors), row)
            append_entry(connection, AuditAction.SECOND_FACTOR_SET, officer, by, now)
        return True

    def remove(self, officer: str, by: str, now: datetime) -> bool:
        """Ask for the PIN only; False if there was no second factor."""
        with self._transactions.changing() as connection:
            query = delete(second_factors).where(second_factors.c.officer == officer)
            if not connection.execute(query).rowcount:
                return False
            append_entry(connection, AuditAction.SECOND_FACTOR_REMOVED, officer, by, now)
        return True

    def officers(self) -> frozenset[str]:
        """The officers with a second factor."""
        with self._transactions.reading() as connection:
            return frozenset(connection.execute(select(second_factors.c.officer)).scalars())


def is_proven(connection: Connection, officer: str, code: str, by: str, now: datetime) -> bool:
    """Whether the officer has no second factor, or this is its code, which is used up by that: a code of the
    authenticator or a recovery code."""
    query = select(second_factors).where(second_factors.c.officer == officer)
    row = connection.execute(query).mappings().first()
    if row is None:
        return True
    step = _step_of(row["secret"], code, now)
    # A last step of the future is left by a clock that was wrong.
    ahead = row["last_step"] > _present_step(now) + 1
    if step is not None and (step > row["last_step"] or ahead):
        _change(connection, officer, last_step=step)
        return True
    kept, typed = json.loads(row["recovery"]), _hash(code)
    if typed not in kept:
        return False
    kept.remove(typed)
    _change(connection, officer, recovery=json.dumps(kept))
    append_entry(connection, AuditAction.RECOVERY_CODE_USED, officer, by, now)
    return True


def _change(connection: Connection, officer: str, **values: object) -> None:
    query = update(second_factors).where(second_factors.c.officer == officer)
    connection.execute(query.values(**values))


def _step_of(secret: str, code: str, now: datetime) -> int | None:
    """The time step whose code this is; None if it is none of the present ones."""
    typed = "".join(code.split())
    generator = _generator(base64.b32decode(secret))
    for step in (_present_step(now) + each for each in _STEPS_AROUND):
        expected = generator.generate(step * STEP_SECONDS)
        if secrets.compare_digest(expected, typed.encode("utf-8", "surrogatepass")):
            return step
    return None


def _present_step(now: datetime) -> int:
    return int(now.timestamp()) // STEP_SECONDS


def _generator(key: bytes) -> "TOTP":
    # Only sign-ins with a second factor pay for this import.
    from cryptography.hazmat.primitives.hashes import SHA1
    from cryptography.hazmat.primitives.twofactor.totp import TOTP

    # SHA-1 and six digits: what every authenticator reads; RFC 6238 asks for no collision resistance.
    return TOTP(key, DIGITS, SHA1(), STEP_SECONDS)


def _draw_code() -> str:
    letters = "".join(secrets.choice(ALPHABET) for _ in range(_CODE_LETTERS))
    return f"{letters[:5]}-{letters[5:]}"


def _hash(code: str) -> str:
    letters = "".join(each for each in code.upper() if each.isalnum())
    return hashlib.sha256(letters.encode("utf-8", "surrogatepass")).hexdigest()
