"""Validation of devices: wires with two owners, ports used twice, signs and printer models."""

from collections.abc import Iterable, Iterator
from typing import assert_never

from config.checks.references import repeated
from config.errors import Mistake, MistakeCode
from config.findings import shown
from config.model import Installation
from config.model.devices import (
    EscposPrinter,
    PrinterWire,
    SerialPort,
    SerialScanner,
    Sign,
    TcpPort,
    Wire,
)
from config.model.printers import is_width_unknown, model_names
from config.model.programs import CounterTerminal, Kiosk
from config.shape import nearest


def check_devices(installation: Installation) -> Iterator[Mistake]:
    """Ports of the hub that are the same, wires with two owners, signs that would answer together."""
    hub = installation.hub
    if hub.http_port == hub.floor_port != 0:
        yield Mistake(
            "hub.floor_port", MistakeCode.DUPLICATE, str(hub.floor_port), other="hub.http_port"
        )
    yield from _check_models(installation)
    yield from _check_owners(installation)
    yield from _check_sign_lines(installation)


def _check_models(installation: Installation) -> Iterator[Mistake]:
    """Unknown printer models, and known ones of unknown width without a width in their settings."""
    known = model_names()
    for path, printer in printers_of(installation):
        found = shown(printer.model)
        if not printer.facts and printer.model not in known:
            guess = nearest(printer.model, known)
            yield Mistake(f"{path}.model", MistakeCode.UNKNOWN_NAME, found, known, guess)
        elif is_width_unknown(printer):
            yield Mistake(f"{path}.width_dots", MistakeCode.WIDTH_UNKNOWN, found)


def printers_of(installation: Installation) -> Iterator[tuple[str, EscposPrinter]]:
    """Every slip printer, with its place in the file."""
    for path, program in _programs(installation):
        if program.printer:
            yield f"{path}.printer", program.printer


def _programs(installation: Installation) -> Iterator[tuple[str, Kiosk | CounterTerminal]]:
    """Who has a printer and a scanner, with its place in the file."""
    for i, kiosk in enumerate(installation.kiosks):
        yield f"kiosks[{i}]", kiosk
    for i, terminal in enumerate(installation.counter_terminals):
        yield f"counter_terminals[{i}]", terminal


def _check_owners(installation: Installation) -> Iterator[Mistake]:
    """A TCP port has one owner in the hall, a serial line one on its machine; only signs share a line."""
    for path, program in _programs(installation):
        wires = [(f"{path}.{part}.port", device.port) for part, device in _parts(program)]
        yield from _shared((place, wire) for place, wire in wires if isinstance(wire, SerialPort))
    yield from _shared(
        (path, wire) for path, wire in _every_wire(installation) if isinstance(wire, TcpPort)
    )


def _every_wire(installation: Installation) -> Iterator[tuple[str, PrinterWire]]:
    for path, program in _programs(installation):
        yield from ((f"{path}.{part}.port", device.port) for part, device in _parts(program))
    for i, agent in enumerate(installation.agents):
        lines = {sign.port: f"agents[{i}].signs[{j}].port" for j, sign in enumerate(agent.signs)}
        yield from ((path, wire) for wire, path in lines.items())


def _parts(program: Kiosk | CounterTerminal) -> Iterator[tuple[str, EscposPrinter | SerialScanner]]:
    if program.printer:
        yield "printer", program.printer
    if isinstance(program.scanner, SerialScanner):
        yield "scanner", program.scanner


def _shared(wires: Iterable[tuple[str, Wire]]) -> Iterator[Mistake]:
    for path, other, name in repeated((path, _name(wire)) for path, wire in wires):
        yield Mistake(path, MistakeCode.WIRE_SHARED, str(name), other=other)


def _check_sign_lines(installation: Installation) -> Iterator[Mistake]:
    """Signs on one line need one speed and an address each."""
    for i, agent in enumerate(installation.agents):
        places = [(f"agents[{i}].signs[{j}]", sign) for j, sign in enumerate(agent.signs)]
        addresses = ((f"{path}.address", (_name(s.port), s.address)) for path, s in places)
        for path, other, _ in repeated(addresses):
            yield Mistake(path, MistakeCode.DUPLICATE, str(_address(path, places)), other=other)
        speeds: dict[str, tuple[str, SerialPort]] = {}
        for path, sign in places:
            if isinstance(sign.port, SerialPort):
                other, port = speeds.setdefault(_name(sign.port), (path, sign.port))
                if port.baud != sign.port.baud:
                    found, allowed = str(sign.port.baud), (str(port.baud),)
                    code = MistakeCode.WIRE_SHARED
                    yield Mistake(
                        f"{path}.port.baud", code, found, allowed, other=f"{other}.port.baud"
                    )


def _address(path: str, places: list[tuple[str, Sign]]) -> int:
    return next(sign.address for place, sign in places if path == f"{place}.address")


def _name(port: Wire) -> str:
    """What the wire is called on this machine; an empty name belongs to a mistake of its own."""
    match port:
        case TcpPort():
            return f"{port.host}:{port.port}" if port.host else ""
        case SerialPort():
            return port.path
        case _:
            assert_never(port)
