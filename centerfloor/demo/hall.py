"""The demonstration's hall: simulated devices, hub, agent, board, kiosk and counter terminals, started in order."""

import contextlib
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from centerfloor.demo.eyes import Eyes
from centerfloor.demo.processes import Handled, Running, python
from config.loading import load
from config.model import Installation
from config.model.programs import CounterTerminal, Kiosk
from hub.client import address_of
from queue_display.boards.browser import BrowserError, find_browser

EXAMPLES = Path(__file__).resolve().parents[2] / "config" / "examples"
HALL_FILE = EXAMPLES / "demo.toml"
REGISTER_FILE = EXAMPLES / "demo-dossiers.csv"

KIOSK = "kiosk-1"
BOARD = "board-1"
AGENT = "agent-1"
STAFFED = {"terminal-1": "an", "terminal-2": "binh", "terminal-4": "dung"}
"""Counter terminals that are manned in the demonstration, and by whom."""
PINS = {"an": "482913", "binh": "715204", "dung": "936058"}
"""Typed by the officers at their desks. Nobody else has one."""


@dataclass(frozen=True, slots=True)
class Hall:
    """Everything that runs, by what it is."""

    installation: Installation
    folder: Path
    printer: Running
    scanners: Mapping[str, Running]
    kiosk: Handled
    terminals: Mapping[str, Handled]
    board: Handled | None
    eyes: Eyes

    @property
    def slips(self) -> Path:
        """Where the simulated printer keeps its slips."""
        return self.folder / "printer"


class _Starting:
    """Starts programs one after another; leaving the context ends them in reverse order."""

    def __init__(self, folder: Path, stack: contextlib.ExitStack, screen: bool) -> None:
        self.folder = folder
        self._stack = stack
        self._env = {} if screen else {"QT_QPA_PLATFORM": "offscreen"}
        self._env |= {"QT_QUICK_BACKEND": "software", "PYTHONUNBUFFERED": "1"}
        (folder / "log").mkdir(parents=True, exist_ok=True)
        self.changes: dict[str, str] = {}

    def running(self, name: str, module: str, *arguments: str) -> Running:
        """Start a program."""
        return self._keep(Running(name, python(module, *arguments), self._log(name), self._env))

    def handled(self, name: str, module: str, *arguments: str) -> Handled:
        """Start a program with hands."""
        program = Handled(name, python(module, *arguments), self._log(name), self._env)
        self._stack.callback(program.end)
        return program

    def hall_options(self, device: str | None = None) -> list[str]:
        """`--config … --set …` and `--device …` for a program of this hall."""
        options = ["--config", str(HALL_FILE)]
        for place, value in self.changes.items():
            options += ["--set", f"{place}={value}"]
        if device is not None:
            options += ["--device", device, "--state", str(self.folder / "state")]
        return options

    def _keep(self, program: Running) -> Running:
        self._stack.callback(program.end)
        return program

    def _log(self, name: str) -> Path:
        return self.folder / "log" / f"{name}.log"


@contextlib.contextmanager
def open_hall(folder: Path, screen: bool, started: Callable[[str], None]) -> Iterator[Hall]:
    """The whole hall for the time of the block; `started` is told of each part."""
    with contextlib.ExitStack() as stack:
        start = _Starting(folder, stack, screen)
        # Commands take a second each to begin: they do it while the devices are switched on.
        helper = stack.enter_context(ThreadPoolExecutor(1, "demo-data"))
        data = helper.submit(_before_the_hub, start)
        printer = _start_devices(start)
        scanners = _start_scanners(start)
        started("devices")
        pages = _start_hub(start, data.result())
        started("hub")
        installation = load(HALL_FILE, {k: _value(v) for k, v in start.changes.items()})
        eyes = stack.enter_context(_eyes(installation, pages))
        _start_agent(start)
        started("agent")
        look = [] if screen else ["--headless"]
        hands = "centerfloor.demo.hands_at"
        board = None
        if has_browser():
            board = start.handled(BOARD, hands, "board", *start.hall_options(BOARD), *look)
        kiosk = start.handled(KIOSK, hands, "kiosk", *start.hall_options(KIOSK))
        terminals = {
            name: start.handled(name, hands, "counter", *start.hall_options(name))
            for name in STAFFED
        }
        for handled in (board, kiosk, *terminals.values()):
            if handled is not None:
                handled.line("hands at")
                started(handled.name)
        yield Hall(installation, folder, printer, scanners, kiosk, terminals, board, eyes)


