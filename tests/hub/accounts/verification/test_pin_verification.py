"""PINs on a real database, by origin: more addresses give no more guesses, and a lock-out is no weapon."""

from datetime import datetime, timedelta

import pytest
from argon2 import PasswordHasher
from sqlalchemy import event

from hub.accounts import pins
from hub.accounts.roster import roster_of
from hub.accounts.store import Accounts
from hub.accounts.verification.pin_verification import PinAttempt, PinState, PinVerdict
from hub.database.storage import database_in, open_store
from plumbing.limits import KNOWN_ORIGIN_DAYS, KNOWN_ORIGINS_OF_OFFICER, TRIES
from service_floor.zone import ZONE

NOW = datetime(2026, 11, 20, 8, 0, tzinfo=ZONE)
PIN, WRONG = "482913", "918273"
HOME = "browser home"


@pytest.fixture
def engine(tmp_path, monkeypatch):
    monkeypatch.setattr(pins, "_HASHER", PasswordHasher(1, 8, 1))
    engine = open_store(database_in(tmp_path))
    yield engine
    engine.dispose()


@pytest.fixture
def accounts(engine, hall):
    accounts = Accounts(engine, roster_of(hall))
    accounts.set_pin("an", PIN, "boss", NOW)
    return accounts


@pytest.fixture
def check(accounts):
    def checked(pin: str, now: datetime = NOW, officer: str = "an", **more: str) -> PinVerdict:
        return accounts.pins.check(PinAttempt(officer, pin, "somewhere", **more), now)

    return checked


def test_all_strangers_share_one_count(check) -> None:
    verdicts = [check(WRONG, newcomer=f"browser {n}") for n in range(20)]
    assert [each.state for each in verdicts] == [PinState.WRONG] * 4 + [PinState.LOCKED] * 16
    assert check(PIN).state is PinState.LOCKED


def test_a_known_origin_has_its_own_count_both_ways(check) -> None:
    assert check(PIN, newcomer=HOME) == PinVerdict(PinState.OK)
    for _ in range(TRIES):
        check(WRONG)
    assert check(PIN, origin=HOME) == PinVerdict(PinState.OK, at_known=True)
    assert check(PIN).state is PinState.LOCKED
    for _ in range(TRIES):
        last = check(WRONG, origin=HOME)
    assert (last.state, last.by_this, last.at_known) == (PinState.LOCKED, True, True)


def test_a_terminal_is_known_after_its_first_right_pin(check) -> None:
    for _ in range(TRIES - 1):
        assert not check(WRONG, origin="terminal t1").at_known
    assert check(PIN, origin="terminal t1").state is PinState.OK
    assert check(WRONG, origin="terminal t1") == PinVerdict(PinState.WRONG, 4, at_known=True)
    assert check(WRONG, origin="terminal t2") == PinVerdict(PinState.WRONG, 4)


def test_an_origin_is_known_for_its_own_officers_only_and_not_for_ever(check, accounts) -> None:
    accounts.set_pin("o1", PIN, "boss", NOW)
    check(PIN, newcomer=HOME)
    assert not check(WRONG, officer="o1", origin=HOME).at_known
    assert accounts.pins.earlier_officers(HOME, NOW) == ("an",)
    assert accounts.pins.earlier_officers("", NOW) == ()
    late = NOW + timedelta(days=KNOWN_ORIGIN_DAYS)
    assert accounts.pins.earlier_officers(HOME, late) == ()
    assert not check(WRONG, late, origin=HOME).at_known


def test_the_least_recent_origin_is_forgotten_first(check) -> None:
    for n in range(KNOWN_ORIGINS_OF_OFFICER + 1):
        check(PIN, NOW + timedelta(seconds=n), newcomer=f"browser {n}")
    assert not check(WRONG, origin="browser 0").at_known
    assert check(WRONG, origin="browser 1").at_known


def test_a_new_pin_forgets_origins_and_unlocking_ends_all_lock_outs(check, accounts) -> None:
    check(PIN, newcomer=HOME)
    for _ in range(TRIES):
        check(WRONG, origin=HOME)
    (an,) = (each for each in accounts.officers() if each.officer == "an")
    assert an.locked_until == NOW + timedelta(minutes=5)
    assert accounts.unlock("an", "boss", NOW)
    assert check(PIN, origin=HOME).at_known
    accounts.set_pin("an", "739164", "boss", NOW)
    assert not check("739164", origin=HOME).at_known


def test_every_refusal_costs_the_same_work(check, engine, monkeypatch) -> None:
    """Real and unknown names, locked and without a PIN: as many statements, commits and hashes."""
    work: list[str] = []
    hashed = pins.is_pin

    def counted(kept, pin):
        work.append("hash")
        return hashed(kept, pin)

    monkeypatch.setattr("hub.accounts.verification.pin_verification.is_pin", counted)
    event.listen(engine, "commit", lambda _: work.append("commit"))
    event.listen(engine, "before_cursor_execute", lambda *given: work.append(given[2].split()[0]))
    costs = []
    for officer in ("an", "o1", "nobody", ""):
        for _ in range(TRIES + 1):
            work.clear()
            check(WRONG, officer=officer)
            costs.append(tuple(each for each in work if each in ("hash", "commit")))
    assert set(costs) == {("commit", "hash", "commit")}
