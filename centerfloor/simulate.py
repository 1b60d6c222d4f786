"""Devices that are programs: each stands at the far end of a real wire, and the drivers do not know."""

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import click

from centerfloor.lifetime import say_ready, stop_event
from centerfloor.problems import end_with
from drivers.simulators.printer import serving
from drivers.simulators.printer.faults import Fault
from drivers.simulators.scanner import serve_pty as serve_scanner
from drivers.simulators.sign import serve_pty as serve_sign

STDIN = 0

_path = click.Path(path_type=Path)
_pty = click.option(
    "--pty", type=_path, metavar="PATH", help="Make a serial port and link it at this path."
)


@click.group()
def simulate() -> None:
    """Devices that are programs of their own, for trying out, learning and tests."""


@simulate.command()
@click.option(
    "--tcp",
    type=click.IntRange(0, 65_535),
    metavar="PORT",
    help="Listen on this port; 0 takes a free one.",
)
@_pty
@click.option(
    "--out", required=True, type=_path, metavar="DIR", help="Where slips are kept as PNG and JSON."
)
@click.option("--paper-mm", type=click.Choice(["58", "80"]), default="80", show_default=True)
@click.option("--fault", "faults", multiple=True, type=click.Choice([f.value for f in Fault]), help="What is wrong at first.")  # fmt: skip
def printer(
    tcp: int | None, pty: Path | None, out: Path, paper_mm: str, faults: tuple[str, ...]
) -> None:
    """A thermal ESC/POS printer.

    It draws each slip as a picture and keeps beside it what it read: lines, QR codes, barcodes.
    Write names of faults into DIR/fault to change what is wrong while it runs; an empty file heals it.
    """
    width: Literal[58, 80] = 58 if paper_mm == "58" else 80
    setup = serving.Setup(out, frozenset(Fault(fault) for fault in faults), width)
    stop = stop_event()
    if (tcp is None) == (pty is None):
        raise click.UsageError("give either --tcp PORT or --pty PATH")
    with _clear_about_places(pty or f"port {tcp}"):
        if pty is not None:
            serving.serve_pty(pty, setup, lambda path: say_ready(f"printer at {path}"), stop)
        else:
            serving.serve_tcp("127.0.0.1", tcp or 0, setup, lambda port: say_ready(f"printer on port {port}"), stop)  # fmt: skip


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
    with _clear_about_places(pty):
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
    with _clear_about_places(pty):
        serve_sign(pty, out, stop, lambda: say_ready(f"sign at {pty}"))


@contextlib.contextmanager
def _clear_about_places(place: Path | str) -> Iterator[None]:
    """A file, folder or port that cannot be used ends the program with its name."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or type(error).__name__
        end_with("place_unusable", {"place": str(error.filename or place), "reason": reason})
