"""Codes of an authenticator are good once and for a minute; recovery codes once."""

import base64
from datetime import datetime, timedelta

import pytest
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP

from hub.accounts.audit_log import AuditAction
from hub.accounts.roster import roster_of
from hub.accounts.store import Accounts
from hub.accounts.verification.second_factor import is_proven
from hub.database.storage import database_in, open_store
from plumbing.limits import RECOVERY_CODES
from service_floor.zone import ZONE

NOW = datetime(2026, 11, 20, 8, 0, tzinfo=ZONE)
HALF = timedelta(seconds=30)


@pytest.fixture
def accounts(hall, tmp_path):
    engine = open_store(database_in(tmp_path))
    yield Accounts(engine, roster_of(hall))
    engine.dispose()


@pytest.fixture
def drawn(accounts):
    drawn = accounts.second_factors.draw("an", "Trung tâm")
    assert accounts.second_factors.keep("an", drawn, code(drawn, NOW), "tech", NOW)
    return drawn


def code(drawn, at: datetime) -> str:
    return (
        TOTP(base64.b32decode(drawn.secret), 6, SHA1(), 30).generate(int(at.timestamp())).decode()
    )


def proven(accounts, typed: str, at: datetime, officer: str = "an") -> bool:
    with accounts._transactions.changing() as connection:
        return is_proven(connection, officer, typed, "console", at)


def test_a_code_is_good_once_and_a_slow_phone_is_too(accounts, drawn) -> None:
    later = NOW + 4 * HALF
    assert proven(accounts, code(drawn, later - HALF), later)
    assert proven(accounts, f" {code(drawn, later)[:3]} {code(drawn, later)[3:]}", later)
    assert not proven(accounts, code(drawn, later), later)
    assert not proven(accounts, code(drawn, later + 3 * HALF), later)
    assert not proven(accounts, "", later)
    assert not proven(accounts, "ế", later)


def test_who_has_none_needs_none(accounts, drawn) -> None:
    assert proven(accounts, "", NOW, "o1")


def test_a_clock_that_was_wrong_shuts_nobody_out(accounts, drawn) -> None:
    ahead = NOW + timedelta(days=900)
    assert proven(accounts, code(drawn, ahead), ahead)
    assert proven(accounts, code(drawn, NOW), NOW)


def test_a_recovery_code_is_good_once_and_is_in_the_audit_log(accounts, drawn) -> None:
    assert len(set(drawn.recovery_codes)) == RECOVERY_CODES
    typed = drawn.recovery_codes[3].lower().replace("-", " ")
    assert proven(accounts, typed, NOW)
    assert not proven(accounts, typed, NOW)
    assert proven(accounts, drawn.recovery_codes[4], NOW)
    kinds = [each.kind for each in accounts.audit_log()]
    assert kinds == [AuditAction.SECOND_FACTOR_SET] + [AuditAction.RECOVERY_CODE_USED] * 2


def test_nothing_changes_before_the_authenticator_has_proved_itself(accounts) -> None:
    drawn = accounts.second_factors.draw("an", "Trung tâm")
    assert drawn.uri.startswith("otpauth://totp/")
    assert not accounts.second_factors.keep("an", drawn, "000000", "tech", NOW)
    assert accounts.second_factors.officers() == frozenset()


def test_a_second_factor_is_removed(accounts, drawn) -> None:
    assert accounts.second_factors.officers() == {"an"}
    assert accounts.second_factors.remove("an", "tech", NOW)
    assert not accounts.second_factors.remove("an", "tech", NOW)
    assert proven(accounts, "", NOW)
