"""Browser process of a board: the system's Chromium, started with kiosk flags and controlled over its DevTools port."""

import asyncio
import base64
import json
import os
import shutil
import signal
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

COMMANDS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
START_SECONDS = 30.0
ANSWER_SECONDS = 15.0
STOP_SECONDS = 5.0
LOOK_SECONDS = 10.0
PORT_FILE = "DevToolsActivePort"
SAID_FILE = "said.log"
SAID_LENGTH = 1000
FLAGS = (
    "--autoplay-policy=no-user-gesture-required",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-dev-shm-usage",
    "--disable-features=Translate,MediaRouter",
    "--disable-pinch",
    "--disable-session-crashed-bubble",
    "--disable-sync",
    "--hide-scrollbars",
    "--log-level=3",
    "--no-default-browser-check",
    "--no-first-run",
    "--noerrdialogs",
    "--overscroll-history-navigation=0",
    "--password-store=basic",
    "--remote-debugging-port=0",
)


class BrowserReason(StrEnum):
    """Reasons why the picture is missing."""

    NOT_INSTALLED = "browser_not_installed"
    DID_NOT_START = "browser_did_not_start"
    ENDED = "browser_ended"
    NO_ANSWER = "browser_no_answer"
    PAGE_CRASHED = "browser_page_crashed"
    SCRIPT_FAILED = "browser_script_failed"


class BrowserError(Exception):
    """The browser failed. Scenarios: no Chromium installed, no display, renderer out of memory."""

    def __init__(self, reason: BrowserReason, detail: str = "") -> None:
        super().__init__(reason, detail)
        self.reason = reason
        self.detail = detail

    def __str__(self) -> str:
        return f"{self.reason.value}: {self.detail}" if self.detail else self.reason.value


class Frame(StrEnum):
    """What stands around the page."""

    KIOSK = "kiosk"
    """Nothing: it fills the display."""

    WINDOW = "window"
    """A window on the desktop."""

    HEADLESS = "headless"
    """Without a display."""


@dataclass(frozen=True, slots=True)
class Screen:
    """How the page is shown, and in which size and place where it does not fill the display."""

    frame: Frame = Frame.KIOSK
    width: int = 1920
    height: int = 1080
    x: int = 0
    y: int = 0


def find_browser() -> str:
    """The path of the system's Chromium."""
    for command in COMMANDS:
        if (found := shutil.which(command)) is not None:
            return found
    raise BrowserError(BrowserReason.NOT_INSTALLED, ", ".join(COMMANDS))


def command_line(browser: str, url: str, profile: Path, screen: Screen, pin: str = "") -> list[str]:
    """The command that shows `url` and nothing else. `pin` is of the key of the only hub to trust over TLS."""
    # Chromium refuses to run as root inside its sandbox (crbug.com/638180).
    root = ["--no-sandbox"] if os.geteuid() == 0 else []
    window = [
        f"--window-size={screen.width},{screen.height}",
        f"--window-position={screen.x},{screen.y}",
    ]
    shape = {
        Frame.KIOSK: ["--kiosk", f"--app={url}"],
        Frame.WINDOW: [f"--app={url}"],
        Frame.HEADLESS: ["--headless=new", "--disable-gpu", url],
    }[screen.frame]
    trust = [f"--ignore-certificate-errors-spki-list={pin}"] if pin else []
    return [browser, f"--user-data-dir={profile}", *FLAGS, *trust, *root, *window, *shape]


class Browser:
    """One Chromium with one page and a profile of its own, from entering the context to leaving it."""

    def __init__(self, url: str, screen: Screen = Screen(), pin: str = "") -> None:
        self._url = url
        self._pin = pin
        self._screen = screen
        self._profile = tempfile.TemporaryDirectory(prefix="board-", ignore_cleanup_errors=True)
        self._process: asyncio.subprocess.Process | None = None
        self._page: DevTools | None = None

    async def __aenter__(self) -> "Browser":
        try:
            await self._start()
        except BaseException:
            await self._stop()
            raise
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._stop()

    @property
    def page(self) -> "DevTools":
        """The conversation with the page."""
        assert self._page is not None, "the browser runs inside its context"
        return self._page

    async def died(self) -> BrowserReason:
        """Wait until the process has ended or its page has crashed or hangs; returns which of them."""
        assert self._process is not None, "the browser runs inside its context"
        signs = {
            asyncio.create_task(self._process.wait()): BrowserReason.ENDED,
            asyncio.create_task(self.page.crashed.wait()): BrowserReason.PAGE_CRASHED,
            asyncio.create_task(self._hangs()): BrowserReason.NO_ANSWER,
        }
        try:
            done, _ = await asyncio.wait(signs, return_when=asyncio.FIRST_COMPLETED)
            return next(reason for sign, reason in signs.items() if sign in done)
        finally:
            for sign in signs:
                sign.cancel()
            await asyncio.gather(*signs, return_exceptions=True)

    async def _hangs(self) -> None:
        """Return when a script in the page exceeds its timeout: the picture of a page that hangs may stand for hours."""
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            try:
                await self.page.evaluate("true")
            except BrowserError:
                return

    async def _start(self) -> None:
        profile = Path(self._profile.name)
        line = command_line(find_browser(), self._url, profile, self._screen, self._pin)
        with (profile / SAID_FILE).open("wb") as said:
            self._process = await asyncio.create_subprocess_exec(
                *line,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.DEVNULL,
                stderr=said,
                env=os.environ | {"TMPDIR": str(profile)},
                start_new_session=True,
            )
        address = await self._devtools_address(profile / PORT_FILE)
        self._page = await DevTools.attach(address)
        if self._screen.frame is Frame.HEADLESS:
            await self.page.set_size(self._screen.width, self._screen.height)

    async def _devtools_address(self, file: Path) -> str:
        assert self._process is not None
        deadline = asyncio.get_running_loop().time() + START_SECONDS
        while asyncio.get_running_loop().time() < deadline:
            if self._process.returncode is not None:
                break
            lines = file.read_text().split() if file.exists() else []
            if len(lines) == 2:
                return f"ws://127.0.0.1:{lines[0]}{lines[1]}"
            await asyncio.sleep(0.05)
        said = file.with_name(SAID_FILE).read_text(errors="replace").strip()[-SAID_LENGTH:]
        detail = f"exit status {self._process.returncode}" + (f": {said}" if said else "")
        raise BrowserError(BrowserReason.DID_NOT_START, detail)

    async def _stop(self) -> None:
        if self._page is not None:
            await self._page.close()
            self._page = None
        if self._process is not None:
            await _end(self._process)
        self._profile.cleanup()


