"""Devices that are programs: each stands at the far end of a real wire, and the drivers do not know."""

from pathlib import Path

import click

from centerfloor.lifetime import say_ready, stop_event
from centerfloor.problems import clear_about_places
from centerfloor.simulate_printer import printer, tell
from drivers.simulators.scanner import serve_pty as serve_scanner
from drivers.simulators.sign import serve_pty as serve_sign

STDIN = 0

_path = click.Path(path_type=Path)


@click.group()
def simulate() -> None:
    """Devices that are programs of their own, for trying out, learning and tests."""


simulate.add_command(printer)
simulate.add_command(tell)


@simulate.command()
@click.option(
    "--pty",
    required=True,
    type=_path,
    metavar="PATH",
    help="Make a serial port and link it at this path.",
)
@click.option("--from", "source", type=_path, metavar="FILE", help="Read codes from a FIFO or file instead of the keyboard.")  # fmt: skip
@click.option("--prefix", default="", help="Sent before each code.")
def scanner(pty: Path, source: Path | None, prefix: str) -> None:
    """A serial barcode scanner: each line that you type is one scan."""
    stop = stop_event()
    with clear_about_places(pty):
        serve_scanner(pty, source or STDIN, stop, lambda: say_ready(f"scanner at {pty}"), prefix)


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
def sign(pty: Path, out: Path) -> None:
    """A serial LED sign above a counter."""
    stop = stop_event()
    with clear_about_places(pty):
        serve_sign(pty, out, stop, lambda: say_ready(f"sign at {pty}"))
