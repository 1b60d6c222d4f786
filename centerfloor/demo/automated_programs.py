"""Starts one program of the floor with GUI automation: `python -m centerfloor.demo.automated_programs
kiosk|counter|board …`."""

import asyncio
import json
import sys
from pathlib import Path

import click
from PySide6.QtWidgets import QApplication

import counter_terminal.app
import kiosk.app
import queue_display.board
from centerfloor.demo.gui_automation import GuiAutomation, QuickWindow, WidgetWindow
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
    program.view.setPosition(0, 0)
    program.view.resize(*_fitting(KIOSK_SIZE, app))
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
    place = [each.name for each in installation.counter_terminals].index(device)
    program.window.move(600 + 40 * place, 300 + 40 * place)
    program.window.resize(*DESK_SIZE)
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
    screen = Screen(Frame.HEADLESS) if headless else Screen(Frame.WINDOW, *BOARD_SIZE, x=600)
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


def _fitting(wanted: tuple[int, int], app: QApplication) -> tuple[int, int]:
    """The size on a floor, or the same shape as large as this desktop allows."""
    room = app.primaryScreen().availableSize()
    if app.platformName() == "offscreen":
        return wanted
    scale = min(1.0, 0.92 * room.height() / wanted[1], room.width() / wanted[0])
    return round(wanted[0] * scale), round(wanted[1] * scale)


if __name__ == "__main__":
    automated()
