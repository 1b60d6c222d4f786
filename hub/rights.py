"""Who may ask what of the floor: one literal table, and the rule that a counter's terminal acts for its own counter alone."""

from collections.abc import Mapping
from typing import Final

from hub.messages import Question
from service_floor.queue.commands import Actor, Command, Role

_KIOSKS: Final = frozenset({Role.KIOSK})
_DESK: Final = frozenset({Role.COUNTER})
_STAFF: Final = frozenset({Role.COUNTER, Role.CONSOLE})

COMMANDS: Final[Mapping[str, frozenset[Role]]] = {
    "issue_ticket": frozenset({Role.KIOSK, Role.COUNTER, Role.CONSOLE}),
    "lease_numbers": _KIOSKS,
    "return_numbers": _KIOSKS,
    "hand_in_ticket": _KIOSKS,
    "sign_in": _DESK,
    "sign_out": _STAFF,
    "open_counter": _DESK,
    "pause_counter": _DESK,
    "close_counter": _STAFF,
    "call_next": _DESK,
    "call_ticket": _DESK,
    "recall": _DESK,
    "start_serving": _DESK,
    "mark_no_show": _DESK,
    "readmit": _STAFF,
    "park": _DESK,
    "call_parked": _DESK,
    "transfer": _DESK,
    "finish": _DESK,
    "confirm_priority": _DESK,
    "cancel_ticket": _STAFF,
    "report_slip": frozenset({Role.KIOSK, Role.COUNTER}),
    "report_announced": frozenset({Role.AGENT}),
    "end_day": frozenset({Role.CONSOLE}),
    "pass_time": frozenset({Role.HUB}),
}

QUESTIONS: Final[Mapping[str, frozenset[Role]]] = {
    "dossier": frozenset({Role.KIOSK, Role.COUNTER, Role.CONSOLE}),
    "ticket": frozenset({Role.KIOSK, Role.COUNTER, Role.CONSOLE}),
}


def may_command(actor: Actor, command: Command) -> bool:
    """Whether the device may give this command."""
    if actor.role not in COMMANDS[command.kind]:
        return False
    counter: str | None = getattr(command, "counter", None)
    return actor.role is not Role.COUNTER or counter in (None, actor.counter)


def may_ask(actor: Actor, question: Question) -> bool:
    """Whether the device may ask this."""
    return actor.role in QUESTIONS[question.kind]
