"""Starts one program of the floor with hands at it: `python -m centerfloor.demo.hands_at kiosk|counter|board …`."""

import asyncio
import json
import sys
from pathlib import Path

import click
from PySide6.QtWidgets import QApplication

import counter_terminal.app
import kiosk.app
import queue_display.board
from centerfloor.demo.hands import Hands, QuickBody, WidgetBody
from centerfloor.installation import config_option, device_of, device_option, installation_of
from centerfloor.lifetime import log_to_stderr, say_ready
from centerfloor.windows import live
from queue_display.boards.browser import Browser, Frame, Screen

KIOSK_SIZE = (1080, 1920)
DESK_SIZE = (1366, 768)
BOARD_SIZE = (1280, 720)
SHOWN_CODE = "document.querySelector('[data-part=enrolment-code]')?.textContent ?? ''"
PATIENCE_SECONDS = 20.0


@click.group()
def hands_at() -> None:
    """Programs of the demonstration."""


@hands_at.command("kiosk")
@config_option
@device_option
def hands_at_kiosk(config_file: Path, changes: tuple[str, ...], device: str, state: Path) -> None:
    """The kiosk."""
    log_to_stderr()
    installation = installation_of(config_file, changes)
    app = QApplication(sys.argv[:1])
    settings = device_of(installation.kiosks, device, "kiosks")
    program = kiosk.app.compose(installation, settings, state)
    program.view.setPosition(0, 0)
    program.view.resize(*_fitting(KIOSK_SIZE, app))
    program.view.show()
    _hands = Hands(QuickBody(program.view), app.quit)
    sys.exit(live(app, program, f"hands at {device}"))


@hands_at.command("counter")
@config_option
@device_option
def hands_at_counter(config_file: Path, changes: tuple[str, ...], device: str, state: Path) -> None:
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
    _hands = Hands(WidgetBody(program.window), app.quit)
    sys.exit(live(app, program, f"hands at {device}"))


@hands_at.command("board")
@config_option
@device_option
@click.option("--headless", is_flag=True)
def hands_at_board(
    config_file: Path, changes: tuple[str, ...], device: str, state: Path, headless: bool
) -> None:
    """The hall board; its hands can only take pictures and read its enrolment code."""
    log_to_stderr()
    installation = installation_of(config_file, changes)
    settings = device_of(installation.boards, device, "boards")
    screen = Screen(Frame.HEADLESS) if headless else Screen(Frame.WINDOW, *BOARD_SIZE, x=600)
    program = queue_display.board.compose(installation, settings, screen=screen, state=state)
    hands: set[asyncio.Task[None]] = set()

    def shown(browser: Browser) -> None:
        hands.add(asyncio.ensure_future(_obey(browser)))
        say_ready(f"hands at {device}")

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
            await browser.page.wait_until(f"({SHOWN_CODE}) !== ''", PATIENCE_SECONDS)
            value = await browser.page.evaluate(SHOWN_CODE)
        say_ready(json.dumps({"done": True, "value": value}))


def _fitting(wanted: tuple[int, int], app: QApplication) -> tuple[int, int]:
    """The size on a floor, or the same shape as large as this desktop allows."""
    room = app.primaryScreen().availableSize()
    if app.platformName() == "offscreen":
        return wanted
    scale = min(1.0, 0.92 * room.height() / wanted[1], room.width() / wanted[0])
    return round(wanted[0] * scale), round(wanted[1] * scale)


if __name__ == "__main__":
    hands_at()
