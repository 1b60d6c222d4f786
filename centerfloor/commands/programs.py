"""The commands that start the programs of a floor, each in a process of its own."""

import asyncio
import gc
import logging
import sys
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Final

import click

from centerfloor.installation import (
    config_option,
    device_of,
    device_option,
    installation_of,
    mark_option,
    state_of,
)
from centerfloor.lifetime import log_to_stderr, print_ready
from centerfloor.ownership import keep_owner
from centerfloor.problems import exit_on_newer_file, exit_with
from config.advice import published_secrets
from config.model import Installation
from config.planning import floor_plan
from config.secrets_file import secrets_of_machine
from plumbing.languages import LANGUAGES
from service_floor.wall_clock import EARLIEST
from service_floor.zone import ZONE

# A hub allocates thousands of short-lived objects a second and next to no cycles: looking for them after every 700 new
# objects, which is Python's default, takes a tenth of its processor time.
_COLLECT_AFTER_OBJECTS: Final = 10_000

log = logging.getLogger("hub")

_dir = click.Path(path_type=Path, file_okay=False)
_windowed = click.option(
    "--windowed", is_flag=True, help="In a window instead of the whole screen."
)


@click.command()
@config_option
@click.option(
    "--data",
    required=True,
    type=_dir,
    metavar="DIR",
    help="Where the journal is kept; made when missing.",
)
@mark_option
@click.option("--port", type=click.IntRange(0, 65_534), metavar="PORT", help="Pages and API; the floor websocket is one above. 0 takes two free ports and prints them.")  # fmt: skip
@click.option("--demo", is_flag=True, help="Accept the tokens of the published examples: for trials only.")  # fmt: skip
def hub(
    config_file: Path,
    changes: tuple[str, ...],
    data: Path,
    mark: Path | None,
    port: int | None,
    demo: bool,
) -> None:
    """Hold the floor.

    Pages and API listen on 8710, the floor websocket on 8711, unless the configuration or --port say otherwise.
    The journal in DIR is the truth: the hub may be killed at any moment and started again. A mark of the last row, kept
    outside of DIR, shows at the next start whether rows are lost.
    """
    # Nothing allocated at the start is garbage: looking for it takes a sixth of the start.
    gc.disable()
    from hub.app import HubProgram
    from hub.errors import HubError
    from hub.web.pages import BoardPages
    from queue_display.boards.description import PAGES, labels

    log_to_stderr()
    keep_owner(data, mark)
    installation = _with_secrets(config_file, changes, demo)
    # A machine without a clock battery starts in the past: the public holidays are those of now all the same.
    today, above = max(datetime.now(ZONE), EARLIEST).date(), port + 1 if port else port
    plan = floor_plan(installation, today)
    board = BoardPages(PAGES, labels(installation))
    program = HubProgram.compose(installation, plan, data, port, above, board).marked_in(mark)

    def ready(addresses: Mapping[str, str]) -> None:
        gc.freeze()
        gc.set_threshold(_COLLECT_AFTER_OBJECTS)
        gc.enable()
        print_ready(f"pages {addresses['http']}\nfloor {addresses['floor']}")

    try:
        asyncio.run(program.run(ready))
    except HubError as error:
        exit_with(error.code, error.data)


def _with_secrets(config_file: Path, changes: tuple[str, ...], demo: bool) -> Installation:
    """The hub's configuration; secrets that anybody knows end the process, files that others may read are warned of."""
    installation = installation_of(config_file, changes, secrets=True)
    published = published_secrets(installation)
    if published and not demo:
        exit_with("published_secrets", {"names": ", ".join(name for _, name in published)})
    for file in secrets_of_machine(config_file).exposed:
        log.warning(
            "%s holds secrets, and other users of this machine may read it: chmod 600", file
        )
    return installation


@click.command()
@config_option
@device_option
@_windowed
def kiosk(
    config_file: Path, changes: tuple[str, ...], device: str, state: Path, windowed: bool
) -> None:
    """The touch kiosk for citizens: tickets, procedures, dossier status."""
    from PySide6.QtWidgets import QApplication

    from centerfloor.calibration import calibrated
    from centerfloor.windows import run_until_closed
    from kiosk.app import compose

    log_to_stderr()
    installation = installation_of(config_file, changes)
    folder = state_of(state)
    settings = calibrated(device_of(installation.kiosks, device, "kiosks"), folder)
    app = QApplication(sys.argv[:1])
    program = compose(installation, settings, folder)
    _show(program.view, windowed)
    with exit_on_newer_file():
        sys.exit(run_until_closed(app, program, f"kiosk {device}"))


@click.command()
@config_option
@device_option
@_windowed
def counter(
    config_file: Path, changes: tuple[str, ...], device: str, state: Path, windowed: bool
) -> None:
    """The program on an officer's desk: call, serve, finish; a scan shows the dossier."""
    from PySide6.QtWidgets import QApplication

    from centerfloor.letter_window import show_letter
    from centerfloor.windows import run_until_closed
    from counter_terminal.app import compose

    log_to_stderr()
    installation = installation_of(config_file, changes, show=show_letter)
    settings = device_of(installation.counter_terminals, device, "counter_terminals")
    app = QApplication(sys.argv[:1])
    program = compose(installation, settings, state_of(state))
    _show(program.window, windowed)
    with exit_on_newer_file():
        sys.exit(run_until_closed(app, program, f"counter {device}"))


@click.command()
@config_option
@device_option
def agent(config_file: Path, changes: tuple[str, ...], device: str, state: Path) -> None:
    """The hall's own devices: a loudspeaker that announces calls, LED signs above the counters."""
    from queue_display.agent import compose

    log_to_stderr()
    installation = installation_of(config_file, changes)
    settings = device_of(installation.agents, device, "agents")
    program = compose(installation, settings, state_of(state))
    with exit_on_newer_file():
        asyncio.run(program.run(lambda: print_ready(f"agent {device}")))


@click.command()
@config_option
@device_option
@click.option("--headless", "frame", flag_value="headless", help="Off-screen, for machines without a display.")  # fmt: skip
@click.option("--windowed", "frame", flag_value="window", help="In a window instead of the whole screen.")  # fmt: skip
@click.option("--language", type=click.Choice(LANGUAGES), default="vi", show_default=True)
def board(
    config_file: Path,
    changes: tuple[str, ...],
    device: str,
    state: Path,
    frame: str | None,
    language: str,
) -> None:
    """A hall board on the screen of this machine, in the system's Chromium.

    A TV with a browser of its own can open the page /board/ of the hub instead.
    """
    from queue_display.board import compose
    from queue_display.boards.browser import BrowserError, Frame, Screen

    log_to_stderr()
    installation = installation_of(config_file, changes)
    settings = device_of(installation.boards, device, "boards")
    screen = Screen(Frame(frame) if frame else Frame.KIOSK)
    folder = state_of(state)
    program = compose(installation, settings, screen=screen, language=language, state=folder)
    try:
        asyncio.run(program.run(lambda _: print_ready(f"board {device}")))
    except BrowserError as error:
        exit_with(error.reason, {"detail": error.detail})


def _show(window: object, windowed: bool) -> None:
    """Fill the screen, as on a floor, or open a window."""
    show = getattr(window, "show" if windowed else "showFullScreen")
    show()
