"""Menus of the desk: what must be chosen before an action becomes a press, as texts with the press that each stands for."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from counter_terminal.desk.actions import Action
from counter_terminal.desk.events import Pressed
from counter_terminal.desk.screens import DeskScreen
from counter_terminal.desk.setup import Named
from counter_terminal.views.words import Words

CHOSEN_FIRST: Final = frozenset({Action.TRANSFER, Action.PARK, Action.PAUSE})
"""Actions of the grid that need a choice."""

Item = tuple[str, str, Pressed]
"""The name of a button, its text, and the press that it means."""


@dataclass(frozen=True, slots=True)
class Menu:
    """What a menu was opened for: an action, the row of the queue that it is about, and who was at the desk then."""

    action: Action
    row: str
    officer: str
    ticket: str

    @classmethod
    def open_on(cls, screen: DeskScreen, action: Action, row: str = "") -> "Menu":
        """A menu of this screen."""
        return cls(action, row, screen.strip.officer, at_desk(screen))

    def still_holds(self, screen: DeskScreen) -> bool:
        """Whether it means the same on this screen. While a command is under way the last screen's actions count."""
        if self != Menu.open_on(screen, self.action, self.row):
            return False
        if self.row and self.row not in {row.id for row in (*screen.waiting, *screen.parked)}:
            return False
        return screen.busy or self.action in screen.actions


@dataclass(frozen=True, slots=True)
class PaperMenu:
    """The menu of the slips that the dossier card offers."""

    code: str
    papers: tuple[Named, ...]

    def still_holds(self, screen: DeskScreen) -> bool:
        """Whether the same card lies there and offers the same."""
        card = screen.dossier
        return card is not None and (card.code, card.papers) == (self.code, self.papers)


@dataclass(frozen=True, slots=True)
class CodeMenu:
    """The menu of several codes in sight."""

    choices: tuple[Named, ...]

    def still_holds(self, screen: DeskScreen) -> bool:
        """Whether these codes are to be chosen from still."""
        return screen.dossier is not None and screen.dossier.choices == self.choices


def at_desk(screen: DeskScreen) -> str:
    """The ticket at the desk; empty without one."""
    return screen.current.id if screen.current else ""


def menu_of(
    action: Action, screen: DeskScreen, words: Words, ticket: str = ""
) -> tuple[str, list[Item]]:
    """The title and the items of an action's menu; `ticket` is the one that a row of the queue stands for. Each press
    carries the ticket that is at the desk now."""
    title, items = _choices(action, screen, words, ticket)
    held = at_desk(screen)
    return title, [(name, text, replace(press, ticket=held)) for name, text, press in items]


def _choices(
    action: Action, screen: DeskScreen, words: Words, ticket: str
) -> tuple[str, list[Item]]:
    match action:
        case Action.PAUSE:
            return words("menus.pause_reason"), _reasons(action, screen.pause_reasons)
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
            slips = _reasons(action, screen.reprint_reasons, at_desk(screen))
            return words("menus.reprint_reason"), slips
        case Action.CALL_CHOSEN:
            return words("menus.reason"), _reasons(action, screen.call_reasons, ticket)
        case Action.CANCEL:
            return words("menus.cancel_reason"), _reasons(action, screen.cancel_reasons, ticket)
        case Action.NO_SHOW:
            return words("menus.no_show_reason"), _reasons(action, screen.no_show_reasons)
        case Action.FINISH:
            return words("menus.finish_reason"), _reasons(action, screen.no_show_reasons)
        case Action.TRANSFER:
            return words("menus.to_service"), _destinations(screen, words)
    raise ValueError(action)


def _reasons(action: Action, reasons: Iterable[Named], ticket: str = "") -> list[Item]:
    return [(each.id, each.name, Pressed(action, ticket, each.id)) for each in reasons]


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
