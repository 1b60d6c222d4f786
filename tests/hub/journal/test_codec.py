"""How things are written in the journal."""

import dataclasses
import hashlib
import json
import typing
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.journal.codec import (
    GENESIS,
    command_hash,
    event_text,
    moment_text,
    read_event,
    read_moment,
    row_hash,
)
from service_floor.queue.commands import IssueTicket, Park
from service_floor.queue.events import (
    CounterSignedIn,
    Event,
    LeasedNumber,
    OfflineIssue,
    SlipReported,
    Stop,
    TicketIssued,
)
from service_floor.zone import ZONE

MOMENT = datetime(2026, 11, 20, 8, 0, 0, 5, tzinfo=ZONE)
SAMPLES = {
    "str": "Đất đai",
    "str | None": None,
    "int": 7,
    "bool": True,
    "date": date(2026, 11, 20),
    "datetime": MOMENT,
    "tuple[str, ...]": ("A998", "A999"),
    "tuple[service_floor.queue.tickets.LeasedNumber, ...]": (LeasedNumber(999, "A999"),),
    "service_floor.queue.concerns.issuing.OfflineIssue | None": OfflineIssue("l1", MOMENT, MOMENT),
    "tuple[tuple[str, tuple[tuple[str, ...], ...]], ...]": (("c1", (("land", "tax"), ())),),
    "tuple[tuple[str, int], ...]": (("elderly", 2),),
    "tuple[service_floor.queue.tickets.Stop, ...]": (Stop("land", "c1"), Stop("certify")),
}


def sample(kind):
    values = {}
    for field in dataclasses.fields(kind):
        if field.name != "kind":
            name = getattr(field.type, "__name__", str(field.type))
            values[field.name] = SAMPLES.get(name, SAMPLES.get(str(field.type)))
    return kind(**values)


@pytest.mark.parametrize("kind", typing.get_args(Event), ids=lambda kind: kind.__name__)
def test_every_event_comes_back_as_it_was_written(kind) -> None:
    event = sample(kind)
    assert read_event(event_text(event)) == event
    assert event_text(read_event(event_text(event))) == event_text(event)


def test_an_event_is_written_in_one_way_only() -> None:
    event = TicketIssued("t1", "A001", 1, (Stop("land"),), None, "sáng", "k1")
    assert event_text(event) == (
        '{"ticket":"t1","number":"A001","n":1,"stops":[{"service":"land","counter":null}],'
        '"priority":null,"session":"sáng","device":"k1","offline":null,"officer":"","counter":null,'
        '"kind":"ticket_issued"}'
    )


def test_a_ticket_of_an_older_journal_was_given_by_the_hub() -> None:
    old = (
        '{"ticket":"t1","number":"A001","n":1,"stops":[{"service":"land","counter":null}],'
        '"priority":null,"session":"sáng","device":"k1","kind":"ticket_issued"}'
    )
    assert read_event(old).offline is None


@pytest.mark.parametrize(
    "old",
    [
        '{"ticket":"t1","arrived_at":"2026-11-20T08:00:00+07:00","kind":"ticket_readmitted"}',
        '{"ticket":"t1","reason":"left","device":"t1","kind":"ticket_cancelled"}',
        '{"ticket":"t1","counter":"c1","kind":"ticket_missed"}',
        '{"ticket":"t1","counter":"c1","stops":[],"kind":"ticket_transferred"}',
        '{"ticket":"t1","counter":"c1","outcome":"","kind":"ticket_finished"}',
        '{"profiles":[],"ranks":[],"priority":"strict","normal_per_priority":3,"kind":"plan_adopted"}',
    ],
)
def test_what_an_older_journal_does_not_name_is_read_as_unknown(old) -> None:
    event = read_event(old)
    unknown = {getattr(event, name, None) for name in ("officer", "reason", "recall_limit")}
    assert unknown <= {"", None, "left"}


def test_an_officer_of_an_older_journal_sat_at_a_counter_of_their_own() -> None:
    old = read_event('{"counter":"c1","officer":"an","kind":"counter_signed_in"}')
    assert old == CounterSignedIn("c1", "an", stands_in_for=None, by_pin=False)


def test_a_row_is_hashed_as_the_documentation_says() -> None:
    expected = hashlib.sha256(
        ('["' + "0" * 64 + '",1,"2026-11-20","Sáng","b"]').encode()
    ).hexdigest()
    assert row_hash(GENESIS, 1, "2026-11-20", "Sáng", "b") == expected


@given(st.text(), st.text())
def test_any_text_is_hashed_as_json_writes_it(device, body) -> None:
    array = json.dumps([GENESIS, 7, device, body], ensure_ascii=False, separators=(",", ":"))
    assert row_hash(GENESIS, 7, device, body) == hashlib.sha256(array.encode()).hexdigest()


@pytest.mark.parametrize("cell", [None, 1, b"bytes"])
def test_what_is_no_text_is_not_hashed(cell) -> None:
    with pytest.raises(TypeError):
        row_hash(GENESIS, 1, "2026-11-20", cell)


def test_moments_sort_as_they_happened() -> None:
    early = datetime(2026, 11, 20, 0, 59, 59, tzinfo=UTC)
    late = datetime(2026, 11, 20, 8, 0, tzinfo=ZONE)
    assert moment_text(early) == "2026-11-20T07:59:59.000000+07:00" < moment_text(late)
    assert read_moment(moment_text(early)) == early


def test_requests_for_other_things_have_other_fingerprints() -> None:
    commands = [
        IssueTicket(("a",)),
        IssueTicket(("a", "b")),
        IssueTicket(("a",), "elderly"),
        Park("c1", 5),
        Park("c1", 6),
    ]
    assert len({command_hash(command) for command in commands}) == len(commands)
    assert command_hash(IssueTicket(("a",))) == command_hash(IssueTicket(services=("a",)))


def test_a_slip_reported_before_reprints_were_counted_is_one_of_the_first_print():
    old = '{"device":"k1","kind":"slip_reported","outcome":"printed","reason":"","ticket":"t"}'
    assert read_event(old) == SlipReported("t", "printed", "", "k1", 0)
