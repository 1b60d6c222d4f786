"""Who may do what: one literal table over the roles of devices and people, and the rule that a counter's terminal acts for
its own counter alone. An officer is `counter`: at a counter, by its terminal."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from config.model.centre import StaffRole
from hub.messages import Question
from service_floor.queue.commands import Actor, Command, Role

_KIOSKS: Final = frozenset({Role.KIOSK})
_DESK: Final = frozenset({Role.COUNTER})
_FLOOR: Final = frozenset({Role.COUNTER, Role.GREETER, Role.SUPERVISOR})
_OVERSEEN: Final = frozenset({Role.COUNTER, Role.SUPERVISOR})
_SUPERVISORS: Final = frozenset({Role.SUPERVISOR})
_TECHNICIANS: Final = frozenset({Role.TECHNICIAN, Role.SUPERVISOR})

COMMANDS: Final[Mapping[str, frozenset[Role]]] = {
    "issue_ticket": _FLOOR | _KIOSKS,
    "lease_numbers": _KIOSKS,
    "return_numbers": _KIOSKS,
    "hand_in_ticket": _KIOSKS,
    "sign_in": _DESK,
    "sign_out": _OVERSEEN,
    "open_counter": _DESK,
    "pause_counter": _DESK,
    "close_counter": _OVERSEEN,
    "call_next": _DESK,
    "call_ticket": _DESK,
    "recall": _DESK,
    "start_serving": _DESK,
    "mark_no_show": _DESK,
    "readmit": _FLOOR | _KIOSKS,
    "park": _DESK,
    "call_parked": _DESK,
    "transfer": _DESK,
    "finish": _DESK,
    "confirm_priority": _DESK,
    "cancel_ticket": _FLOOR,
    "reprint_slip": _FLOOR,
    "report_slip": frozenset({Role.KIOSK, Role.COUNTER}),
    "report_announced": frozenset({Role.AGENT}),
    "end_day": _SUPERVISORS,
    "pass_time": frozenset({Role.HUB}),
}

QUESTIONS: Final[Mapping[str, frozenset[Role]]] = {
    "dossier": _FLOOR | _KIOSKS,
    "ticket": _FLOOR | _KIOSKS,
    "prove_officer": _DESK,
}

HAVE_ATTACHED: Final = _KIOSKS | _DESK
"""Whose printers are told of; each tells of its own alone, as no name of another stands in what it says."""


class Duty(StrEnum):
    """What people do in the console beside the floor."""

    SEE_FLOOR = "see_floor"
    SEE_DEVICES = "see_devices"
    ENROL_DEVICE = "enrol_device"
    REVOKE_DEVICE = "revoke_device"
    SEE_OFFICERS = "see_officers"
    SET_PIN = "set_pin"
    UNLOCK_OFFICER = "unlock_officer"
    SEE_REPORTS = "see_reports"
    SEE_DEEDS = "see_deeds"


DUTIES: Final[Mapping[Duty, frozenset[Role]]] = {
    Duty.SEE_FLOOR: _TECHNICIANS | {Role.GREETER},
    Duty.SEE_DEVICES: _TECHNICIANS,
    Duty.ENROL_DEVICE: _TECHNICIANS,
    Duty.REVOKE_DEVICE: _TECHNICIANS,
    Duty.SEE_OFFICERS: _TECHNICIANS,
    Duty.SET_PIN: _SUPERVISORS,
    Duty.UNLOCK_OFFICER: _SUPERVISORS,
    Duty.SEE_REPORTS: _SUPERVISORS,
    Duty.SEE_DEEDS: _SUPERVISORS,
}

PEOPLE: Final[Mapping[StaffRole, Role]] = {
    "officer": Role.COUNTER,
    "greeter": Role.GREETER,
    "technician": Role.TECHNICIAN,
    "supervisor": Role.SUPERVISOR,
}
"""What somebody of the centre acts as in the console, by the role in the configuration."""


def may_command(actor: Actor, command: Command) -> bool:
    """Whether the device may give this command."""
    if actor.role not in COMMANDS[command.kind]:
        return False
    counter: str | None = getattr(command, "counter", None)
    return actor.role is not Role.COUNTER or counter in (None, actor.counter)


def may_ask(actor: Actor, question: Question) -> bool:
    """Whether the device may ask this."""
    return actor.role in QUESTIONS[question.kind]


def may_do(role: Role, duty: Duty) -> bool:
    """Whether somebody of this role may do this in the console."""
    return role in DUTIES[duty]