async def _end(process: asyncio.subprocess.Process) -> None:
    """Ask the browser and its children to end, and see to it."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        if process.returncode is not None:
            break
        # The session of the process holds its renderers too, and no other process.
        os.killpg(process.pid, number)
        try:
            await asyncio.wait_for(process.wait(), STOP_SECONDS)
        except TimeoutError:
            continue


class DevTools:
    """One page over Chromium's DevTools protocol: run scripts, take pictures, notice a crash."""

    def __init__(self, connection: ClientConnection) -> None:
        self.crashed = asyncio.Event()
        self._connection = connection
        self._ids = count(1)
        self._answers: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self._session: str | None = None
        self._reader = asyncio.create_task(self._read(), name="devtools")

    @classmethod
    async def attach(cls, address: str) -> "DevTools":
        """Connect to the browser and take its first page."""
        tools = cls(await connect(address, max_size=64 * 1024 * 1024, compression=None))
        try:
            targets: Sequence[dict[str, Any]] = []
            while not targets:
                infos = (await tools.call("Target.getTargets"))["targetInfos"]
                targets = [info for info in infos if info["type"] == "page"]
            attached = await tools.call(
                "Target.attachToTarget", targetId=targets[0]["targetId"], flatten=True
            )
            tools._session = attached["sessionId"]
            await tools.call("Inspector.enable")
            await tools.call("Page.enable")
        except BaseException:
            await tools.close()
            raise
        return tools

    async def call(self, method: str, **params: Any) -> dict[str, Any]:
        """Send one DevTools command and wait for its answer."""
        number = next(self._ids)
        frame: dict[str, Any] = {"id": number, "method": method, "params": params}
        if self._session is not None:
            frame["sessionId"] = self._session
        answer = asyncio.get_running_loop().create_future()
        self._answers[number] = answer
        try:
            await self._connection.send(json.dumps(frame))
            return await asyncio.wait_for(answer, ANSWER_SECONDS)
        except (TimeoutError, ConnectionClosed) as error:
            raise BrowserError(BrowserReason.NO_ANSWER, method) from error
        finally:
            self._answers.pop(number, None)

    async def evaluate(self, expression: str) -> Any:
        """The JSON value of a JavaScript expression in the page; a promise is awaited."""
        answer = await self.call(
            "Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True
        )
        if "exceptionDetails" in answer:
            said = answer["result"].get("description", "")
            raise BrowserError(BrowserReason.SCRIPT_FAILED, f"{expression}: {said}")
        return answer["result"].get("value")

    async def wait_until(self, expression: str, deadline: float) -> None:
        """Wait until an expression is true in the page."""
        end = asyncio.get_running_loop().time() + deadline
        while not await self.evaluate(expression):
            if asyncio.get_running_loop().time() > end:
                raise BrowserError(BrowserReason.NO_ANSWER, expression)
            await asyncio.sleep(0.05)

    async def screenshot(self) -> bytes:
        """The page as PNG."""
        answer = await self.call("Page.captureScreenshot", format="png")
        return base64.b64decode(answer["data"])

    async def navigate(self, url: str) -> None:
        """Show another address in the same page."""
        await self.call("Page.navigate", url=url)

    async def set_size(self, width: int, height: int) -> None:
        """Give the page a viewport of exactly this size."""
        await self.call(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=False,
        )

    async def close(self) -> None:
        """End the conversation; the browser goes on."""
        self._reader.cancel()
        await asyncio.gather(self._reader, return_exceptions=True)
        await self._connection.close()

    async def _read(self) -> None:
        try:
            async for text in self._connection:
                self._receive(json.loads(text))
        except ConnectionClosed:
            pass  # the browser is gone: `crashed` is set below, and open calls fail
        finally:
            self.crashed.set()
            for answer in self._answers.values():
                if not answer.done():
                    answer.set_exception(BrowserError(BrowserReason.ENDED))

    def _receive(self, frame: dict[str, Any]) -> None:
        if frame.get("method") in {"Inspector.targetCrashed", "Inspector.detached"}:
            self.crashed.set()
        answer = self._answers.get(frame.get("id", 0))
        if answer is None or answer.done():
            return
        if "error" in frame:
            detail = str(frame["error"].get("message", ""))
            answer.set_exception(BrowserError(BrowserReason.NO_ANSWER, detail))
        else:
            answer.set_result(frame.get("result", {}))
