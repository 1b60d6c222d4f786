"""Tokens that stay invalid on a new journal: a list beside the mark of the devices that were ever enrolled or revoked.

The account of such a device outweighs the token of the configuration; without its account that token would be good
again. So a device of the list without an account, or enrolled only before it was revoked, counts as revoked.
"""

import json
import logging
import os
from datetime import datetime
from pathlib import Path
from typing import Final, NamedTuple

from sqlalchemy import Engine, delete, insert, select

from hub.accounts.audit_log import AuditAction, append_entry
from hub.database.tables import device_accounts
from hub.journal.codec import moment_text

log = logging.getLogger("hub")

NAME: Final = "revoked-tokens.json"
_LARGEST: Final = 4_194_304


class Withdrawn(NamedTuple):
    """A device whose configured token is invalid: since its enrolment or its revocation, by which actor."""

    is_revoked: bool
    at: str
    by: str


def keep_revocations(engine: Engine, folder: Path) -> None:
    """Write the list anew where the accounts have changed it; entries of devices without an account stay."""
    known = _read(folder)
    found = known | _withdrawn(engine)
    if found == known:
        return
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh = folder / f"{NAME}.new"
        handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(found, file)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(folder / NAME)
    except OSError as problem:
        log.error("revoked tokens cannot be kept in %s: %s", folder, problem.strerror)


def apply_revocations(engine: Engine, folder: Path, now: datetime) -> tuple[str, ...]:
    """Revoke in the database what the list knows as withdrawn and the accounts do not; the devices."""
    listed = _read(folder)
    if not listed:
        return ()
    accounts = _withdrawn(engine)
    wanted = {
        device: kept
        for device, kept in listed.items()
        if device not in accounts
        or (kept.is_revoked and not accounts[device].is_revoked and accounts[device].at < kept.at)
    }
    with engine.begin() as connection:
        for device, kept in wanted.items():
            row = {"device": device, "revoked_at": moment_text(now), "revoked_by": kept.by}
            connection.execute(delete(device_accounts).where(device_accounts.c.device == device))
            connection.execute(insert(device_accounts), row)
            append_entry(connection, AuditAction.DEVICE_REVOKED, device, kept.by, now)
    return tuple(wanted)


def _withdrawn(engine: Engine) -> dict[str, Withdrawn]:
    with engine.connect() as connection:
        rows = connection.execute(select(device_accounts)).mappings().all()
    return {
        row["device"]: Withdrawn(True, row["revoked_at"], row["revoked_by"] or "")
        if row["revoked_at"]
        else Withdrawn(False, row["enrolled_at"] or "", row["enrolled_by"] or "")
        for row in rows
    }


def _read(folder: Path) -> dict[str, Withdrawn]:
    """The list; without one, or where it cannot be read, which is logged, it is empty."""
    try:
        with (folder / NAME).open("rb") as file:
            listed = json.loads(file.read(_LARGEST))
        return {
            str(device)[:40]: Withdrawn(bool(revoked), str(at), str(by)[:80])
            for device, (revoked, at, by) in listed.items()
        }
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, TypeError, AttributeError) as problem:
        log.error("the list of revoked tokens in %s cannot be read: %s", folder, problem)
        return {}
