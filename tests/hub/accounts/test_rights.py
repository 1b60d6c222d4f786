"""Who may do what."""

from dataclasses import dataclass
from inspect import signature
from typing import ClassVar, Literal, get_args

import pytest

from hub.accounts.rights import COMMANDS, DUTIES, PEOPLE, QUESTIONS, Duty, may_ask, may_command
from hub.messages import AskDossier, AskTicket, ProveOfficer
from service_floor.queue.actors import COUNTERS
from service_floor.queue.cases import ActsFor, FloorCommand
from service_floor.queue.commands import Actor, Command, Role

# Every role that may give each command. A counter's terminal gives those in AT_COUNTER only for its own counter.
ALLOWED = {
    "issue_ticket": {Role.KIOSK, Role.COUNTER, Role.GREETER, Role.SUPERVISOR},
    "lease_numbers": {Role.KIOSK},
    "return_numbers": {Role.KIOSK},
    "hand_in_ticket": {Role.KIOSK},
    "sign_in": {Role.COUNTER},
    "sign_out": {Role.COUNTER, Role.SUPERVISOR},
    "open_counter": {Role.COUNTER},
    "pause_counter": {Role.COUNTER},
    "close_counter": {Role.COUNTER, Role.SUPERVISOR},
    "call_next": {Role.COUNTER},
    "call_ticket": {Role.COUNTER},
    "recall": {Role.COUNTER},
    "start_serving": {Role.COUNTER},
    "mark_no_show": {Role.COUNTER},
    "readmit": {Role.KIOSK, Role.COUNTER, Role.GREETER, Role.SUPERVISOR},
    "park": {Role.COUNTER},
    "call_parked": {Role.COUNTER},
    "transfer": {Role.COUNTER},
    "finish": {Role.COUNTER},
    "confirm_priority": {Role.COUNTER},
    "cancel_ticket": {Role.COUNTER, Role.GREETER, Role.SUPERVISOR},
    "move_ticket": {Role.COUNTER, Role.GREETER, Role.SUPERVISOR},
    "reprint_slip": {Role.COUNTER, Role.GREETER, Role.SUPERVISOR},
    "report_slip": {Role.KIOSK, Role.COUNTER},
    "report_announced": {Role.AGENT},
    "end_day": {Role.SUPERVISOR},
    "pass_time": {Role.HUB},
}
# What a counter's terminal may do without naming its counter: its decision looks at the terminal's counter by itself.
FOR_NO_COUNTER = {
    "issue_ticket", "readmit", "cancel_ticket", "move_ticket", "reprint_slip", "report_slip",
}  # fmt: skip


def _commands(counter):
    for kind in get_args(Command):
        parameters = signature(kind).parameters.values()
        given = {p.name: "x" for p in parameters if p.default is p.empty}
        yield kind(**given | ({"counter": counter} if "counter" in given else {}))


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("command", list(_commands("c1")), ids=lambda command: command.kind)
def test_every_command_is_given_by_its_roles_and_by_a_counter_for_itself(role, command) -> None:
    allowed = role in ALLOWED[command.kind]
    assert may_command(Actor("x", role, "c1"), command) is allowed
    bound = role is Role.COUNTER and command.kind not in FOR_NO_COUNTER
    assert may_command(Actor("x", role, "c2"), command) is (allowed and not bound)
    assert may_command(Actor("x", role, None), command) is (allowed and not bound)


def test_every_command_and_question_has_its_line() -> None:
    assert COMMANDS == ALLOWED
    assert set(QUESTIONS) == {"dossier", "ticket", "prove_officer"}


def test_a_terminal_does_not_pass_for_another_counter_whatever_the_field_is_called() -> None:
    @dataclass(frozen=True, slots=True)
    class CallAt(FloorCommand):
        given_by: ClassVar = COUNTERS
        acts_for: ClassVar = ActsFor("at_desk")
        at_desk: str
        kind: Literal["call_at"] = "call_at"

        def decide(self, case):
            return ()

    assert may_command(Actor("t1", Role.COUNTER, "c1"), CallAt("c1"))
    assert not may_command(Actor("t2", Role.COUNTER, "c2"), CallAt("c1"))


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
    assert (role in DUTIES[duty]) is may
