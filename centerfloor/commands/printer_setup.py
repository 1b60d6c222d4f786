"""`centerfloor printer profiles`, `calibrate`, `sample`: what printers can do, which code page is Vietnamese, how
slips look."""

import contextlib
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final, TextIO, get_args

import click

from centerfloor.calibration import as_toml, calibrated, save_calibration, settings_of
from centerfloor.commands.printer_jobs import printer
from centerfloor.installation import (
    config_option,
    device_of,
    device_option,
    installation_of,
    state_of,
)
from centerfloor.problems import exit_on_newer_file, exit_with
from centerfloor.sample_slips import sample_slip
from centerfloor.terminal import words, words_of_code
from config.model.devices import EscposPrinter
from config.model.printers import abilities, model_names, printer_profile
from config.model.programs import Kiosk
from config.model.slips import SlipName
from drivers.errors import DeviceError
from drivers.escpos.calibration import PAGES, Wording, candidates, ticket
from drivers.escpos.paper.cutting import end_of_slip
from drivers.escpos.printer import EscposPrinter as Driver
from drivers.escpos.setup import trial as trial_ticket
from drivers.protocols import Health, PrintOutcome, PrintResult, Transport
from drivers.slip import Slip
from drivers.spool.file import spool_file
from drivers.spool.outside import is_torn, keep_torn
from drivers.transports.opening import open_printer_wire
from drivers.transports.recording import RecordingTransport
from plumbing.languages import LANGUAGES
from plumbing.sentences import load_sentences
from service_floor.zone import ZONE

__all__ = ["printer"]

NOT_PRINTED: Final = 1
"""Exit status if a slip was not proven printed."""

_WRITE_SECONDS: Final = 120.0
_language = click.option("--language", type=click.Choice(LANGUAGES), default="vi", show_default=True)  # fmt: skip


def _pages(
    _context: click.Context, _option: click.Parameter, value: str
) -> tuple[tuple[int, int], ...]:
    """Parse code pages as people write them: 27,30/31,40."""
    try:
        pairs = [tuple(map(int, part.split("/"))) for part in value.split(",")]
    except ValueError:
        raise click.BadParameter(words("usage.pages")) from None
    if not all(len(pair) <= 2 and all(0 <= page <= 255 for page in pair) for pair in pairs):
        raise click.BadParameter(words("usage.page_numbers"))
    return tuple((pair[0], pair[-1]) for pair in pairs)


@printer.command()
def profiles() -> None:
    """List the models that can be chosen: what each printer can do, with the source of each fact."""
    for name in model_names():
        profile = printer_profile(name)
        click.echo(f"{name}: {profile.title}")
        for key in type(profile).model_fields:
            if key not in {"title", "like", "model"}:
                fact = getattr(profile, key)
                click.echo(f"  {key} = {fact.value}  ({fact.source})")


@printer.command()
@config_option
@device_option
@click.option("--pages", callback=_pages, default=",".join(f"{a}/{b}" if a != b else str(a) for a, b in PAGES), show_default=True, metavar="LIST", help="The pages to try, ESC t numbers; two for small letters and capitals.")  # fmt: skip
@click.option("--line", type=int, metavar="N", help="The line that reads right, instead of asking; 0 for none.")  # fmt: skip
@_language
def calibrate(
    config_file: Path,
    changes: tuple[str, ...],
    device: str,
    state: Path,
    pages: tuple[tuple[int, int], ...],
    **options: str | int | None,
) -> None:
    """Print every page with a number, and keep which line reads right.

    Stop the kiosk first: it holds the printer. What is kept counts from its next start on.
    """
    kiosk = device_of(installation_of(config_file, changes).kiosks, device, "kiosks")
    settings, folder = _printer_of(kiosk), state_of(state)
    paper = load_sentences("centerfloor", str(options["language"]))
    lines = candidates(pages)
    wording = Wording(*(paper.say(f"calibrate.{key}") for key in ("heading", "sample", "capitals")))
    can = abilities(settings)
    data = ticket(lines, wording, can.width_dots) + end_of_slip(can)
    with _wire(settings, kiosk.name) as wire, _uncut(folder, kiosk.name) as uncut:
        uncut.take(_cut_off(Driver(wire, settings, kiosk.name), kiosk.name, torn=uncut.torn))
        uncut.torn = wire.write(data, _WRITE_SECONDS) < len(data)
        if uncut.torn:
            exit_with("printer_unusable", {"device": kiosk.name, "reason": "timeout"})
    number = options["line"]
    if number is None:
        number = click.prompt(paper.say("calibrate.which"), type=click.IntRange(0, len(lines)))
    elif not isinstance(number, int) or not 0 <= number <= len(lines):
        raise click.BadParameter(words("usage.line", most=len(lines)), param_hint="--line")
    found = settings_of(lines[number - 1] if number else None)
    file = save_calibration(kiosk, folder, found, datetime.now(ZONE))
    click.echo(paper.say("calibrate.kept", file=file) + "\n\n" + as_toml(found), nl=False)


def _reading(
    _context: click.Context, _option: click.Parameter, value: str | None
) -> trial_ticket.TrialReading | None:
    """Parse what a person read on the trial ticket."""
    try:
        return None if value is None else trial_ticket.parsed(value)
    except ValueError:
        raise click.BadParameter(words("usage.reading")) from None


