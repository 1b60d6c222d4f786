"""Accounts on a real database: PINs, lock-outs, tokens, and who did what."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import text

from hub.accounts.audit_log import AuditAction
from hub.accounts.devices import token_hash
from hub.accounts.pins import PinError, is_pin
from hub.accounts.roster import roster_of
from hub.accounts.store import Accounts, UnknownAccountError
from hub.accounts.verification import pin_verification
from hub.accounts.verification.pin_verification import PinState, PinVerdict
from hub.accounts.verification.tries import lock_after
from hub.database.storage import database_in, open_store
from hub.journal.codec import moment_text
from plumbing.limits import TRIES
from service_floor.queue.commands import Role
from service_floor.zone import ZONE

NOW = datetime(2026, 11, 20, 8, 0, tzinfo=ZONE)
PIN = "482913"
OK = PinVerdict(PinState.OK)
pytestmark = pytest.mark.usefixtures("quick_pins")


@pytest.fixture
def open_accounts(hall, tmp_path):
    engines = []

    def accounts() -> Accounts:
        engines.append(open_store(database_in(tmp_path)))
        return Accounts(engines[-1], roster_of(hall))

    yield accounts
    for engine in engines:
        engine.dispose()


@pytest.fixture
def accounts(open_accounts):
    return open_accounts()


def fail(accounts, times, now=NOW, pin="000000"):
    return [accounts.check_pin("an", pin, now, "t1") for _ in range(times)]


def test_a_pin_is_right_wrong_not_set_or_nobodys(accounts) -> None:
    assert accounts.check_pin("an", PIN, NOW).state is PinState.NOT_SET
    accounts.set_pin("an", PIN, "boss", NOW)
    assert accounts.check_pin("an", PIN, NOW) == OK
    assert accounts.check_pin("an", "482914", NOW) == PinVerdict(PinState.WRONG, tries=4)
    assert accounts.check_pin("o1", PIN, NOW).state is PinState.NOT_SET
    assert accounts.check_pin("nobody", PIN, NOW).state is PinState.UNKNOWN_OFFICER


def test_a_right_pin_forgives_the_wrong_ones_before(accounts) -> None:
    accounts.set_pin("an", PIN, "boss", NOW)
    fail(accounts, TRIES - 1)
    assert accounts.check_pin("an", PIN, NOW) == OK
    assert fail(accounts, 1) == [PinVerdict(PinState.WRONG, tries=TRIES - 1)]


def test_five_wrong_pins_lock_out_and_a_restart_does_not_help(accounts, open_accounts) -> None:
    accounts.set_pin("an", PIN, "boss", NOW)
    until = NOW + timedelta(minutes=5)
    locked = PinVerdict(PinState.LOCKED, until=until)
    assert fail(accounts, TRIES)[-1] == replace(locked, by_this=True)
    again = open_accounts()
    assert again.check_pin("an", PIN, NOW + timedelta(seconds=299)) == locked
    assert again.check_pin("an", PIN, until) == OK


def test_the_old_pin_is_wrong_while_a_new_one_is_set(accounts, monkeypatch) -> None:
    accounts.set_pin("an", PIN, "boss", NOW)

    def checked_slowly(kept, pin):
        accounts.set_pin("an", "739164", "boss", NOW)
        return is_pin(kept, pin)

    monkeypatch.setattr(pin_verification, "is_pin", checked_slowly)
    assert accounts.check_pin("an", PIN, NOW).state is PinState.WRONG


def test_the_lock_out_doubles_up_to_an_hour(accounts) -> None:
    accounts.set_pin("an", PIN, "boss", NOW)
    now, minutes = NOW, []
    for _ in range(6):
        until = fail(accounts, TRIES, now)[-1].until
        minutes.append((until - now).total_seconds() / 60)
        now = until
    assert minutes == [5, 10, 20, 40, 60, 60]
    assert lock_after(10**9) == timedelta(hours=1)


def test_a_supervisor_unlocks(accounts) -> None:
    accounts.set_pin("an", PIN, "boss", NOW)
    fail(accounts, TRIES)
    assert accounts.unlock("an", "boss", NOW)
    assert not accounts.unlock("an", "boss", NOW)
    assert accounts.check_pin("an", PIN, NOW) == OK


def test_tries_at_the_same_moment_count_all(accounts) -> None:
    accounts.set_pin("an", PIN, "boss", NOW)
    with ThreadPoolExecutor(8) as pool:
        told = list(pool.map(lambda n: accounts.check_pin("an", f"{n:06}", NOW), range(40)))
    assert sum(each.state is PinState.WRONG for each in told) <= TRIES - 1
    (an,) = (each for each in accounts.officers() if each.officer == "an")
    assert (an.failures, an.locked_until) == (TRIES, NOW + timedelta(minutes=5))


def test_a_bad_pin_or_a_stranger_is_refused(accounts) -> None:
    with pytest.raises(PinError):
        accounts.set_pin("an", "123456", "boss", NOW)
    for act in (
        lambda: accounts.set_pin("nobody", PIN, "boss", NOW),
        lambda: accounts.unlock("nobody", "boss", NOW),
        lambda: accounts.enrol("nobody", "boss", NOW),
        lambda: accounts.revoke("nobody", "boss", NOW),
    ):
        with pytest.raises(UnknownAccountError):
            act()
    assert accounts.version() == 0


def test_a_token_outweighs_the_configured_one_and_is_kept_as_its_hash(accounts, tmp_path) -> None:
    assert accounts.credentials().token_hashes == {}
    token = accounts.enrol("k1", "tech", NOW)
    assert len(token) >= 43
    assert accounts.credentials().token_hashes == {"k1": token_hash(token)}
    assert accounts.enrol("k1", "tech", NOW) != token
    assert token.encode() not in b"".join(file.read_bytes() for file in tmp_path.iterdir())


def test_revoked_stays_revoked_until_enrolled_again(accounts) -> None:
    assert accounts.revoke("k1", "boss", NOW)
    assert not accounts.revoke("k1", "boss", NOW)
    assert accounts.credentials().token_hashes == {"k1": None}
    accounts.enrol("k1", "tech", NOW)
    k1 = {each.device: each for each in accounts.devices()}["k1"]
    assert (k1.enrolled_by, k1.revoked_at, k1.configured) == ("tech", None, False)


def test_all_devices_and_officers_of_the_configuration_are_listed(accounts, hall) -> None:
    devices = {each.device: each for each in accounts.devices()}
    assert len(devices) == 19
    assert devices["t3"].role is Role.COUNTER
    assert (devices["t3"].counter, devices["t3"].configured) == ("c3", True)
    assert {each.officer for each in accounts.officers()} == {each.id for each in hall.officers}


def test_deeds_tell_who_did_what_and_show_when_they_were_changed(accounts, open_accounts) -> None:
    accounts.set_pin("an", PIN, "boss", NOW)
    fail(accounts, TRIES)
    accounts.unlock("an", "boss", NOW)
    accounts.enrol("k1", "tech", NOW)
    accounts.revoke("k1", "tech", NOW)
    told = [(deed.kind, deed.subject, deed.by) for deed in accounts.audit_log()]
    assert told == [
        (AuditAction.PIN_SET, "an", "boss"),
        (AuditAction.OFFICER_LOCKED, "an", "t1"),
        (AuditAction.OFFICER_UNLOCKED, "an", "boss"),
        (AuditAction.DEVICE_ENROLLED, "k1", "tech"),
        (AuditAction.DEVICE_REVOKED, "k1", "tech"),
    ]
    assert accounts.version() == 5
    assert accounts.first_broken_audit_entry() is None
    with open_accounts()._transactions._engine.begin() as connection:
        connection.execute(text("UPDATE account_deeds SET \"by\" = 'eve' WHERE seq = 3"))
    assert accounts.first_broken_audit_entry() == 3


def test_two_programs_change_accounts_at_once(open_accounts) -> None:
    hub, command = open_accounts(), open_accounts()
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda n: (hub, command)[n % 2].enrol(f"k{n % 8 + 1}", "x", NOW), range(24)))
    assert hub.version() == 24
    assert hub.first_broken_audit_entry() is None


def test_a_lock_out_of_an_earlier_version_holds_on(accounts, open_accounts) -> None:
    accounts.set_pin("an", PIN, "boss", NOW)
    until = moment_text(NOW + timedelta(minutes=5))
    with accounts._transactions._engine.begin() as connection:
        _step(connection, command.downgrade, "0006")
        connection.execute(
            text("UPDATE officer_accounts SET failures = 5, locked_until = :until"),
            {"until": until},
        )
        _step(connection, command.upgrade, "head")
    again = open_accounts()
    assert again.check_pin("an", PIN, NOW + timedelta(minutes=4)).state is PinState.LOCKED
    assert again.check_pin("an", PIN, NOW + timedelta(minutes=5)) == OK


def _step(connection, take, revision) -> None:
    config = Config()
    config.set_main_option("script_location", "hub.database:migrations")
    config.attributes["connection"] = connection
    take(config, revision)
