"""Starts one program of the floor with GUI automation: `python -m centerfloor.demo.automated_programs
kiosk|counter|board …`."""

import asyncio
import json
import sys
from pathlib import Path

import click
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

import counter_terminal.app
import kiosk.app
import queue_display.board
from centerfloor.demo.gui_automation import GuiAutomation, QuickWindow, WidgetWindow
from centerfloor.demo.hall import STAFFED
from centerfloor.demo.placement import TITLE, Place, places
from centerfloor.installation import config_option, device_of, device_option, installation_of
from centerfloor.lifetime import log_to_stderr, print_ready
from centerfloor.windows import run_until_closed
from queue_display.boards.browser import Browser, Frame, Screen

KIOSK_SIZE = (1080, 1920)
DESK_SIZE = (1366, 768)
BOARD_SIZE = (1280, 720)
SHOWN_CODE = "document.querySelector('[data-part=enrolment-code]')?.textContent ?? ''"
TIMEOUT_SECONDS = 20.0


@click.group()
def automated() -> None:
    """Programs of the demonstration."""


@automated.command("kiosk")
@config_option
@device_option
def automated_kiosk(config_file: Path, changes: tuple[str, ...], device: str, state: Path) -> None:
    """The kiosk."""
    log_to_stderr()
    installation = installation_of(config_file, changes)
    app = QApplication(sys.argv[:1])
    settings = device_of(installation.kiosks, device, "kiosks")
    program = kiosk.app.compose(installation, settings, state)
    place = _place(app, 0, KIOSK_SIZE)
    program.view.setPosition(place.x, place.y)
    program.view.resize(place.width, place.height)
    program.view.show()
    _automation = GuiAutomation(QuickWindow(program.view), app.quit)
    sys.exit(run_until_closed(app, program, f"automation of {device}"))


@automated.command("counter")
@config_option
@device_option
def automated_counter(
    config_file: Path, changes: tuple[str, ...], device: str, state: Path
) -> None:
    """A counter terminal."""
    log_to_stderr()
    installation = installation_of(config_file, changes)
    app = QApplication(sys.argv[:1])
    settings = device_of(installation.counter_terminals, device, "counter_terminals")
    program = counter_terminal.app.compose(installation, settings, state)
    place = _place(app, 2 + list(STAFFED).index(device), DESK_SIZE)
    program.window.move(place.x, place.y - TITLE)
    program.window.resize(place.width, place.height)
    program.window.show()
    _automation = GuiAutomation(WidgetWindow(program.window), app.quit)
    sys.exit(run_until_closed(app, program, f"automation of {device}"))


@automated.command("board")
@config_option
@device_option
@click.option("--headless", is_flag=True)
def automated_board(
    config_file: Path, changes: tuple[str, ...], device: str, state: Path, headless: bool
) -> None:
    """The hall board; its automation can only take pictures and read its enrolment code."""
    log_to_stderr()
    installation = installation_of(config_file, changes)
    settings = device_of(installation.boards, device, "boards")
    screen = Screen(Frame.HEADLESS) if headless else _board_screen()
    program = queue_display.board.compose(installation, settings, screen=screen, state=state)
    automation: set[asyncio.Task[None]] = set()

    def shown(browser: Browser) -> None:
        automation.add(asyncio.ensure_future(_obey(browser)))
        print_ready(f"automation of {device}")

    asyncio.run(program.run(shown))


async def _obey(browser: Browser) -> None:
    requests = asyncio.StreamReader()
    loop = asyncio.get_running_loop()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(requests), sys.stdin)
    while line := await requests.readline():
        request, value = json.loads(line), ""
        if request["do"] == "picture":
            Path(request["path"]).write_bytes(await browser.page.screenshot())
        else:
            await browser.page.wait_until(f"({SHOWN_CODE}) !== ''", TIMEOUT_SECONDS)
            value = await browser.page.evaluate(SHOWN_CODE)
        print_ready(json.dumps({"done": True, "value": value}))


def _place(app: QGuiApplication, window: int, alone: tuple[int, int]) -> Place:
    """Where the n-th window stands: 0 the kiosk, 1 the board, then the desks. Where none is seen each has its own size."""
    if app.platformName() == "offscreen":
        return Place(0, 0, *alone)
    room = app.primaryScreen().availableGeometry()
    kiosk, others = places(room.width(), room.height(), 1 + len(STAFFED))
    place = (kiosk, *others)[window]
    return place._replace(x=room.x() + place.x, y=room.y() + place.y)


def _board_screen() -> Screen:
    place = _place(QGuiApplication(sys.argv[:1]), 1, BOARD_SIZE)
    return Screen(Frame.WINDOW, place.width, place.height, place.x, place.y - TITLE)


if __name__ == "__main__":
    automated()
