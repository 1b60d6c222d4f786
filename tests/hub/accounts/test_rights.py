"""Who may do what."""

import typing
from inspect import signature

import pytest

from hub.accounts.rights import (
    COMMANDS,
    DUTIES,
    PEOPLE,
    QUESTIONS,
    Duty,
    may_ask,
    may_command,
    may_do,
)
from hub.messages import AskDossier, AskTicket, ProveOfficer
from service_floor.queue.commands import (
    Actor,
    CallNext,
    CancelTicket,
    CloseCounter,
    Command,
    EndDay,
    IssueTicket,
    PassTime,
    ReportAnnounced,
    ReprintReason,
    ReprintSlip,
    Role,
)

OUTSIDE = [role for role in Role if role is not Role.HUB]


def test_every_command_and_question_has_its_line() -> None:
    assert set(COMMANDS) == {kind.kind for kind in _kinds()}
    assert set(QUESTIONS) == {"dossier", "ticket", "prove_officer"}


def _kinds():
    for kind in typing.get_args(Command):
        parameters = signature(kind).parameters.values()
        yield kind(**{p.name: "x" for p in parameters if p.default is p.empty})


def test_nobody_outside_lets_time_pass() -> None:
    assert not any(may_command(Actor("x", role), PassTime()) for role in OUTSIDE)


@pytest.mark.parametrize("role", [Role.BOARD, Role.TECHNICIAN])
def test_boards_and_technicians_give_no_command(role) -> None:
    assert not any(may_command(Actor("x", role), command) for command in _kinds())


@pytest.mark.parametrize("command", [CallNext("c1"), CloseCounter("c1")])
def test_a_terminal_acts_for_its_own_counter_alone(command) -> None:
    assert may_command(Actor("t1", Role.COUNTER, "c1"), command)
    assert not may_command(Actor("t2", Role.COUNTER, "c2"), command)
    assert not may_command(Actor("t3", Role.COUNTER, None), command)


@pytest.mark.parametrize(
    ("role", "command", "may"),
    [
        (Role.KIOSK, IssueTicket(("a",)), True),
        (Role.KIOSK, CancelTicket("t", "x"), False),
        (Role.KIOSK, CallNext("c1"), False),
        (Role.COUNTER, CancelTicket("t", "x"), True),
        (Role.SUPERVISOR, CloseCounter("c1"), True),
        (Role.SUPERVISOR, CallNext("c1"), False),
        (Role.SUPERVISOR, EndDay(), True),
        (Role.COUNTER, EndDay(), False),
        (Role.GREETER, IssueTicket(("a",)), True),
        (Role.GREETER, CancelTicket("t", "x"), True),
        (Role.GREETER, CloseCounter("c1"), False),
        (Role.GREETER, EndDay(), False),
        (Role.GREETER, ReprintSlip("t", ReprintReason.LOST), True),
        (Role.KIOSK, ReprintSlip("t", ReprintReason.LOST), False),
        (Role.AGENT, ReportAnnounced("c", "announced"), True),
        (Role.AGENT, IssueTicket(("a",)), False),
    ],
)
def test_the_table_holds(role, command, may) -> None:
    assert may_command(Actor("x", role, "c1"), command) is may


def test_who_serves_people_may_ask_and_screens_may_not() -> None:
    for question in (AskDossier(code="x"), AskTicket(code="x")):
        allowed = {role for role in Role if may_ask(Actor("x", role), question)}
        assert allowed == {Role.KIOSK, Role.COUNTER, Role.GREETER, Role.SUPERVISOR}


def test_pins_are_typed_at_counters_alone() -> None:
    question = ProveOfficer(officer="an", pin="482913")
    assert [role for role in Role if may_ask(Actor("x", role), question)] == [Role.COUNTER]


def test_every_duty_has_its_line_and_is_a_persons() -> None:
    assert set(DUTIES) == set(Duty)
    people = {Role.GREETER, Role.TECHNICIAN, Role.SUPERVISOR}
    assert all(roles <= people for roles in DUTIES.values())
    assert set(PEOPLE.values()) == people | {Role.COUNTER}


@pytest.mark.parametrize(
    ("role", "duty", "may"),
    [
        (Role.TECHNICIAN, Duty.ENROL_DEVICE, True),
        (Role.TECHNICIAN, Duty.SET_PIN, False),
        (Role.SUPERVISOR, Duty.SET_PIN, True),
        (Role.GREETER, Duty.ENROL_DEVICE, False),
        (Role.COUNTER, Duty.SEE_REPORTS, False),
    ],
)
def test_the_duties_hold(role, duty, may) -> None:
    assert may_do(role, duty) is may
