"""Validation of names and references: each name is unique, and each reference names something that exists."""

from collections.abc import Iterable, Iterator
from itertools import chain

from pydantic import SecretStr

from config.errors import Mistake, MistakeCode
from config.findings import shown
from config.model import Installation
from config.model.names import Named
from config.model.programs import Device
from config.shape import nearest
from plumbing.languages import HOUSE_LANGUAGE

Place = tuple[str, object]


def check_references(installation: Installation) -> Iterator[Mistake]:
    """Duplicate names, unknown names, services without a counter."""
    yield from _duplicates(installation)
    yield from _unknown_services(installation)
    yield from _unknown_counters(installation)
    agencies = tuple(a.id for a in installation.agencies)
    sessions = tuple(s.name for s in installation.hours.sessions)
    for i, service in enumerate(installation.services):
        yield from _unknown([(f"services[{i}].agency", service.agency)], agencies)
        yield from _unknown(_each(f"services[{i}].sessions", service.sessions), sessions)
    officers = tuple(o.id for o in installation.officers)
    for i, officer in enumerate(installation.officers):
        yield from _unknown(
            _each(f"officers[{i}].substitutes_for", officer.substitutes_for), officers
        )
        yield from _unknown(_each(f"officers[{i}].shifts", officer.shifts), sessions)
    yield from _document_printers(installation)
    yield from _not_served(installation)
    for i, key in enumerate(installation.api_keys):
        if key.key is None and not installation.secrets:
            yield Mistake(f"api_keys[{i}].key", MistakeCode.MISSING)


def _document_printers(installation: Installation) -> Iterator[Mistake]:
    """A neighbour's printer of forms that the neighbour does not have."""
    terminals = installation.counter_terminals
    having = tuple(each.counter for each in terminals if each.documents is not None)
    for i, terminal in enumerate(terminals):
        if terminal.documents_of is not None:
            yield from _unknown(
                [(f"counter_terminals[{i}].documents_of", terminal.documents_of)], having
            )


def devices_of(installation: Installation) -> Iterator[tuple[str, Device]]:
    """Every program that signs in, with its place in the file."""
    lists: tuple[tuple[str, Iterable[Device]], ...] = (
        ("kiosks", installation.kiosks),
        ("counter_terminals", installation.counter_terminals),
        ("boards", installation.boards),
        ("agents", installation.agents),
        ("consoles", installation.consoles),
    )
    for key, devices in lists:
        for i, device in enumerate(devices):
            yield f"{key}[{i}]", device


def secrets_of(installation: Installation) -> Iterator[tuple[str, str, SecretStr]]:
    """Every secret, with its place in the file and its owner."""
    for path, device in devices_of(installation):
        if device.token is not None:
            yield f"{path}.token", device.name, device.token
    for i, key in enumerate(installation.api_keys):
        if key.key is not None:
            yield f"api_keys[{i}].key", key.name, key.key


def repeated(places: Iterable[Place]) -> Iterator[tuple[str, str, object]]:
    """Each place with a value that stood before, with the earlier place."""
    first: dict[object, str] = {}
    for path, value in places:
        if value in first:
            yield path, first[value], value
        elif value != "":
            first[value] = path


def _each(path: str, values: Iterable[object]) -> Iterator[Place]:
    return ((f"{path}[{i}]", value) for i, value in enumerate(values))


def _fields(key: str, name: str, elements: Iterable[object]) -> Iterator[Place]:
    return ((f"{key}[{i}].{name}", getattr(e, name)) for i, e in enumerate(elements))


def _names(key: str, elements: Iterable[Named]) -> Iterator[Place]:
    places = enumerate(elements)
    return ((f"{key}[{i}].names.{HOUSE_LANGUAGE}", element.name) for i, element in places)


def _duplicates(installation: Installation) -> Iterator[Mistake]:
    groups: list[Iterable[Place]] = [
        _fields("agencies", "id", installation.agencies),
        _fields("services", "id", installation.services),
        _names("services", installation.services),
        _fields("counters", "id", installation.counters),
        _fields("counters", "number", installation.counters),
        _fields("officers", "id", installation.officers),
        _fields("priority_classes", "id", installation.priority_classes),
        _fields("hours.sessions", "name", installation.hours.sessions),
        _fields("reasons.pause", "id", installation.reasons.pause),
        _fields("reasons.out_of_order", "id", installation.reasons.out_of_order),
        _fields("reasons.cancel", "id", installation.reasons.cancel),
        _fields("reasons.no_show", "id", installation.reasons.no_show),
        [(f"{path}.name", device.name) for path, device in devices_of(installation)],
        _fields("api_keys", "name", installation.api_keys),
    ]
    for i, counter in enumerate(installation.counters):
        tiers = [
            _each(f"counters[{i}].profile[{t}]", tier) for t, tier in enumerate(counter.profile)
        ]
        groups.append(chain.from_iterable(tiers))
    for group in groups:
        for path, other, value in repeated(group):
            yield Mistake(path, MistakeCode.DUPLICATE, shown(value), other=other)
    secrets = [(path, secret) for path, _, secret in secrets_of(installation)]
    for path, other, _ in repeated(secrets):
        yield Mistake(path, MistakeCode.DUPLICATE_SECRET, other=other)


def _unknown_services(installation: Installation) -> Iterator[Mistake]:
    known = tuple(s.id for s in installation.services)
    for i, counter in enumerate(installation.counters):
        for t, tier in enumerate(counter.profile):
            path = f"counters[{i}].profile[{t}]"
            if not tier:
                yield Mistake(path, MistakeCode.LIST_LENGTH, "0", ("≥ 1",))
            yield from _unknown(_each(path, tier), known)
    for i, kiosk in enumerate(installation.kiosks):
        yield from _unknown(_each(f"kiosks[{i}].services", kiosk.services), known)


def _unknown_counters(installation: Installation) -> Iterator[Mistake]:
    known = tuple(c.id for c in installation.counters)
    places: list[Place] = []
    for i, officer in enumerate(installation.officers):
        places += _each(f"officers[{i}].counters", officer.counters)
    for i, terminal in enumerate(installation.counter_terminals):
        places.append((f"counter_terminals[{i}].counter", terminal.counter))
    for i, board in enumerate(installation.boards):
        places += _each(f"boards[{i}].counters", board.counters)
    for i, agent in enumerate(installation.agents):
        places += _each(f"agents[{i}].counters", agent.counters)
        places += _fields(f"agents[{i}].signs", "counter", agent.signs)
    yield from _unknown(places, known)


def _unknown(places: Iterable[Place], known: tuple[str, ...]) -> Iterator[Mistake]:
    """References to nothing. A known name that is empty belongs to a mistake of its own: then nothing is certain."""
    if "" in known:
        return
    for path, value in places:
        if value not in known and value != "":
            guess = nearest(str(value), known)
            yield Mistake(path, MistakeCode.UNKNOWN_NAME, shown(value), known, guess)


def _not_served(installation: Installation) -> Iterator[Mistake]:
    """Services that stand in no profile; a misspelt name is taken for the one it resembles."""
    known = tuple(s.id for s in installation.services)
    named = {service for c in installation.counters for tier in c.profile for service in tier}
    served = {service if service in known else nearest(service, known) for service in named}
    for i, service in enumerate(installation.services):
        if service.id not in served and service.id:
            yield Mistake(f"services[{i}]", MistakeCode.NOT_SERVED, shown(service.id))
