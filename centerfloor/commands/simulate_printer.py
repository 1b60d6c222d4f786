"""`centerfloor simulate printer` and `tell`: the simulated printer on its wire, and orders such as opening its
cover."""

import json
from pathlib import Path
from threading import Event
from typing import Any

import click

from centerfloor.lifetime import print_ready
from centerfloor.problems import exit_on_os_error
from centerfloor.terminal import words
from drivers.simulators.printer.bench import Setup, WireState
from drivers.simulators.printer.control import tell as give_order
from drivers.simulators.printer.device import Make
from drivers.simulators.printer.faults import (
    OF_SERIAL,
    OF_TCP,
    Fault,
    UnknownFaultError,
    read_faults,
)
from drivers.simulators.printer.interpreter.settings import Firmware
from drivers.simulators.printer.mechanics.paper import PRINT_DOTS
from drivers.simulators.printer.orders import ORDERS
from drivers.simulators.printer.ports import serving
from plumbing.languages import LANGUAGES
from plumbing.stop_signals import stop_event

_PAGES = 2
_path = click.Path(path_type=Path)


def _known_faults(_: click.Context, __: click.Parameter, names: tuple[str, ...]) -> tuple[str, ...]:
    try:
        read_faults(names)
    except UnknownFaultError as error:
        said = words("usage.fault", name=error.name, known=", ".join(Fault))
        raise click.BadParameter(said) from error
    return names


def _page_numbers(_: click.Context, __: click.Parameter, text: str) -> tuple[int, int]:
    numbers = [part.strip() for part in text.split(",")]
    if text == "none":
        return -1, -1
    if len(numbers) != _PAGES or not all(part.isdigit() and int(part) < 256 for part in numbers):
        raise click.BadParameter(words("usage.tcvn3_pages"))
    return int(numbers[0]), int(numbers[1])


@click.command()
@click.option("--tcp", type=click.IntRange(0, 65_535), metavar="PORT", help="Listen on this port; 0 takes a free one.")  # fmt: skip
@click.option("--pty", type=_path, metavar="PATH", help="Make a serial port and link it at this path.")  # fmt: skip
@click.option("--out", required=True, type=_path, metavar="DIR", help="Where slips are kept as PNG and JSON.")  # fmt: skip
@click.option("--fault", "faults", multiple=True, metavar="NAME[:N]", callback=_known_faults, help="What is wrong at first, such as cover-open or out-at:400, or a trait, such as half-units or columns:42.")  # fmt: skip
@click.option(
    "--paper-mm",
    type=click.Choice([f"{width:g}" for width in PRINT_DOTS]),
    default="80",
    show_default=True,
)
@click.option("--speed", type=click.IntRange(0, 1000), default=0, show_default=True, metavar="MM/S", help="Speed of the paper; 0 prints at once.")  # fmt: skip
@click.option("--roll", type=click.IntRange(1, 1_000_000), metavar="MM", help="Length of the roll; without it, it never ends.")  # fmt: skip
@click.option("--near-end", type=click.IntRange(0, 100_000), default=3000, show_default=True, metavar="MM", help="What is left when the near-end sensor reports.")  # fmt: skip
@click.option("--tcvn3-pages", default="30,31", show_default=True, metavar="LOWER,UPPER", callback=_page_numbers, help="Numbers of its TCVN-3 pages, or none.")  # fmt: skip
@click.option("--kanji", is_flag=True, help="Firmware for China: Kanji mode is on at first.")
@click.option("--baud", type=click.IntRange(0, 921_600), default=0, show_default=True, help="Pace of the serial line; 0 carries any amount at once.")  # fmt: skip
@click.option("--handshake", type=click.Choice(["none", "rtscts", "xonxoff"]), default="rtscts", show_default=True, help="What a full buffer does on a serial line; with none, bytes are lost.")  # fmt: skip
@click.option("--window", is_flag=True, help="Show the paper in a window, with buttons for cover, roll, cutter and power.")  # fmt: skip
@click.option("--language", type=click.Choice(LANGUAGES), default="vi", show_default=True, help="Of the window.")  # fmt: skip
def printer(
    tcp: int | None, pty: Path | None, out: Path, faults: tuple[str, ...], **equipment: Any
) -> None:
    """A thermal ESC/POS printer.

    It draws each slip as a picture and keeps beside it what was put on paper: lines, QR codes, barcodes.
    What is wrong can change while it runs: see `centerfloor simulate tell`, or write names of faults into DIR/fault;
    an empty file heals it.
    """
    if (tcp is None) == (pty is None):
        raise click.UsageError(words("usage.tcp_or_pty"))
    if foreign := read_faults(faults).keys() & (OF_TCP if tcp is None else OF_SERIAL):
        raise click.UsageError(words("usage.fault_of_wire", fault=min(foreign)))
    setup = _setup(out, faults, equipment)

    def serve(setup: Setup, stop: Event) -> None:
        if pty is not None:
            serving.serve_pty(pty, setup, lambda path: print_ready(f"printer at {path}"), stop)
        else:
            at = "127.0.0.1", tcp or 0
            serving.serve_tcp(*at, setup, lambda port: print_ready(f"printer on port {port}"), stop)

    with exit_on_os_error(pty or f"port {tcp}"):
        if equipment["window"]:
            from centerfloor.printer_window import run_in_window

            run_in_window(serve, setup, equipment["language"])
        else:
            serve(setup, stop_event())


@click.command()
@click.argument("out", type=_path, metavar="DIR")
@click.argument("order", nargs=-1, required=True)
def tell(out: Path, order: tuple[str, ...]) -> None:
    """Do something to the simulated printer that keeps its slips in DIR, and see how it is.

    \b
    cover open | cover shut        paper out | paper low | paper in [MM]
    cutter block | cutter free     power off | power on | power cycle
    ticket take | ticket jam | ticket free
    fault NAME[:N] | clear NAME    heal | state
    """
    with exit_on_os_error(out):
        answer = give_order(out, " ".join(order))
    if not answer.pop("ok"):
        said = words("usage.order", order=" ".join(order), known=", ".join(ORDERS))
        raise click.UsageError(said)
    click.echo(json.dumps(answer, indent=2))


def _setup(out: Path, faults: tuple[str, ...], equipment: dict[str, Any]) -> Setup:
    make = Make(
        equipment["speed"],
        Firmware(equipment["tcvn3_pages"], equipment["kanji"]),
        equipment["roll"],
        equipment["near_end"],
    )
    return Setup(
        out,
        faults,
        float(equipment["paper_mm"]),
        make,
        WireState(equipment["baud"], equipment["handshake"]),
    )
