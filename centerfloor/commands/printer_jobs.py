"""`centerfloor printer`: print jobs of a device and their outcomes, reprints, and orders to its printer.

The process that owns the printer carries the orders out; it may be running or be started later. Until then each order
is queued in the file of its print jobs.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import click

from centerfloor.installation import device_option
from centerfloor.problems import exit_on_newer_file, exit_with
from centerfloor.terminal import echo, words, words_of_code
from drivers.spool.file import spool_file
from drivers.spool.jobs import Job
from drivers.spool.orders import CLEAR, NEW_ROLL, REPRINT, RESUME, Order
from drivers.spool.roll import DOTS_PER_MM
from drivers.spool.store import SpoolStore
from service_floor.zone import ZONE

_SHOWN = 20


@click.group()
def printer() -> None:
    """The slips of a device: their outcomes, reprints, a new roll, recovery."""


@printer.command()
@device_option
@click.option("--last", default=_SHOWN, show_default=True, type=click.IntRange(1, 1000), help="How many.")  # fmt: skip
def jobs(device: str, state: Path, last: int) -> None:
    """The last slips, newest first, and the paper used since the roll was changed."""
    with _spool(device, state) as spool:
        for job in spool.latest(last):
            click.echo(_line(job))
        echo("jobs.paper", metres=f"{spool.paper.dots // DOTS_PER_MM / 1000:.1f}")


@printer.command()
@device_option
@click.argument("ticket")
def reprint(device: str, state: Path, ticket: str) -> None:
    """Print the slip of TICKET (its number, such as A042) again, marked as a reprint with its count.

    Only a person may ask for this. Look for the first slip before: one that is unknown may have come out.
    """
    with _spool(device, state) as spool:
        if not spool.prints_of(ticket):
            exit_with("unknown_slip", {"ticket": ticket, "device": device})
        spool.orders.add(Order(REPRINT, ticket))


@printer.command("paper-changed")
@device_option
def paper_changed(device: str, state: Path) -> None:
    """A new roll is in: the paper is counted from nothing. For printers without a sensor for the end of the roll."""
    with _spool(device, state) as spool:
        spool.orders.add(Order(NEW_ROLL))


@printer.command()
@device_option
@click.option("--clear", is_flag=True, help="Forget what the printer holds instead; it may be half a slip.")  # fmt: skip
def resume(device: str, state: Path, clear: bool) -> None:
    """After a jam is cleared: let the printer go on at the line where it stopped.

    A slip that goes on comes out whole: do not print it again.
    """
    with _spool(device, state) as spool:
        spool.orders.add(Order(CLEAR if clear else RESUME))


@contextmanager
def _spool(device: str, state: Path) -> Iterator[SpoolStore]:
    """The print queue of a device that has printed here; without one, the process ends with the path that was looked
    at."""
    file = spool_file(state, device)
    if not file.exists():
        exit_with("no_print_jobs", {"device": device, "file": str(file)})
    try:
        with exit_on_newer_file():
            spool = SpoolStore(file)
        try:
            yield spool
        finally:
            spool.close()
    except sqlite3.Error as error:
        exit_with("place_unusable", {"place": str(file), "reason": str(error)})


def _line(job: Job) -> str:
    moment = datetime.fromtimestamp(job.settled_at or job.queued_at, ZONE)
    parts = (("reason", job.reason), ("confidence", job.confidence.value))
    why = ", ".join(words_of_code(area, code) for area, code in parts if code)
    again = "  " + words("jobs.reprint", count=job.reprint) if job.reprint else ""
    name, state = job.label or job.id, words_of_code("job", job.state)
    return f"{moment:%d/%m %H:%M:%S}  {name:<8} {state:<10} {why}{again}".rstrip()
