"""What commands of other processes do reaches the hub: a confirmed clock, and tokens that became invalid."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest

from hub.accounts.audit_log import THE_CLOCK, AuditAction, record_entry
from hub.accounts.revocations import NAME
from hub.accounts.roster import roster_of
from hub.accounts.store import Accounts
from hub.audit_watch import AuditWatch
from hub.clock.floor_clock import ClockReport
from hub.database.storage import close_store, database_in, open_store
from service_floor.zone import ZONE

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=ZONE)


class HeldClock:
    """A clock that is held, and remembers who confirmed it."""

    def __init__(self) -> None:
        self.confirmed = []

    def __call__(self) -> datetime:
        return NOW

    def report(self) -> ClockReport:
        return ClockReport(held=True, machine=NOW)

    def confirm(self, by: str) -> bool:
        self.confirmed.append(by)
        return True


@pytest.fixture
def clock():
    return HeldClock()


@pytest.fixture
def accounts(hall, tmp_path):
    engine = open_store(database_in(tmp_path))
    yield Accounts(engine, roster_of(hall))
    close_store(engine)


@pytest.fixture
def watch(accounts, clock, tmp_path):
    with ThreadPoolExecutor(1) as readers:
        yield AuditWatch(accounts, clock, tmp_path / "mark", readers)


def confirm(accounts, by, at=NOW) -> None:
    record_entry(accounts.engine, AuditAction.CLOCK_CONFIRMED, THE_CLOCK, by, at)


async def test_a_confirmation_counts_once(watch, accounts, clock) -> None:
    await watch.look()
    confirm(accounts, "command:tech")
    await watch.look()
    await watch.look()
    assert clock.confirmed == ["command:tech"]
    assert accounts.first_broken_audit_entry() is None


@pytest.mark.parametrize(
    ("minutes", "counts"), [(1, True), (9, True), (11, False), (-1, False), (60 * 24, False)]
)
async def test_at_the_start_only_a_fresh_confirmation_counts(
    watch, accounts, clock, minutes, counts
) -> None:
    confirm(accounts, "an", NOW - timedelta(minutes=minutes))
    await watch.look()
    assert clock.confirmed == (["an"] if counts else [])


async def test_a_revocation_is_kept_beside_the_mark(watch, accounts, tmp_path) -> None:
    async with watch.kept_up():
        accounts.revoke("k1", "boss", NOW)
        await watch.look()
    assert "k1" in (tmp_path / "mark" / NAME).read_text("utf-8")
