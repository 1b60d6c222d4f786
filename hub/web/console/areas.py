"""Authorisation of the console's pages by role, from the table of rights; the floor checks each command again."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from hub.accounts.rights import COMMANDS, DUTIES, PEOPLE, Duty
from service_floor.queue.commands import Role

Roles = frozenset[Role]


class Area(StrEnum):
    """A page of the menu; the value is its address under `/console/`."""

    OVERVIEW = "overview"
    GREETER = "greeter"
    DEVICES = "devices"
    OFFICERS = "officers"
    FAIRNESS = "fairness"


_IN_CONSOLE: Final = frozenset(PEOPLE.values()) - {Role.COUNTER}

MAY_SEE: Final[Mapping[Area, Roles]] = {
    Area.OVERVIEW: DUTIES[Duty.SEE_FLOOR],
    Area.GREETER: COMMANDS["issue_ticket"] & _IN_CONSOLE,
    Area.DEVICES: DUTIES[Duty.SEE_DEVICES],
    Area.OFFICERS: DUTIES[Duty.SEE_OFFICERS],
    Area.FAIRNESS: DUTIES[Duty.SEE_REPORTS],
}
"""A role that is in none of these cannot sign in."""

ROLES: Final = frozenset(role for roles in MAY_SEE.values() for role in roles) & _IN_CONSOLE
RUN_FLOOR: Final = COMMANDS["end_day"] & COMMANDS["sign_out"] & COMMANDS["close_counter"]
"""Roles that may close a counter, end a forgotten shift, and end the day."""


def first_area(role: Role) -> Area:
    """The page after the sign-in."""
    return Area.GREETER if role is Role.GREETER else Area.OVERVIEW


def areas_of(role: Role) -> tuple[Area, ...]:
    """The pages of a role, in the order of the menu."""
    return tuple(area for area in Area if role in MAY_SEE[area])