@printer.command()
@config_option
@device_option
@click.option("--read", "reading", callback=_reading, metavar="TEXT", help="What stands on the ticket, instead of asking: 576 48 A qr partial.")  # fmt: skip
@_language
def trial(
    config_file: Path,
    changes: tuple[str, ...],
    device: str,
    state: Path,
    reading: trial_ticket.TrialReading | None,
    language: str,
) -> None:
    """Print a ticket that shows what the printer can do, and keep the settings that follow from what is read on it.

    Stop the kiosk first: it holds the printer. What is kept counts from its next start on.
    """
    kiosk = device_of(installation_of(config_file, changes).kiosks, device, "kiosks")
    settings, folder = _printer_of(kiosk), state_of(state)
    paper = load_sentences("centerfloor", language)
    can = abilities(settings)
    data = trial_ticket.ticket(can, paper.say("trial.heading"))
    with _wire(settings, kiosk.name, silent=True) as wire, _uncut(folder, kiosk.name) as uncut:
        driver = Driver(wire, settings, kiosk.name)
        is_silent = driver.status().health is Health.UNKNOWN
        uncut.take(_cut_off(driver, kiosk.name, torn=uncut.torn and not is_silent))
        uncut.torn = wire.write(data, _WRITE_SECONDS) < len(data)
        if uncut.torn:
            exit_with("printer_unusable", {"device": kiosk.name, "reason": "timeout"})
    if is_silent and reading is None and not click.confirm(paper.say("trial.silent")):
        exit_with("printer_unusable", {"device": kiosk.name, "reason": "status_unknown"})
    while reading is None:
        click.echo(paper.say("trial.how"))
        with contextlib.suppress(ValueError):
            reading = trial_ticket.parsed(click.prompt(paper.say("trial.which")))
    found = trial_ticket.settings_of(reading, can) | ({"one_way": True} if is_silent else {})
    file = save_calibration(kiosk, folder, found, datetime.now(ZONE))
    click.echo(paper.say("calibrate.kept", file=file) + "\n\n" + as_toml(found), nl=False)


@printer.command()
@config_option
@device_option
@click.argument("slip", type=click.Choice(get_args(SlipName)))
@click.option("--record", type=click.File("w", encoding="ascii", lazy=False), metavar="FILE", help="Write what goes over the wire each way into FILE, for the suite's tests.")  # fmt: skip
@_language
def sample(
    config_file: Path,
    changes: tuple[str, ...],
    device: str,
    state: Path,
    slip: SlipName,
    **options: Any,
) -> None:
    """Print a SLIP as this centre's programs print it, with the longest text. Stop the kiosk first: it holds the printer."""
    installation = installation_of(config_file, changes)
    kiosk = calibrated(device_of(installation.kiosks, device, "kiosks"), state_of(state))
    _printer_of(kiosk)
    made_up = sample_slip(installation, kiosk, slip, options["language"])
    print_at_once(kiosk, state_of(state), made_up, options["record"])


def print_at_once(kiosk: Kiosk, state: Path, slip: Slip, record: TextIO | None = None) -> None:
    """Print a slip on the kiosk's printer, and exit with the reason if it did not come out."""
    settings = _printer_of(kiosk)
    with _wire(settings, kiosk.name) as opened, _uncut(state, kiosk.name) as uncut:
        driver = Driver(
            RecordingTransport(opened, record) if record else opened, settings, kiosk.name
        )
        if uncut.torn:
            driver.expect_torn()
        result = driver.print(slip)
        uncut.take(result)
    outcome, reason = words_of_code("job", result.outcome), words_of_code("reason", result.reason)
    click.echo(f"{outcome} {reason}".rstrip())
    if result.outcome is not PrintOutcome.PRINTED:
        raise SystemExit(NOT_PRINTED)


@dataclass
class _Uncut:
    """Whether a part of a slip may hang in the printer."""

    torn: bool

    def take(self, result: PrintResult) -> None:
        """Take what an attempt left."""
        self.torn = self.torn if result.torn is None else result.torn


@contextmanager
def _uncut(state: Path, device: str) -> Iterator[_Uncut]:
    """What hangs in the printer, read from its queue's file and kept there at the end."""
    file = spool_file(state, device)
    try:
        with exit_on_newer_file():
            uncut = _Uncut(is_torn(file))
        try:
            yield uncut
        finally:
            keep_torn(file, uncut.torn)
    except sqlite3.Error as error:
        exit_with("place_unusable", {"place": str(file), "reason": str(error)})


def _cut_off(driver: Driver, device: str, *, torn: bool) -> PrintResult:
    """Cut off what hangs there; the process ends with the reason where that fails."""
    if not torn:
        return PrintResult(PrintOutcome.PRINTED)
    driver.expect_torn()
    result = driver.cut_off()
    if result.torn is not False:
        exit_with("printer_unusable", {"device": device, "reason": result.reason})
    return result


def _printer_of(kiosk: Kiosk) -> EscposPrinter:
    if kiosk.printer is None:
        exit_with("no_printer", {"device": kiosk.name})
    return kiosk.printer


@contextmanager
def _wire(settings: EscposPrinter, device: str, *, silent: bool = False) -> Iterator[Transport]:
    """The transport of a printer that reports no fault, or, where `silent` is allowed, nothing; any other ends the process
    with the reason."""
    bad = {Health.FAULT} if silent else {Health.FAULT, Health.UNKNOWN}
    try:
        wire = open_printer_wire(settings, device)
        try:
            status = Driver(wire, settings, device).status()
            if status.health in bad:
                exit_with("printer_unusable", {"device": device, "reason": status.reasons[0]})
            yield wire
        finally:
            wire.close()
    except DeviceError as problem:
        exit_with("printer_unusable", {"device": device, "reason": problem.reason.value})
