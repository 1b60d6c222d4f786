"""Roles and actors, for authorisation: which device or person gives a command, and at which counter."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Role(StrEnum):
    """What a device or person acts as. Each command declares the roles that may give it."""

    KIOSK = "kiosk"
    COUNTER = "counter"
    BOARD = "board"
    AGENT = "agent"
    GREETER = "greeter"
    TECHNICIAN = "technician"
    SUPERVISOR = "supervisor"
    AGENCY_CLERK = "agency_clerk"
    POST_CLERK = "post_clerk"
    HUB = "hub"


KIOSKS: Final = frozenset({Role.KIOSK})
COUNTERS: Final = frozenset({Role.COUNTER})
FLOOR_STAFF: Final = frozenset({Role.COUNTER, Role.GREETER, Role.SUPERVISOR})
COUNTERS_AND_SUPERVISORS: Final = frozenset({Role.COUNTER, Role.SUPERVISOR})
SUPERVISORS: Final = frozenset({Role.SUPERVISOR})
CLERKS: Final = frozenset({Role.COUNTER, Role.SUPERVISOR, Role.AGENCY_CLERK})
CARRIERS: Final = frozenset({Role.COUNTER, Role.SUPERVISOR, Role.AGENCY_CLERK, Role.POST_CLERK})
HUB_ONLY: Final = frozenset({Role.HUB})


@dataclass(frozen=True, slots=True)
class Actor:
    """The device that sends a command, its role, and the counter at which it stands.

    `proven` is the officer who was authenticated by PIN on this connection a short while ago.
    """

    device: str
    role: Role
    counter: str | None = None
    proven: str | None = None
