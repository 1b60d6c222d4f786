"""The demonstration's hall: processes of simulated devices, hub, agent, board, kiosk and counter terminals, started
in order."""

import contextlib
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from centerfloor.demo.floor_observer import FloorObserver
from centerfloor.demo.processes import AutomatedProcess, ChildProcess, python
from centerfloor.demo.supervisor import Supervisor
from config.loading import load
from config.model import Installation
from config.model.programs import CounterTerminal, Kiosk
from hub.client import address_of, context_of
from hub.upkeep.certificates import AUTHORITY, CERTIFICATE, KEY
from queue_display.boards.browser import BrowserError, find_browser

EXAMPLES = Path(__file__).resolve().parents[2] / "config" / "examples"
HALL_FILE = EXAMPLES / "demo.toml"
REGISTER_FILE = EXAMPLES / "demo-dossiers.csv"

KIOSK = "kiosk-1"
BOARD = "board-1"
AGENT = "agent-1"
STAFFED = {"terminal-1": "an", "terminal-2": "binh", "terminal-4": "dung"}
"""Counter terminals that are manned in the demonstration, and their officers."""
PINS = {"an": "482913", "binh": "715204", "dung": "936058"}
"""Typed by the officers at their desks, and set by the supervisor in the console."""
ENROLMENT_PICTURE = "enrolment.png"
SUPERVISOR = "thao"
SUPERVISOR_PIN = "570394"
ENROLLED = (KIOSK, *STAFFED, BOARD)
"""Devices without a token, until the code on their screen is typed in the console."""

R = TypeVar("R", bound=ChildProcess)


@dataclass(frozen=True, slots=True)
class Hall:
    """All processes, by what they are."""

    installation: Installation
    folder: Path
    printer: ChildProcess
    scanners: Mapping[str, ChildProcess]
    kiosk: AutomatedProcess
    terminals: Mapping[str, AutomatedProcess]
    board: AutomatedProcess | None
    observer: FloorObserver

    @property
    def slips(self) -> Path:
        """Where the simulated printer keeps its slips."""
        return self.folder / "printer"


class _Starting:
    """Starts processes one after another; leaving the context terminates all of them, the last one first."""

    def __init__(self, folder: Path, stack: contextlib.ExitStack, screen: bool) -> None:
        self.folder = folder
        self.file = folder / "hall.toml"
        self.data = str(folder / "data")
        self._env = {} if screen else {"QT_QPA_PLATFORM": "offscreen"}
        self._env |= {"QT_QUICK_BACKEND": "software", "PYTHONUNBUFFERED": "1"}
        (folder / "log").mkdir(parents=True, exist_ok=True)
        self.changes: dict[str, str] = {}
        self._programs: list[ChildProcess] = []
        stack.callback(self._end)

    def running(self, name: str, module: str, *arguments: str) -> ChildProcess:
        """Start a process."""
        return self._keep(
            ChildProcess(name, python(module, *arguments), self._log(name), self._env)
        )

    def automated(self, name: str, module: str, *arguments: str) -> AutomatedProcess:
        """Start a process with GUI automation."""
        return self._keep(
            AutomatedProcess(name, python(module, *arguments), self._log(name), self._env)
        )

    def hall_options(self, device: str | None = None) -> list[str]:
        """`--config … --set …` and `--device …` for a program of this hall."""
        options = ["--config", str(self.file)]
        for place, value in self.changes.items():
            options += ["--set", f"{place}={value}"]
        if device is not None:
            options += ["--device", device, "--state", str(self.folder / "state")]
        return options

    def _keep(self, program: R) -> R:
        self._programs.append(program)
        return program

    def _end(self) -> None:
        for program in reversed(self._programs):
            program.ask_to_end()
        for program in reversed(self._programs):
            program.end()

    def _log(self, name: str) -> Path:
        return self.folder / "log" / f"{name}.log"


@contextlib.contextmanager
def open_hall(folder: Path, screen: bool, started: Callable[[str], None]) -> Iterator[Hall]:
    """The whole hall for the time of the block; the callback `started` gets the name of each part."""
    with contextlib.ExitStack() as stack:
        start = _Starting(folder, stack, screen)
        start.file.write_text(_closed_hall(folder / "tls"), encoding="utf-8")
        # Commands take a second each to start: threads run them while the devices are switched on.
        helpers = stack.enter_context(ThreadPoolExecutor(2, "demo-data"))
        before = [helpers.submit(work, start) for work in (_make_authority, _before_the_hub)]
        printer, scanners = _start_devices(start)
        started("devices")
        for work in before:
            work.result()
        pages = _start_hub(start)
        started("hub")
        installation = load(start.file, {k: _value(v) for k, v in start.changes.items()})
        console = installation.consoles[0]
        address = address_of(installation, console.name, console.token)
        agent = start.running(AGENT, "centerfloor", "agent", *start.hall_options(AGENT))
        windows = _start_windows(start, screen)
        observer = stack.enter_context(FloorObserver(address, pages))
        supervisor = Supervisor(pages, context_of(address))
        supervisor.sign_in(SUPERVISOR, SUPERVISOR_PIN)
        for officer, pin in PINS.items():
            supervisor.give_pin(officer, pin)
        agent.line("agent")
        started("agent")
        for device, window in windows.items():
            window.line("automation of")
            window.see("enrol-code")
            if device == KIOSK:
                window.picture(folder / ENROLMENT_PICTURE)
            supervisor.let_in(device, window.read("enrol-code"))
            started(device)
        kiosk, board = windows.pop(KIOSK), windows.pop(BOARD, None)
        yield Hall(installation, folder, printer, scanners, kiosk, windows, board, observer)


