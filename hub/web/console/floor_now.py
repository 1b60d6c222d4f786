"""Current state of floor and devices for the overview: from the feed and from presence. Silence is unknown, never
fine."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from math import ceil
from typing import Any, Final

from hub.messages import (
    Condition,
    CounterView,
    FloorView,
    ServiceView,
    TicketView,
    Topic,
    needs_attention,
)
from hub.web.console.stranded import StrandedRow, stranded_rows
from hub.wire.floor_service import FloorService, Health
from hub.wire.presence import SILENT_AFTER, DeviceReport
from service_floor.queue.commands import Actor, Role
from service_floor.queue.planning.plan import FloorPlan

FAR_BEHIND: Final = 50
"""Steps of the feed that a screen has not applied; between two heartbeats a busy floor makes some."""


class DeviceState(StrEnum):
    """What is known of a device."""

    FINE = "fine"
    BEHIND = "behind"
    UNKNOWN = "unknown"
    GONE = "gone"
    NEVER = "never"


class Urgency(StrEnum):
    """How soon a printer needs a person."""

    FINE = "fine"
    SOON = "soon"
    NOW = "now"
    UNKNOWN = "unknown"


_LOOK_FIRST: Final = (
    DeviceState.GONE,
    DeviceState.UNKNOWN,
    DeviceState.BEHIND,
    DeviceState.NEVER,
    DeviceState.FINE,
)


@dataclass(frozen=True, slots=True)
class PrinterNow:
    """A printer at a device; `since` is None if its state is unknown."""

    device: str
    counter: str | None
    conditions: tuple[Condition, ...]
    since: datetime | None

    @property
    def urgency(self) -> Urgency:
        """A roll near its end is changed on the next round; with any other condition nothing is printed."""
        if Condition.READY in self.conditions:
            return Urgency.FINE
        if not needs_attention(self.conditions):
            return Urgency.UNKNOWN
        return Urgency.SOON if self.conditions == (Condition.PAPER_LOW,) else Urgency.NOW


@dataclass(frozen=True, slots=True)
class DeviceNow:
    """A known device. `behind` counts steps of the feed; `since` is its last heartbeat, or when it disconnected."""

    name: str
    role: Role
    counter: str | None
    state: DeviceState
    connections: int = 0
    behind: int | None = None
    since: datetime | None = None
    printers: tuple[PrinterNow, ...] = ()
    too_fast: datetime | None = None
    """When it last wanted more tickets than people can press for."""

    @property
    def is_well(self) -> bool:
        """Whether neither it nor its printers need attention."""
        is_sound = self.state is DeviceState.FINE and self.too_fast is None
        return is_sound and not any(needs_attention(each.conditions) for each in self.printers)


@dataclass(frozen=True, slots=True)
class ServiceRow:
    """A service, and in how many minutes a ticket issued now would be called."""

    view: ServiceView
    minutes: int | None


@dataclass(frozen=True, slots=True)
class CounterRow:
    """A counter with the number on its sign."""

    view: CounterView
    sign: int


@dataclass(frozen=True, slots=True)
class FloorNow:
    """Everything that the overview shows, at one moment."""

    health: Health
    floor: FloorView
    services: tuple[ServiceRow, ...]
    counters: tuple[CounterRow, ...]
    devices: tuple[DeviceNow, ...]
    wanting: tuple[PrinterNow, ...]
    """Printers that need attention."""
    stranded: tuple[StrandedRow, ...]
    """Tickets that no counter takes any more."""
    other_centre: str
    """The centre for which the journal was kept until this start, if it is another one."""
    losing_turn: int
    """How many would lose their turn if the day ended now: all tickets that are not being served."""

    @property
    def waiting(self) -> int:
        """How many wait altogether."""
        return sum(service.view.waiting for service in self.services)

    @property
    def open_counters(self) -> int:
        """How many counters are open."""
        return sum(counter.view.state == "open" for counter in self.counters)

    @property
    def troubled(self) -> int:
        """How many devices are not known to be fine."""
        return sum(not device.is_well for device in self.devices)


def floor_now(
    floor_service: FloorService[Any], plan: FloorPlan, known: tuple[Actor, ...]
) -> FloorNow:
    """The present moment. On the event loop only."""
    feed = floor_service.feed
    services = _views(ServiceView, feed.values(Topic.SERVICES))
    counters = _views(CounterView, feed.values(Topic.COUNTERS))
    tickets = _views(TicketView, feed.values(Topic.TICKETS))
    health = floor_service.health()
    return FloorNow(
        health=health,
        floor=FloorView.model_validate_json(feed.values(Topic.FLOOR)["day"]),
        services=tuple(_service(services[each]) for each in plan.services),
        counters=tuple(
            CounterRow(counters[each.id], each.number) for each in plan.counters.values()
        ),
        devices=devices_now(floor_service, known),
        wanting=printers_needing_attention(floor_service, known),
        stranded=stranded_rows(plan, tickets),
        other_centre=floor_service.tallies.notices.other_centre,
        losing_turn=sum(ticket.state != "serving" for ticket in tickets.values()),
    )


def printers_needing_attention(
    floor_service: FloorService[Any], known: tuple[Actor, ...]
) -> tuple[PrinterNow, ...]:
    """Printers that need attention: those that print nothing first, then the longest waiting."""
    found = [each for each in _printers(floor_service, known) if needs_attention(each.conditions)]
    return tuple(
        sorted(
            found,
            key=lambda each: (
                each.urgency is not Urgency.NOW,
                each.since or floor_service.now,
                each.device,
            ),
        )
    )


def devices_now(
    floor_service: FloorService[Any], known: tuple[Actor, ...]
) -> tuple[DeviceNow, ...]:
    """States of the devices: first those to look at, those of one kind together."""
    printers = _printers(floor_service, known)
    fast = floor_service.tallies.notices.too_fast(floor_service.now)
    devices = (
        replace(
            device,
            printers=tuple(each for each in printers if each.device == device.name),
            too_fast=fast.get(device.name),
        )
        for device in _devices(floor_service, floor_service.health(), known)
    )
    return tuple(
        sorted(devices, key=lambda each: (_LOOK_FIRST.index(each.state), each.role, each.name))
    )


def _printers(floor_service: FloorService[Any], known: tuple[Actor, ...]) -> tuple[PrinterNow, ...]:
    counters = {actor.device: actor.counter for actor in known}
    return tuple(
        PrinterNow(each.device, counters.get(each.device), each.conditions, each.since)
        for each in floor_service.presence.attached()
    )


def _views(kind: type[Any], values: Mapping[str, str]) -> dict[str, Any]:
    return {key: kind.model_validate_json(text) for key, text in values.items()}


def _service(view: ServiceView) -> ServiceRow:
    seconds = view.estimate_seconds
    return ServiceRow(view, None if seconds is None else ceil(seconds / 60))


def _devices(
    floor_service: FloorService[Any], health: Health, known: tuple[Actor, ...]
) -> Iterator[DeviceNow]:
    here = {each.device: each for each in health.devices}
    for actor in known:
        report = here.get(actor.device)
        if report is not None:
            yield _present(actor, report, health)
            continue
        gone = floor_service.presence.gone_since(actor.device)
        state = DeviceState.NEVER if gone is None else DeviceState.GONE
        yield DeviceNow(actor.device, actor.role, actor.counter, state, since=gone)


def _present(actor: Actor, report: DeviceReport, health: Health) -> DeviceNow:
    heard, behind = report.last_heartbeat, None
    state = DeviceState.UNKNOWN
    if report.applied_seq is not None:
        behind = max(0, health.seq - report.applied_seq)
    if heard is not None and health.now - heard <= SILENT_AFTER:
        state = DeviceState.BEHIND if behind and behind > FAR_BEHIND else DeviceState.FINE
    return DeviceNow(
        actor.device, actor.role, actor.counter, state, report.connections, behind, heard
    )
