"""Tokens stay invalid on a new journal."""

from datetime import datetime, timedelta

import pytest

from hub.accounts.devices import devices_of
from hub.accounts.revocations import NAME, apply_revocations, keep_revocations
from hub.accounts.roster import roster_of
from hub.accounts.store import Accounts
from hub.database.storage import close_store, open_store
from service_floor.zone import ZONE

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=ZONE)
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def accounts_in(hall, tmp_path):
    opened = []

    def make(name) -> Accounts:
        opened.append(open_store(f"sqlite:///{tmp_path / name}"))
        return Accounts(opened[-1], roster_of(hall))

    yield make
    for engine in opened:
        close_store(engine)


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "data.mark"


def lets_in(hall, accounts, device) -> bool:
    devices = devices_of(hall)
    devices.replace_token_hashes(accounts.credentials().token_hashes)
    return devices.authenticate(device, f"{device}-0123456789abcdef") is not None


def test_a_configured_token_that_was_withdrawn_is_not_good_on_a_new_journal(
    hall, accounts_in, folder
) -> None:
    old, new = accounts_in("old.db"), accounts_in("new.db")
    old.revoke("k1", "boss", NOW)
    old.enrol("t1", "boss", NOW)
    keep_revocations(old.engine, folder)
    assert (folder / NAME).stat().st_mode & 0o077 == 0
    assert apply_revocations(new.engine, folder, LATER) == ("k1", "t1")
    assert [lets_in(hall, new, device) for device in ("k1", "t1", "k2")] == [False, False, True]
    first = new.audit_log()[0]
    assert (first.kind, first.subject, first.by) == ("device_revoked", "k1", "boss")
    assert apply_revocations(new.engine, folder, LATER) == ()


def test_a_backup_from_before_a_revocation_takes_nothing_back(accounts_in, folder, hall) -> None:
    backup = accounts_in("backup.db")
    backup.enrol("k1", "boss", NOW)
    keep_revocations(backup.engine, folder)
    assert apply_revocations(backup.engine, folder, LATER) == ()
    later = accounts_in("later.db")
    later.enrol("k1", "boss", NOW)
    later.revoke("k1", "boss", LATER)
    keep_revocations(later.engine, folder)
    assert apply_revocations(backup.engine, folder, LATER) == ("k1",)


def test_who_was_enrolled_again_stays_enrolled(accounts_in, folder) -> None:
    kept = accounts_in("data.db")
    kept.revoke("k1", "boss", NOW)
    keep_revocations(kept.engine, folder)
    kept.enrol("k1", "boss", LATER)
    assert apply_revocations(kept.engine, folder, LATER) == ()
    keep_revocations(kept.engine, folder)
    assert apply_revocations(accounts_in("new.db").engine, folder, LATER) == ("k1",)


@pytest.mark.parametrize("content", [b"", b"[]", b'{"k1": 1}', b'{"k1": ["x"]}', b"\xff"])
def test_a_list_that_cannot_be_read_is_logged(accounts_in, folder, content, caplog) -> None:
    folder.mkdir()
    (folder / NAME).write_bytes(content)
    assert apply_revocations(accounts_in("data.db").engine, folder, NOW) == ()
    assert "cannot be read" in caplog.text


def test_a_place_that_cannot_be_written_is_logged(accounts_in, folder, caplog) -> None:
    folder.write_text("a file")
    kept = accounts_in("data.db")
    kept.revoke("k1", "boss", NOW)
    keep_revocations(kept.engine, folder)
    assert "cannot be kept" in caplog.text