def has_browser() -> bool:
    """Whether this machine can show a board; Ubuntu's Chromium, a snap, is often missing."""
    try:
        find_browser()
    except BrowserError:
        return False
    return True


def _value(text: str) -> object:
    return int(text) if text.isdecimal() else text


def _closed_hall(tls: Path) -> str:
    """The hall of the example with TLS, and with windows that must be enrolled first."""
    text = HALL_FILE.read_text(encoding="utf-8")
    for device in ENROLLED:
        text = text.replace(f'token = "demo-token-of-{device}"\n', "")
    names = {"certificate": CERTIFICATE, "key": KEY, "authority": AUTHORITY}
    return text + "\n[hub.tls]\n" + "".join(f'{k} = "{tls / v}"\n' for k, v in names.items())


def _start_devices(start: _Starting) -> tuple[ChildProcess, dict[str, ChildProcess]]:
    """The printer on a free TCP port, a sign on a pseudo-terminal for each counter, and the scanners by their
    device."""
    out = start.folder / "printer"
    printer = start.running("printer", "centerfloor", "simulate", "printer", "--tcp", "0", "--out", str(out))  # fmt: skip
    plain = load(HALL_FILE)
    start.changes["agents[0].speaker.folder"] = str(start.folder / "announcements")
    signs = []
    for place, sign in enumerate(plain.agents[0].signs):
        path = start.folder / f"sign-{sign.counter}"
        start.changes[f"agents[0].signs[{place}].port.path"] = str(path)
        signs.append(start.running(f"sign-{sign.counter}", "centerfloor", "simulate", "sign", "--pty", str(path), "--out", str(start.folder / "signs" / sign.counter)))  # fmt: skip
    scanners = _start_scanners(start, plain)
    start.changes["kiosks[0].printer.port.port"] = printer.line("printer on port")
    for made in signs:
        made.line("sign at")
    for made in scanners.values():
        made.line("scanner at")
    return printer, scanners


def _start_scanners(start: _Starting, plain: Installation) -> dict[str, ChildProcess]:
    """A scanner on a pseudo-terminal for the kiosk and for each terminal that has one."""
    scanners: dict[str, ChildProcess] = {}
    places = [
        (device, f"{group}[{place}]")
        for group, devices in _with_scanners(plain).items()
        for place, device in enumerate(devices)
        if device.scanner is not None and device.name in (KIOSK, *STAFFED)
    ]
    for device, place in places:
        path = start.folder / f"{device.name}-scanner"
        start.changes[f"{place}.scanner.port.path"] = str(path)
        scanners[device.name] = start.running(f"{device.name}-scanner", "centerfloor", "simulate", "scanner", "--pty", str(path))  # fmt: skip
    return scanners


def _with_scanners(plain: Installation) -> Mapping[str, Sequence[Kiosk | CounterTerminal]]:
    return {"kiosks": plain.kiosks, "counter_terminals": plain.counter_terminals}


def _make_authority(start: _Starting) -> None:
    """The centre's own certificate authority, and the hub's certificate from it."""
    place = ["--out", str(start.folder / "tls"), "--host", "127.0.0.1"]
    _command(start, ["tls", "init", *place])


def _before_the_hub(start: _Starting) -> None:
    """Import the register and set the supervisor's PIN, by a technician's commands."""
    _command(start, ["dossiers", "import", str(REGISTER_FILE), "--data", start.data])
    at = ["--config", str(HALL_FILE), "--data", start.data]
    _command(start, ["accounts", "pin", SUPERVISOR, *at], SUPERVISOR_PIN)


def _command(start: _Starting, arguments: Sequence[str], said: str = "") -> None:
    with (start.folder / "log" / f"{arguments[0]}.log").open("wb") as log:
        command = python("centerfloor", *arguments)
        subprocess.run(command, check=True, input=f"{said}\n".encode(), stdout=log, stderr=log)


def _start_hub(start: _Starting) -> str:
    """Start the hub on two free ports, and put these into the configuration of all others."""
    # A hold-off before each recall would only make the demonstration longer.
    start.changes["calling.recall_hold_off_seconds"] = "1"
    hub = start.running("hub", "centerfloor", "hub", *start.hall_options(), "--data", start.data, "--port", "0", "--demo")  # fmt: skip
    pages, floor = hub.line("pages "), hub.line("floor ")
    start.changes["hub.http_port"] = pages.rsplit(":", 1)[1]
    start.changes["hub.floor_port"] = floor.rsplit(":", 1)[1]
    start.changes["hub.public_url"] = pages
    return pages


def _start_windows(start: _Starting, screen: bool) -> dict[str, AutomatedProcess]:
    """The kiosk, the manned terminals, and the board if there is a browser, all at once."""
    automation = "centerfloor.demo.automated_programs"
    windows = {}
    if has_browser():
        look = [] if screen else ["--headless"]
        windows[BOARD] = start.automated(
            BOARD, automation, "board", *start.hall_options(BOARD), *look
        )
    windows[KIOSK] = start.automated(KIOSK, automation, "kiosk", *start.hall_options(KIOSK))
    for name in STAFFED:
        windows[name] = start.automated(name, automation, "counter", *start.hall_options(name))
    return windows
