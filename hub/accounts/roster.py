"""Whom the configuration names: devices by their lists, people by their roles. Accounts are kept for these alone."""

from collections.abc import Mapping
from dataclasses import dataclass

from config.model import Installation
from config.model.centre import StaffRole
from hub.accounts.devices import DeviceKind, listed
from service_floor.queue.commands import Actor


@dataclass(frozen=True, slots=True)
class RosterDevice:
    """A device of the configuration. `has_token`: the file gives it one."""

    actor: Actor
    kind: DeviceKind
    has_token: bool


@dataclass(frozen=True, slots=True)
class RosterOfficer:
    """Somebody of the centre."""

    officer: str
    name: str
    role: StaffRole


@dataclass(frozen=True, slots=True)
class Roster:
    """Everybody, by name and by id."""

    devices: Mapping[str, RosterDevice]
    officers: Mapping[str, RosterOfficer]


def roster_of(installation: Installation) -> Roster:
    """Read the roster out of the configuration."""
    devices = {
        actor.device: RosterDevice(actor, kind, device.token is not None)
        for device, actor, kind in listed(installation)
    }
    officers = {
        each.id: RosterOfficer(each.id, each.name, each.role) for each in installation.officers
    }
    return Roster(devices, officers)
