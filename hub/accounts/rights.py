"""Authorisation: permissions of roles to give a command, ask a question or do a duty in the console.

Commands declare their roles and the counter they act for; questions and duties are tables here. A counter's terminal
acts only for its own counter. An officer has the role `counter`: at a counter, by its terminal.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final, get_args

from config.model.centre import StaffRole
from hub.messages import Question
from service_floor.queue.actors import COUNTERS, FLOOR_STAFF, KIOSKS, SUPERVISORS, Actor, Role
from service_floor.queue.cases import FloorCommand
from service_floor.queue.commands import Command

_TECHNICIANS: Final = frozenset({Role.TECHNICIAN, Role.SUPERVISOR})

COMMANDS: Final[Mapping[str, frozenset[Role]]] = {
    command.__dataclass_fields__["kind"].default: command.given_by for command in get_args(Command)
}
"""The roles that may give each command, as the commands declare them."""

QUESTIONS: Final[Mapping[str, frozenset[Role]]] = {
    "dossier": FLOOR_STAFF | KIOSKS,
    "ticket": FLOOR_STAFF | KIOSKS,
    "prove_officer": COUNTERS,
}

HAVE_ATTACHED: Final = KIOSKS | COUNTERS
"""Roles that report the printers attached to them. A report names no other device, so each reports only its own."""


class Duty(StrEnum):
    """What people may do in the console beside commands."""

    SEE_FLOOR = "see_floor"
    SEE_DEVICES = "see_devices"
    ENROL_DEVICE = "enrol_device"
    REVOKE_DEVICE = "revoke_device"
    SEE_OFFICERS = "see_officers"
    SET_PIN = "set_pin"
    UNLOCK_OFFICER = "unlock_officer"
    CONFIRM_CLOCK = "confirm_clock"
    SEE_REPORTS = "see_reports"
    SEE_DEEDS = "see_deeds"


DUTIES: Final[Mapping[Duty, frozenset[Role]]] = {
    Duty.SEE_FLOOR: _TECHNICIANS | {Role.GREETER},
    Duty.SEE_DEVICES: _TECHNICIANS,
    Duty.ENROL_DEVICE: _TECHNICIANS,
    Duty.REVOKE_DEVICE: _TECHNICIANS,
    Duty.SEE_OFFICERS: _TECHNICIANS,
    Duty.SET_PIN: SUPERVISORS,
    Duty.UNLOCK_OFFICER: SUPERVISORS,
    Duty.CONFIRM_CLOCK: _TECHNICIANS,
    Duty.SEE_REPORTS: SUPERVISORS,
    Duty.SEE_DEEDS: SUPERVISORS,
}

PEOPLE: Final[Mapping[StaffRole, Role]] = {
    "officer": Role.COUNTER,
    "greeter": Role.GREETER,
    "technician": Role.TECHNICIAN,
    "supervisor": Role.SUPERVISOR,
}
"""The role in which a person of the centre is authorised in the console, by the role in the configuration."""


def may_command(actor: Actor, command: FloorCommand) -> bool:
    """Whether the device may give this command: by its role, and as a counter's terminal only for its own counter."""
    if actor.role not in command.given_by:
        return False
    return actor.role is not Role.COUNTER or command.counter_acted_for() in (None, actor.counter)


def may_ask(actor: Actor, question: Question) -> bool:
    """Whether the device may ask this."""
    return actor.role in QUESTIONS[question.kind]