def has_browser() -> bool:
    """Whether this machine can show a board; Ubuntu's Chromium, a snap, is often missing."""
    try:
        find_browser()
    except BrowserError:
        return False
    return True


def _value(text: str) -> object:
    return int(text) if text.isdecimal() else text


def _start_devices(start: _Starting) -> Running:
    """The printer on a free TCP port, and a sign on a pseudo-terminal for each staffed counter."""
    out = start.folder / "printer"
    printer = start.running("printer", "centerfloor", "simulate", "printer", "--tcp", "0", "--out", str(out))  # fmt: skip
    start.changes["kiosks[0].printer.port.port"] = printer.line("printer on port")
    plain = load(HALL_FILE)
    start.changes["agents[0].speaker.folder"] = str(start.folder / "announcements")
    for place, sign in enumerate(plain.agents[0].signs):
        path = start.folder / f"sign-{sign.counter}"
        start.changes[f"agents[0].signs[{place}].port.path"] = str(path)
        made = start.running(f"sign-{sign.counter}", "centerfloor", "simulate", "sign", "--pty", str(path), "--out", str(start.folder / "signs" / sign.counter))  # fmt: skip
        made.line("sign at")
    return printer


def _start_scanners(start: _Starting) -> dict[str, Running]:
    """A scanner on a pseudo-terminal for the kiosk and for each terminal that has one."""
    plain = load(HALL_FILE)
    scanners: dict[str, Running] = {}
    places = [
        (device, f"{group}[{place}]")
        for group, devices in _with_scanners(plain).items()
        for place, device in enumerate(devices)
        if device.scanner is not None and device.name in (KIOSK, *STAFFED)
    ]
    for device, place in places:
        path = start.folder / f"{device.name}-scanner"
        start.changes[f"{place}.scanner.port.path"] = str(path)
        made = start.running(f"{device.name}-scanner", "centerfloor", "simulate", "scanner", "--pty", str(path))  # fmt: skip
        made.line("scanner at")
        scanners[device.name] = made
    return scanners


def _with_scanners(plain: Installation) -> Mapping[str, Sequence[Kiosk | CounterTerminal]]:
    return {"kiosks": plain.kiosks, "counter_terminals": plain.counter_terminals}


def _before_the_hub(start: _Starting) -> str:
    """Take the register in and give the officers their PINs, by a technician's commands; the folder of the hub's data."""
    data = str(start.folder / "data")
    at = ["--config", str(HALL_FILE), "--data", data]
    deeds = [(["dossiers", "import", str(REGISTER_FILE), "--data", data], "")]
    deeds += [(["accounts", "pin", officer, *at], pin) for officer, pin in PINS.items()]
    with (start.folder / "log" / "before.log").open("wb") as log:
        for arguments, said in deeds:
            command = python("centerfloor", *arguments)
            subprocess.run(command, check=True, input=f"{said}\n".encode(), stdout=log, stderr=log)
    return data


def _start_hub(start: _Starting, data: str) -> str:
    """Start the hub on two free ports, and let everybody know them."""
    # A recall that must be waited for would only make the demonstration longer.
    start.changes["calling.recall_hold_off_seconds"] = "1"
    hub = start.running("hub", "centerfloor", "hub", *start.hall_options(), "--data", data, "--port", "0")  # fmt: skip
    pages, floor = hub.line("pages "), hub.line("floor ")
    start.changes["hub.http_port"] = pages.rsplit(":", 1)[1]
    start.changes["hub.floor_port"] = floor.rsplit(":", 1)[1]
    start.changes["hub.public_url"] = pages
    return pages


def _start_agent(start: _Starting) -> None:
    agent = start.running(AGENT, "centerfloor", "agent", *start.hall_options(AGENT))
    agent.line("agent")


def _eyes(installation: Installation, pages: str) -> Eyes:
    console = installation.consoles[0]
    return Eyes(address_of(installation, console.name, console.token), pages)
