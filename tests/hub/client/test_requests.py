"""The table of open requests: kept before sent, sent again by policy, answered once, retried when the hub cannot."""

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from hub.client import Outbox
from hub.client.requests import NO_LINE, OpenRequests, Policy, adopt_and_ignore, ignore, no_line
from hub.messages import Answer, AskTicket, ErrorBody, ProveOfficer, Question
from service_floor.queue.commands import Command, HandInTicket, IssueTicket, ReportSlip
from service_floor.queue.concerns.leasing import ticket_of_lease

PRESS = IssueTicket(("certify",))
QUESTION = AskTicket(code="A1")


@pytest.fixture
def outbox(tmp_path: Path) -> Iterator[Outbox]:
    made = Outbox(tmp_path / "outbox")
    yield made
    made.close()


@pytest.fixture
def requests(outbox: Outbox) -> OpenRequests:
    return OpenRequests(outbox, adopt_and_ignore)


def granted(req: str) -> Answer:
    return Answer(req=req, ok=True)


def refused(req: str, code: str) -> Answer:
    return Answer(req=req, ok=False, error=ErrorBody(code=code))


def kept(outbox: Outbox) -> list[str]:
    return [req for req, _ in outbox.pending()]


@pytest.mark.parametrize(
    ("request_", "policy", "is_kept"),
    [
        (PRESS, Policy.DURABLE, True),
        (PRESS, Policy.HAND_OVER, True),
        (QUESTION, Policy.REPEAT, False),
        (ProveOfficer(officer="an", pin="482913"), Policy.ONCE, False),
    ],
)
def test_commands_are_on_disk_before_they_are_sent_and_questions_never(
    requests: OpenRequests,
    outbox: Outbox,
    request_: Command | Question,
    policy: Policy,
    is_kept: bool,
) -> None:
    requests.add("request-1", request_, policy, ignore)
    assert kept(outbox) == (["request-1"] if is_kept else [])
    assert requests.awaits("request-1")


@pytest.mark.parametrize("policy", list(Policy))
def test_an_answer_is_handed_over_once(requests: OpenRequests, policy: Policy) -> None:
    answers: list[Answer] = []
    requests.add("request-1", PRESS, policy, answers.append)
    assert requests.settle(granted("request-1"))
    assert requests.settle(granted("request-1"))
    assert answers == [granted("request-1")]
    assert not requests.awaits("request-1")


def test_what_the_disk_does_not_take_is_not_open(requests: OpenRequests, outbox: Outbox) -> None:
    outbox.database.execute("PRAGMA query_only=ON")
    with pytest.raises(sqlite3.Error):
        requests.add("request-1", PRESS, Policy.DURABLE, ignore)
    assert not requests.awaits("request-1")


def test_a_reconnect_sends_the_outbox_oldest_first_and_then_the_questions(
    requests: OpenRequests, outbox: Outbox
) -> None:
    outbox.keep("earlier", PRESS)
    requests.add("question", QUESTION, Policy.REPEAT, ignore)
    requests.add("press", PRESS, Policy.HAND_OVER, ignore)
    requests.add("in-hand", PRESS, Policy.HAND_OVER, ignore)
    requests.add("pin", ProveOfficer(officer="an", pin="482913"), Policy.ONCE, ignore)
    requests.settle(granted("in-hand"))
    assert list(requests.to_resend()) == [
        ("earlier", PRESS),
        ("press", PRESS),
        ("question", QUESTION),
    ]
    assert requests.lost() == [no_line("pin")]
    assert no_line("pin").error == ErrorBody(code=NO_LINE)


def test_a_pin_stays_in_no_memory(requests: OpenRequests) -> None:
    requests.add("pin", ProveOfficer(officer="an", pin="482913"), Policy.ONCE, ignore)
    assert requests.find("pin") is None
    assert requests.awaits("pin")


def test_what_an_earlier_run_left_gets_policy_and_callback_from_the_adopter(outbox: Outbox) -> None:
    answers: list[Answer] = []
    requests = OpenRequests(outbox, lambda _req, _command: (Policy.HAND_OVER, answers.append))
    outbox.keep("earlier", PRESS)
    assert list(requests.to_resend()) == [("earlier", PRESS)]
    requests.settle(granted("earlier"))
    assert answers == [granted("earlier")]
    assert kept(outbox) == ["earlier"]
    requests.taken("earlier")
    assert kept(outbox) == []


@pytest.mark.parametrize(
    ("policy", "answer", "left"),
    [
        (Policy.DURABLE, granted("request-1"), []),
        (Policy.HAND_OVER, granted("request-1"), ["request-1"]),
        (Policy.HAND_OVER, refused("request-1", "quota_used_up"), []),
    ],
)
def test_only_a_granted_answer_to_hand_over_stays_on_disk(
    requests: OpenRequests, outbox: Outbox, policy: Policy, answer: Answer, left: list[str]
) -> None:
    requests.add("request-1", PRESS, policy, ignore)
    requests.taken("request-1")
    requests.settle(answer)
    assert kept(outbox) == left


FACT = ReportSlip("ticket-1", "printed")
HAND_IN = HandInTicket("lease-1", "A007", "certify", datetime(2026, 11, 20, tzinfo=UTC))


@pytest.mark.parametrize(
    ("command", "code", "is_retried"),
    [
        (PRESS, "busy", True),
        (PRESS, "storage", False),
        (PRESS, "quota_used_up", False),
        (FACT, "storage", True),
        (FACT, "unknown_ticket", False),
        (PRESS, "unknown_ticket", False),
    ],
)
def test_a_fact_is_retried_while_the_hub_cannot_write_and_a_person_decides_themselves(
    requests: OpenRequests, outbox: Outbox, command: Command, code: str, is_retried: bool
) -> None:
    requests.add("request-1", command, Policy.DURABLE, ignore)
    assert requests.settle(refused("request-1", code)) is not is_retried
    assert requests.find("request-1") == (command if is_retried else None)
    assert kept(outbox) == (["request-1"] if is_retried else [])


def test_a_busy_hub_ends_a_question(requests: OpenRequests) -> None:
    answers: list[Answer] = []
    requests.add("question", QUESTION, Policy.REPEAT, answers.append)
    assert requests.settle(refused("question", "busy"))
    assert answers == [refused("question", "busy")]


def test_a_slip_waits_for_the_hand_in_of_its_ticket(requests: OpenRequests) -> None:
    requests.add("hand-in", HAND_IN, Policy.DURABLE, ignore)
    slip = ReportSlip(ticket_of_lease(HAND_IN.lease, HAND_IN.number), "printed")
    requests.add("slip", slip, Policy.DURABLE, ignore)
    assert not requests.settle(refused("slip", "unknown_ticket"))
    requests.settle(granted("hand-in"))
    assert requests.settle(refused("slip", "unknown_ticket"))
