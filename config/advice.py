"""Warnings about a valid configuration: points worth a second look; nothing here stops a program."""

from collections.abc import Collection, Iterator

from config.checks.addresses import is_loopback
from config.checks.devices import printers_of
from config.checks.references import secrets_of
from config.errors import Mistake, MistakeCode
from config.findings import shown
from config.model import Installation
from config.model.printers import abilities, is_slow
from config.shape import nearest

_PUBLISHED = ("change-me", "demo-token")


def advice(
    installation: Installation, fields: Collection[str], procedures: Collection[str]
) -> tuple[Mistake, ...]:
    """The advice on an installation; `fields` and `procedures` are the catalogue's, empty without a catalogue."""
    return (
        *_agencies(installation),
        *_catalogue(installation, tuple(fields), tuple(procedures)),
        *_officers(installation),
        *_secrets(installation),
        *_open_network(installation),
        *_slow_pictures(installation),
    )


def _agencies(installation: Installation) -> Iterator[Mistake]:
    serving = {service.agency for service in installation.services}
    for i, agency in enumerate(installation.agencies):
        if agency.id not in serving:
            yield Mistake(f"agencies[{i}]", MistakeCode.AGENCY_WITHOUT_SERVICE, shown(agency.id))


def _catalogue(
    installation: Installation, fields: tuple[str, ...], procedures: tuple[str, ...]
) -> Iterator[Mistake]:
    if not fields:
        return
    for i, service in enumerate(installation.services):
        for j, field in enumerate(service.fields):
            if field not in fields:
                path, code = f"services[{i}].fields[{j}]", MistakeCode.UNKNOWN_FIELD
                yield Mistake(path, code, shown(field), suggestion=nearest(field, fields))
        for j, procedure in enumerate(service.procedures):
            if procedure not in procedures:
                path, code = f"services[{i}].procedures[{j}]", MistakeCode.UNKNOWN_PROCEDURE
                yield Mistake(path, code, shown(procedure))


def _slow_pictures(installation: Installation) -> Iterator[Mistake]:
    for path, printer in printers_of(installation):
        if is_slow(printer) and abilities(printer).text == "raster":
            yield Mistake(f"{path}.text", MistakeCode.SLOW_PICTURES, shown(printer.model))


def _officers(installation: Installation) -> Iterator[Mistake]:
    by_pin = installation.hub.officer_sign_in == "pin"
    if by_pin and installation.counter_terminals and not installation.officers:
        yield Mistake("officers", MistakeCode.NOBODY_SIGNS_IN)


def _open_network(installation: Installation) -> Iterator[Mistake]:
    hub = installation.hub
    if hub.officer_sign_in == "pin" and hub.tls is None and not is_loopback(hub.host):
        yield Mistake("hub.host", MistakeCode.PINS_READABLE, shown(hub.host))


def published_secrets(installation: Installation) -> tuple[tuple[str, str], ...]:
    """Place and owner of each secret that stands in the published examples."""
    return tuple(
        (path, name)
        for path, name, secret in secrets_of(installation)
        if secret.get_secret_value().startswith(_PUBLISHED)
    )


def _secrets(installation: Installation) -> Iterator[Mistake]:
    published = published_secrets(installation)
    if published:
        names = ", ".join(name for _, name in published)
        yield Mistake(published[0][0], MistakeCode.PLACEHOLDER_SECRET, names)
