"""The devices and people that the configuration names, by their lists and roles. Only these have accounts."""

from collections.abc import Mapping
from dataclasses import dataclass

from config.model import Installation
from config.model.centre import StaffRole
from hub.accounts.devices import DeviceKind, configured_devices
from service_floor.queue.commands import Actor


@dataclass(frozen=True, slots=True)
class RosterDevice:
    """A device of the configuration. `has_token`: the file gives it one."""

    actor: Actor
    kind: DeviceKind
    has_token: bool


@dataclass(frozen=True, slots=True)
class RosterOfficer:
    """A person of the centre."""

    officer: str
    name: str
    role: StaffRole


@dataclass(frozen=True, slots=True)
class Roster:
    """All of them, by name and by id."""

    devices: Mapping[str, RosterDevice]
    officers: Mapping[str, RosterOfficer]


def roster_of(installation: Installation) -> Roster:
    """Read the roster out of the configuration."""
    devices = {
        actor.device: RosterDevice(actor, kind, device.token is not None)
        for device, actor, kind in configured_devices(installation)
    }
    officers = {
        each.id: RosterOfficer(each.id, each.name, each.role) for each in installation.officers
    }
    return Roster(devices, officers)
