"""Menus of the desk: what must be chosen before an action becomes a press, as texts with the press that each stands for."""

from typing import Final

from counter_terminal.desk.actions import Action
from counter_terminal.desk.events import Pressed
from counter_terminal.desk.screens import DeskScreen
from counter_terminal.views.words import Words

CHOSEN_FIRST: Final = frozenset({Action.TRANSFER, Action.PARK, Action.PAUSE})
"""Actions of the grid that need a choice."""

Item = tuple[str, str, Pressed]
"""The name of a button, its text, and the press that it means."""


def menu_of(
    action: Action, screen: DeskScreen, words: Words, ticket: str = ""
) -> tuple[str, list[Item]]:
    """The title and the items of an action's menu; `ticket` is the one that a row of the queue stands for."""
    match action:
        case Action.PAUSE:
            pauses = [(r.id, r.name, Pressed(action, reason=r.id)) for r in screen.pause_reasons]
            return words("menus.pause_reason"), pauses
        case Action.PARK:
            times = [
                (
                    str(minutes),
                    words("menus.minutes", minutes=minutes),
                    Pressed(action, minutes=minutes),
                )
                for minutes in screen.park_minutes
            ]
            return words("actions.park"), times
        case Action.REPRINT:
            held = screen.current.id if screen.current else ""
            slips = [(r.id, r.name, Pressed(action, held, r.id)) for r in screen.reprint_reasons]
            return words("menus.reprint_reason"), slips
        case Action.CALL_CHOSEN:
            calls = [(r.id, r.name, Pressed(action, ticket, r.id)) for r in screen.call_reasons]
            return words("menus.reason"), calls
        case Action.TRANSFER:
            return words("menus.to_service"), _destinations(screen, words)
    raise ValueError(action)


def _destinations(screen: DeskScreen, words: Words) -> list[Item]:
    """Each service twice: for good, and to come back to this counter."""
    items: list[Item] = []
    for service in screen.services:
        there = Pressed(Action.TRANSFER, subject=service.id)
        and_back = Pressed(Action.TRANSFER, subject=service.id, back=True)
        items += [
            (service.id, service.name, there),
            (f"{service.id}-back", words("menus.and_back", service=service.name), and_back),
        ]
    return items
