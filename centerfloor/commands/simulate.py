"""`centerfloor simulate`: simulated devices as processes at the far end of a real wire; drivers see no difference."""

from pathlib import Path

import click

from centerfloor.commands.simulate_printer import printer, tell
from centerfloor.lifetime import print_ready
from centerfloor.problems import exit_on_os_error
from centerfloor.terminal import words
from drivers.registry import SIMULATORS, simulator_class
from drivers.simulators.camera import FAULTS, CameraServer, serve_http
from drivers.simulators.scanner import ScannerFault, SimulatedScanner, serve_events
from drivers.simulators.scanner import serve_pty as serve_serial
from drivers.simulators.signs.serving import serve_pty as serve_sign
from plumbing.stop_signals import stop_event

STDIN = 0

_path = click.Path(path_type=Path)


@click.group()
def simulate() -> None:
    """Devices that are programs of their own, for trying out, learning and tests."""


simulate.add_command(printer)
simulate.add_command(tell)


@simulate.command()
@click.option(
    "--pty", type=_path, metavar="PATH", help="Make a serial port and link it at this path."
)
@click.option(
    "--events",
    type=_path,
    metavar="PATH",
    help="Make the event node of a scanner in keyboard mode at this path.",
)
@click.option(
    "--from",
    "source",
    type=_path,
    metavar="FILE",
    help="Read codes from a FIFO or file instead of the keyboard.",
)
@click.option("--prefix", default="", help="Sent before each code.")
@click.option("--fault", type=click.Choice(list(ScannerFault)), help="What is wrong with it.")
def scanner(
    pty: Path | None,
    events: Path | None,
    source: Path | None,
    prefix: str,
    fault: ScannerFault | None,
) -> None:
    """A barcode scanner: each line that you type is one scan."""
    place = pty or events
    if place is None or (pty and events):
        raise click.UsageError(words("usage.pty_or_events"))
    serve = serve_serial if pty else serve_events
    gun = SimulatedScanner(prefix, fault=fault)
    stop = stop_event()
    with exit_on_os_error(place):
        serve(place, source or STDIN, stop, lambda: print_ready(f"scanner at {place}"), gun)


@simulate.command()
@click.option(
    "--port",
    default=0,
    type=click.IntRange(0, 65_535),
    metavar="PORT",
    help="Where it serves; 0 takes a free one.",
)
@click.option(
    "--folder",
    required=True,
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    metavar="DIR",
    help="Pictures to play, in the order of their names.",
)
@click.option(
    "--fps",
    default=25.0,
    type=click.FloatRange(1, 60),
    show_default=True,
    help="Pictures a second.",
)
@click.option(
    "--hold",
    default=2.0,
    type=click.FloatRange(0.02, 60),
    show_default=True,
    help="Seconds for which each picture is seen.",
)
@click.option("--fault", type=click.Choice(FAULTS), help="What is wrong with it.")
def camera(port: int, folder: Path, fps: float, hold: float, fault: str | None) -> None:
    """A network camera that plays a folder of pictures, over and over."""
    stop = stop_event()
    server = CameraServer(port, folder, fps, hold)
    server.fault = fault
    serve_http(server, stop, lambda: print_ready(f"camera at {server.address}"))


@simulate.command()
@click.option(
    "--pty",
    required=True,
    type=_path,
    metavar="PATH",
    help="Make a serial port and link it at this path.",
)
@click.option(
    "--out",
    required=True,
    type=_path,
    metavar="DIR",
    help="Where the sign is drawn, as PNG and JSON.",
)
@click.option(
    "--kind",
    default="led-sign",
    type=click.Choice(list(SIMULATORS)),
    show_default=True,
    help="Family of the sign.",
)
def sign(pty: Path, out: Path, kind: str) -> None:
    """A serial LED sign above a counter."""
    stop = stop_event()
    with exit_on_os_error(pty):
        serve_sign(pty, out, stop, lambda: print_ready(f"sign at {pty}"), simulator_class(kind)())
