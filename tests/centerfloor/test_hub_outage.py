"""A floor whose hub is killed: the kiosk goes on, is killed too, goes on again, and hands in what it gave."""

import contextlib
import json
import os
import signal
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from centerfloor.demo.floor_observer import FloorObserver
from centerfloor.demo.processes import AutomatedProcess, ChildProcess, python
from config.loading import load
from hub.client import HubAddress

pytestmark = [
    pytest.mark.floor,
    # The demonstration's observer live in a context of their own and open their line by hand.
    pytest.mark.filterwarnings("ignore:connect.* must be used as a context:DeprecationWarning"),
]

SERVICE = "land"
OFFSCREEN = {"QT_QPA_PLATFORM": "offscreen", "QT_QUICK_BACKEND": "software"}


class Floor:
    """Real programs that can be killed and begun again in one folder."""

    def __init__(self, folder: Path, demo_file: Path) -> None:
        self.folder = folder
        self.demo_file = demo_file
        self.running: list[ChildProcess] = []
        self.changes = {
            "offline.after_seconds": "1",
            "kiosks[0].scanner.port.path": str(folder / "none"),
        }
        out = str(folder / "paper")
        printer = self._begin("printer", "simulate", "printer", "--tcp", "0", "--out", out)
        self.changes["kiosks[0].printer.port.port"] = printer.line("printer on port")

    def hub(self) -> ChildProcess:
        """The hub; a second time it stands where it stood."""
        known = "hub.floor_port" in self.changes
        port = [] if known else ["--port", "0"]
        hub = self._begin(
            "hub", "hub", *self._options(), "--data", str(self.folder / "data"), "--demo", *port
        )
        self.pages, self.floor = hub.line("pages "), hub.line("floor ")
        self.changes["hub.http_port"] = self.pages.rsplit(":", 1)[1]
        self.changes["hub.floor_port"] = self.floor.rsplit(":", 1)[1]
        return hub

    def kiosk(self) -> AutomatedProcess:
        place = ["--device", "kiosk-1", "--state", str(self.folder / "state")]
        command = python("centerfloor.demo.automated_programs", "kiosk", *self._options(), *place)
        kiosk = AutomatedProcess("kiosk", command, self.folder / "kiosk.log", OFFSCREEN)
        self.running.append(kiosk)
        kiosk.line("automation of")
        return kiosk

    @contextlib.contextmanager
    def observer(self) -> Iterator[FloorObserver]:
        console = load(self.demo_file).consoles[0]
        address = HubAddress(self.floor, console.name, console.token.get_secret_value())
        with FloorObserver(address, self.pages) as observer:
            yield observer

    def held(self) -> int:
        """Numbers that the kiosk could still give, by its own disk."""
        return self.ask(
            self.folder / "state" / "kiosk-1.outbox", "SELECT sum(gone = 0) FROM leased"
        )

    def waiting_to_be_sent(self) -> int:
        return self.ask(self.folder / "state" / "kiosk-1.outbox", "SELECT count(*) FROM outbox")

    def ask(self, file: Path, query: str) -> int:
        try:
            with contextlib.closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as database:
                return int(database.execute(query).fetchone()[0] or 0)
        except sqlite3.OperationalError:
            return 0

    def journal(self, kind: str) -> list[dict[str, object]]:
        with contextlib.closing(sqlite3.connect(self.folder / "data" / "floor.db")) as database:
            query = "SELECT body FROM journal WHERE kind = ? ORDER BY seq"
            return [json.loads(body) for (body,) in database.execute(query, (kind,))]

    def printed(self) -> list[str]:
        """The numbers on paper."""
        slips = (
            json.loads(p.read_text("utf-8")) for p in sorted((self.folder / "paper").glob("*.json"))
        )
        return [
            line
            for slip in slips
            for line in slip["lines"]
            if line[:1] == "C" and line[1:].isdigit()
        ]

    def _options(self) -> list[str]:
        changes = [f"{place}={value}" for place, value in self.changes.items()]
        return ["--config", str(self.demo_file), *(x for c in changes for x in ("--set", c))]

    def _begin(self, name: str, *arguments: str) -> ChildProcess:
        log = self.folder / f"{name}.log"
        made = ChildProcess(name, python("centerfloor", *arguments), log, {"PYTHONUNBUFFERED": "1"})
        self.running.append(made)
        return made

    @staticmethod
    def kill(program: ChildProcess) -> None:
        os.kill(program._process.pid, signal.SIGKILL)
        program.end()


@pytest.fixture
def floor(tmp_path: Path, demo_file: Path) -> Iterator[Floor]:
    floor = Floor(tmp_path, demo_file)
    yield floor
    for program in reversed(floor.running):
        program.end()


def take_a_number(kiosk: AutomatedProcess) -> None:
    kiosk.press("services", f"service-{SERVICE}", "confirm", "done")


def test_a_kiosk_gives_numbers_without_its_hub_and_no_number_twice(floor: Floor) -> None:
    hub, kiosk = floor.hub(), floor.kiosk()
    with floor.observer() as observer:
        take_a_number(kiosk)
        observer.wait(lambda: observer.counts()["printed"] == 1, "the first slip")
        observer.wait(lambda: floor.held() == 25, "five numbers of each of five services")
        floor.kill(hub)
        take_a_number(kiosk)
        take_a_number(kiosk)
        observer.wait(
            lambda: floor.printed() == ["C001", "C995", "C996"], "two slips without the hub"
        )
    floor.kill(kiosk)
    kiosk = floor.kiosk()
    take_a_number(kiosk)
    floor.hub()
    with floor.observer() as observer:
        observer.wait(lambda: observer.counts()["issued"] == 4, "the hand-in")
        observer.wait(lambda: observer.counts()["printed"] == 4, "the fate of every slip")
        observer.wait(lambda: floor.waiting_to_be_sent() == 0, "an empty outbox")
        take_a_number(kiosk)
        observer.wait(lambda: observer.counts()["issued"] == 5, "a number in turn")
        tickets = sorted(observer.tickets(), key=lambda ticket: (ticket.arrived_at, ticket.number))
    shown = [(ticket.number, ticket.offline) for ticket in tickets]
    assert shown == [
        ("C001", False), ("C995", True), ("C996", True), ("C997", True), ("C002", False),
    ]  # fmt: skip
    issued = floor.journal("ticket_issued")
    assert sorted(str(body["number"]) for body in issued) == sorted(set(floor.printed()))
    assert {str(body["ticket"]) for body in issued} == {ticket.id for ticket in tickets}
    assert floor.journal("ticket_cancelled") == []
