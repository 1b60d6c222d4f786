"""Whatever is granted, repeated, given, taken back and killed in between: no number is given twice, none without its hand-in."""

import sqlite3
import tempfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from hub.client.offline.lease_book import GrantedLease, LastContact, LeaseBook
from hub.client.outbox import Outbox
from service_floor.queue.commands import HandInTicket, IssueTicket

FRIDAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
DAYS = st.sampled_from([FRIDAY, FRIDAY + timedelta(days=1)])
SERVICES = st.sampled_from(["land", "civil"])


class CrashError(Exception):
    """The program ends here."""


def hand_in(service):
    return lambda lease, number: (
        f"hand-in-{lease}-{number}",
        HandInTicket(lease, number, service, NOW),
    )


class AnyRun(RuleBasedStateMachine):
    """One kiosk's file, and a memory of its own of what left it."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.granted: list[GrantedLease] = []
        self.gone: set[tuple[str, str]] = set()
        self.given: list[str] = []
        self.presses = 0
        self.begin()

    def begin(self) -> None:
        self.outbox = Outbox(Path(self.folder.name) / "outbox")
        self.book = LeaseBook(self.outbox)

    @rule(service=SERVICES, day=DAYS, count=st.integers(1, 4))
    def the_hub_grants(self, service: str, day: date, count: int) -> None:
        n = len(self.granted)
        numbers = tuple(f"A{900 + 10 * n + k}" for k in range(count))
        self.granted.append(GrantedLease(f"lease{n}", service, day, numbers))
        self.book.keep(self.granted[-1])

    @rule(index=st.integers(0, 20))
    def the_hub_repeats_itself(self, index: int) -> None:
        if self.granted:
            self.book.keep(self.granted[index % len(self.granted)])

    @rule(service=SERVICES, day=DAYS, crash=st.booleans())
    def a_press_without_the_hub(self, service: str, day: date, crash: bool) -> None:
        self.presses += 1
        press = f"press-{self.presses}"
        self.outbox.keep(press, IssueTicket((service,)))
        if crash:

            def die(_lease: str, _number: str) -> tuple[str, HandInTicket]:
                raise CrashError

            held = self.book.held(day).get(service, 0)
            if held:
                with pytest.raises(CrashError):
                    self.book.give(service, day, press, die)
            assert self.book.held(day).get(service, 0) == held
            assert self.outbox.find(press) is not None
            return
        given = self.book.give(service, day, press, hand_in(service))
        assert (given is None) == (self.outbox.find(press) is not None)
        if given is not None:
            assert given not in self.gone
            self.gone.add(given)
            self.given.append(f"hand-in-{given[0]}-{given[1]}")

    @rule(service=SERVICES, day=DAYS)
    def numbers_are_taken_back(self, service: str, day: date) -> None:
        for lease, numbers in self.book.take_back(service, day).items():
            back = {(lease, number) for number in numbers}
            assert not back & self.gone
            self.gone |= back

    @rule(day=DAYS)
    def the_day_ends(self, day: date) -> None:
        self.book.strike_out(day)
        assert self.book.held(day) == {}

    @rule()
    def the_program_is_killed(self) -> None:
        self.outbox.close()
        self.begin()

    @invariant()
    def every_given_number_is_handed_in_once(self) -> None:
        pending = [req for req, _ in self.outbox.pending()]
        assert [req for req in pending if req.startswith("hand-in")] == self.given

    def teardown(self) -> None:
        self.outbox.close()
        self.folder.cleanup()


AnyRun.TestCase.settings = settings(max_examples=settings.default.max_examples // 3)
TestAnyRun = AnyRun.TestCase


@pytest.fixture
def book(tmp_path):
    outbox = Outbox(tmp_path / "outbox")
    yield LeaseBook(outbox)
    outbox.close()


def test_numbers_are_given_in_their_order_and_only_on_their_day(book) -> None:
    book.keep(GrantedLease("l1", "land", FRIDAY, ("A998", "A999")))
    saturday = FRIDAY + timedelta(days=1)
    assert book.give("land", saturday, "p", hand_in("land")) is None
    assert [book.give("land", FRIDAY, "p", hand_in("land"))[1] for _ in range(2)] == [
        "A998",
        "A999",
    ]


UNVERSIONED = f"""
CREATE TABLE outbox (place INTEGER PRIMARY KEY, req TEXT UNIQUE, body BLOB);
CREATE TABLE leased (place INTEGER PRIMARY KEY, lease TEXT, service TEXT, day TEXT,
 number TEXT, gone INTEGER DEFAULT 0, UNIQUE (lease, number));
CREATE TABLE last_word (one INTEGER PRIMARY KEY CHECK (one = 1), hub TEXT, wall TEXT);
INSERT INTO leased (lease, service, day, number, gone) VALUES
 ('l1', 'land', '{FRIDAY}', 'A998', 1), ('l1', 'land', '{FRIDAY}', 'A999', 0);
INSERT INTO last_word VALUES (1, '{NOW.isoformat()}', '{NOW.isoformat()}');
"""


def test_a_file_of_the_version_before_is_migrated_with_its_numbers(tmp_path) -> None:
    db = sqlite3.connect(tmp_path / "outbox")
    db.executescript(UNVERSIONED)
    db.close()
    outbox = Outbox(tmp_path / "outbox")
    book = LeaseBook(outbox)
    assert book.held(FRIDAY) == {"land": 1}
    assert book.last_word() == LastContact(NOW, NOW)
    assert outbox.database.execute("PRAGMA user_version").fetchone() == (2,)
    outbox.close()


def test_a_file_with_a_column_fewer_does_not_end_the_kiosk(tmp_path, caplog) -> None:
    db = sqlite3.connect(tmp_path / "outbox")
    db.executescript(
        UNVERSIONED.replace("service TEXT, ", "").replace("service, ", "").replace("'land', ", "")
    )
    db.close()
    outbox = Outbox(tmp_path / "outbox")
    assert LeaseBook(outbox).held(FRIDAY) == {}
    outbox.close()
    assert "other columns in leased" in caplog.text
    assert (tmp_path / "outbox.broken").exists()


def test_leases_of_days_that_are_over_are_dropped(book) -> None:
    book.keep(GrantedLease("l1", "land", FRIDAY, ("A998", "A999")))
    book.forget_before(FRIDAY)
    assert book.held(FRIDAY) == {"land": 2}
    book.forget_before(FRIDAY + timedelta(days=1))
    assert book.held(FRIDAY) == {}


def test_the_last_word_of_the_hub_is_kept(book) -> None:
    assert book.last_word() is None
    for minutes in (0, 1):
        word = LastContact(NOW + timedelta(minutes=minutes), NOW, 7.5, "boot-1")
        book.note(word)
    assert book.last_word() == word
