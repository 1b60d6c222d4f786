"""The whole kiosk: a real hub, a real window, a printer on TCP and a scanner on a serial line, both simulated."""

import asyncio
import json
import os
import threading
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import Future
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest

from config.loading import load
from config.planning import floor_plan
from drivers.protocols import Health
from drivers.simulators.printer.control import tell
from drivers.simulators.scanner import serve_pty
from drivers.spool.file import spool_file
from drivers.spool.jobs import JobState
from drivers.spool.orders import REPRINT, Order
from drivers.spool.store import SpoolStore
from hub.floor.decider import Request
from hub.messages import Condition, Topic
from hub.running import HubOptions, RunningHub, serve
from kiosk.app import KioskProgram, compose
from kiosk.flow.screens import ENROL, Page, SlipState
from service_floor.queue.commands import Actor, ReprintReason, ReprintSlip, Role
from service_floor.zone import ZONE

pytestmark = pytest.mark.floor

DEMO = Path(__file__).parents[2] / "config" / "examples" / "demo.toml"
REGISTER = DEMO.with_name("demo-dossiers.csv")
CODE = "H56.14-261102-0001"
PATIENCE = 15_000


class HubThread:
    """A hub with the demonstration's hall and register, in a thread of its own; it can be ended and begun again."""

    def __init__(self, data: Path) -> None:
        self._data = data
        self._port = 0

    def begin(self) -> RunningHub:
        hall = load(DEMO)
        plan = floor_plan(hall, datetime.now(ZONE).date())
        self._loop, self._over = asyncio.new_event_loop(), asyncio.Event()
        running: Future[RunningHub] = Future()

        async def run_until_closed() -> None:
            async with serve(hall, plan, HubOptions(self._data, floor_port=self._port)) as hub:
                hub.register.import_file(REGISTER)
                running.set_result(hub)
                await self._over.wait()

        def run() -> None:
            with asyncio.Runner(loop_factory=lambda: self._loop) as runner:
                runner.run(run_until_closed())

        self._thread = threading.Thread(target=run)
        self._thread.start()
        hub = running.result(20)
        self._port = int(hub.floor.rsplit(":", 1)[1])
        return hub

    def do(self, deed: Coroutine) -> object:
        """Have the hub's own loop do this, as its console does."""
        return asyncio.run_coroutine_threadsafe(deed, self._loop).result(10)

    def asks_again(self, hub: RunningHub, ticket: str) -> dict[str, object]:
        """The greeter wants the slip of a ticket once more; the same request each time."""

        async def ask() -> str:
            told: asyncio.Future[str] = asyncio.get_running_loop().create_future()
            greeter = Actor("console-hoa", Role.GREETER)
            command = ReprintSlip(ticket, ReprintReason.LOST)
            hub._floor_service.submit(Request(greeter, "request-1", command, told.set_result))
            return await told

        return json.loads(self.do(ask()))["result"]["reprint"]

    def end(self) -> None:
        if self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._over.set)
            self._thread.join(20)


@pytest.fixture
def hub_thread(tmp_path) -> Iterator[HubThread]:
    thread = HubThread(tmp_path / "data")
    yield thread
    thread.end()


@pytest.fixture
def hub(hub_thread) -> RunningHub:
    return hub_thread.begin()


@pytest.fixture
def scan(tmp_path) -> Iterator[Callable[[str], None]]:
    """A scanner; what it is given to read, it sends."""
    out, into = os.pipe()
    stop, ready = threading.Event(), threading.Event()
    path = tmp_path / "scanner"
    thread = threading.Thread(target=serve_pty, args=(path, out, stop, ready.set))
    thread.start()
    assert ready.wait(5)
    yield lambda code: os.write(into, f"{code}\n".encode())
    stop.set()
    thread.join(5)
    os.close(into)
    os.close(out)


class Citizen:
    """Somebody before the real window."""

    def __init__(self, program: KioskProgram, qtbot) -> None:
        self.program = program
        self._qtbot = qtbot

    @property
    def screen(self):
        return self.program.flow.picture().screen

    def press(self, name: str) -> None:
        self._qtbot.waitUntil(lambda: self._ready(name) is not None, timeout=PATIENCE)
        item = self._ready(name)
        middle = item.mapToScene(QPointF(item.width() / 2, item.height() / 2)).toPoint()
        view = self.program.view
        QTest.mouseClick(view, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, middle)

    def waits_for(self, condition: Callable[[], bool]) -> None:
        self._qtbot.waitUntil(condition, timeout=PATIENCE)

    def sees(self, page: Page) -> None:
        self.waits_for(lambda: self.screen.page is page)

    def _ready(self, name: str):
        waiting = [self.program.view.contentItem()]
        while waiting:
            item = waiting.pop()
            if item.objectName() == name and item.isEnabled() and item.width() > 0:
                return item
            waiting += [child for child in item.childItems() if child.isVisible()]
        return None


@pytest.fixture
def start(qtbot, tmp_path) -> Iterator[Callable[..., Citizen]]:
    """Starts kiosks of the demonstration's hall with other values."""
    programs: list[KioskProgram] = []

    def begin(enrolled: bool = True, **changes: object) -> Citizen:
        places = {"floor": "hub.floor_port", "printer": "kiosks[0].printer.port.port"}
        places |= {"scanner": "kiosks[0].scanner.port.path", "numbers": "offline.numbers"}
        places |= {
            "without_paper": "kiosks[0].number_without_paper",
            "gone": "offline.after_seconds",
        }
        hall = load(DEMO, {places[name]: value for name, value in changes.items()})
        kiosk = hall.kiosks[0] if enrolled else hall.kiosks[0].model_copy(update={"token": None})
        (tmp_path / "state").mkdir(exist_ok=True)
        program = compose(hall, kiosk, tmp_path / "state")
        program.view.resize(1080, 1920)
        program.view.show()
        program.start()
        programs.append(program)
        return Citizen(program, qtbot)

    yield begin
    for program in programs:
        program.stop()


@pytest.fixture
def citizen(start, hub, printer_port, tmp_path) -> Citizen:
    floor = int(hub.floor.rsplit(":", 1)[1])
    return start(floor=floor, printer=printer_port, scanner=str(tmp_path / "scanner"))


def paper(folder: Path) -> list[dict[str, object]]:
    return [json.loads(path.read_text("utf-8")) for path in sorted(folder.glob("*.json"))]


def test_a_citizen_takes_a_number_and_its_slip_is_on_paper(citizen, hub, tmp_path) -> None:
    citizen.press("services")
    citizen.press("service-land")
    citizen.press("priority-elderly")
    citizen.press("confirm")
    citizen.sees(Page.TICKET)
    citizen.waits_for(lambda: citizen.screen.slip is SlipState.PRINTED)
    assert citizen.screen.number == "C001"
    (slip,) = paper(tmp_path / "paper")
    assert "C001" in slip["lines"]
    assert "[ƯU TIÊN]" in slip["lines"]
    ticket = citizen.program.flow.state.visit.ticket.id
    assert slip["qr"] == [f"http://127.0.0.1:8710/t/{ticket}"]
    citizen.press("done")
    citizen.sees(Page.WELCOME)


def test_the_hub_knows_which_printer_wants_paper_before_a_citizen_does(
    start, hub, printer_port, tmp_path, monkeypatch
) -> None:
    monkeypatch.setattr("drivers.spool.spool.CHECK_SECONDS", 0.02)
    floor = int(hub.floor.rsplit(":", 1)[1])

    def conditions() -> tuple[Condition, ...]:
        return next(each.conditions for each in hub.health().attached if each.device == "kiosk-1")

    citizen = start(floor=floor, printer=printer_port, scanner="/nowhere")
    citizen.waits_for(lambda: conditions() == (Condition.READY,))
    tell(tmp_path / "paper", "paper low")
    citizen.waits_for(lambda: conditions() == (Condition.PAPER_LOW,))
    tell(tmp_path / "paper", "cover open")
    citizen.waits_for(lambda: conditions() == (Condition.COVER_OPEN, Condition.PAPER_LOW))
    citizen.program.stop()
    citizen.waits_for(lambda: conditions() == (Condition.UNKNOWN,))


def test_a_scan_on_the_serial_line_shows_where_the_dossier_is(scan, citizen) -> None:
    citizen.sees(Page.WELCOME)
    scanner = citizen.program._devices._scanner
    citizen.waits_for(lambda: scanner._presence.device is not None)
    scan("\x1b]0;damaged\x07")
    citizen.sees(Page.DOSSIER)
    assert "quét lại" in citizen.screen.notice.text
    scan(CODE)
    citizen.waits_for(
        lambda: citizen.screen.page is Page.DOSSIER and citizen.screen.stage == "found"
    )
    assert citizen.screen.code == CODE


def test_procedures_of_the_catalogue_are_found_as_one_types(citizen) -> None:
    citizen.press("find")
    for key in (*"khai", "space", *"sinh"):
        citizen.press(f"key-{key}")
    citizen.waits_for(lambda: citizen.screen.query == "khai sinh")
    citizen.press("procedure-1.001193")
    citizen.sees(Page.PROCEDURE)
    assert citizen.screen.papers


def test_a_new_kiosk_shows_its_code_and_works_once_it_is_typed(start, hub, hub_thread) -> None:
    citizen = start(floor=int(hub.floor.rsplit(":", 1)[1]), printer=1, enrolled=False)
    citizen.waits_for(lambda: getattr(citizen.screen, "code", "") != "")
    code = citizen.screen.code.replace("\u2060", "")
    hub_thread.do(hub.authentication.approve(code, "kiosk-1", "tech"))
    citizen.press("services")
    citizen.sees(Page.SERVICES)
    hub_thread.do(hub.authentication.revoke("kiosk-1", "boss"))
    citizen.waits_for(lambda: citizen.screen.page == ENROL)
    assert "thu hồi" in citizen.screen.notice.text


def test_without_a_printer_the_number_is_given_on_the_screen(start, hub) -> None:
    citizen = start(floor=int(hub.floor.rsplit(":", 1)[1]), printer=1, scanner="/nowhere")
    citizen.waits_for(
        lambda: citizen.screen.page is Page.WELCOME and citizen.screen.notice.text != ""
    )
    citizen.press("services")
    citizen.press("service-land")
    citizen.press("confirm")
    citizen.sees(Page.TICKET)
    assert citizen.screen.slip is SlipState.FAILED


def test_when_the_hub_goes_the_kiosk_says_so_and_goes_on_when_it_is_back(
    start, hub, hub_thread, printer_port
) -> None:
    floor = int(hub.floor.rsplit(":", 1)[1])
    citizen = start(floor=floor, printer=printer_port, scanner="/nowhere", numbers=0, gone=1)
    citizen.press("services")
    citizen.sees(Page.SERVICES)
    hub_thread.end()
    citizen.sees(Page.OUT_OF_SERVICE)
    assert citizen.program.flow.picture().frame.time == ""
    hub_thread.begin()
    citizen.sees(Page.SERVICES)
    citizen.press("service-land")
    citizen.press("confirm")
    citizen.sees(Page.TICKET)


def test_with_numbers_in_advance_the_kiosk_goes_on_alone_and_hands_in(
    citizen, hub_thread, tmp_path
) -> None:
    citizen.waits_for(lambda: len(citizen.program.flow.state.known.reserve) == 5)
    hub_thread.end()
    citizen.waits_for(lambda: "Mất kết nối" in citizen.screen.notice.text)
    citizen.press("services")
    citizen.press("service-land")
    citizen.press("confirm")
    citizen.sees(Page.TICKET)
    citizen.waits_for(lambda: citizen.screen.slip is SlipState.PRINTED)
    assert citizen.screen.number == "C995"
    (slip,) = paper(tmp_path / "paper")
    assert "C995" in slip["lines"]
    assert any("mất kết nối" in line for line in slip["lines"])
    ticket = citizen.program.flow.state.visit.ticket.id
    hub = hub_thread.begin()
    citizen.waits_for(lambda: hub.health().counts["printed"] == 1)
    assert hub.health().counts["issued"] == 1
    assert slip["qr"] == [f"http://127.0.0.1:8710/t/{ticket}"]


def test_a_slip_that_an_earlier_run_left_is_told_and_its_ticket_not_taken_for_new(
    start, hub, hub_thread, printer_port, tmp_path
) -> None:
    """The program died between the hub's answer and its own note of it; the slip was being sent.

    Staff want it again while the kiosk is away: that waits for it.
    """
    floor = int(hub.floor.rsplit(":", 1)[1])
    first = start(floor=floor, printer=printer_port, scanner="/nowhere")
    first.press("services")
    first.press("service-land")
    first.press("confirm")
    first.sees(Page.TICKET)
    ticket = first.program.flow.state.visit.ticket.id
    first.waits_for(lambda: first.screen.slip is SlipState.PRINTED)
    first.program.stop()
    store = SpoolStore(spool_file(tmp_path / "state", "kiosk-1"))
    (job,) = store.latest(5)
    store.save(replace(job, state=JobState.SENDING, acknowledged=False))
    store.close()
    hub_thread.asks_again(hub, ticket)
    second = start(floor=floor, printer=printer_port, scanner="/nowhere")
    second.waits_for(lambda: hub.health().counts["printed"] == 2)
    store = SpoolStore(spool_file(tmp_path / "state", "kiosk-1"))
    second.waits_for(lambda: not store.unacknowledged() and second.screen.page is Page.WELCOME)
    second.program.stop()
    again, job = store.latest(5)
    store.close()
    assert (job.state, job.reason, job.acknowledged) == (JobState.UNKNOWN, "restarted", True)
    assert job.id == f"ticket-{ticket}"
    assert (again.id, again.state, again.acknowledged) == (f"{job.id}~1", JobState.PRINTED, True)
    # What the earlier run may have left in the printer is cut off before the next slip.
    assert [slip["blank"] for slip in paper(tmp_path / "paper")] == [False, True, False]


def test_persons_have_the_slip_printed_again_at_the_printer_and_through_the_hub(
    citizen, hub, hub_thread, tmp_path
) -> None:
    citizen.press("services")
    citizen.press("service-land")
    citizen.press("confirm")
    citizen.waits_for(lambda: citizen.screen.page is Page.TICKET)
    citizen.waits_for(lambda: citizen.screen.slip is SlipState.PRINTED)
    store = SpoolStore(spool_file(tmp_path / "state", "kiosk-1"))
    store.orders.add(Order(REPRINT, citizen.screen.number))
    store.close()
    citizen.waits_for(lambda: len(paper(tmp_path / "paper")) == 2)
    _, again = paper(tmp_path / "paper")
    assert again["lines"][0] == "IN LẠI lần 1"
    assert "C001" in again["lines"]
    citizen.waits_for(lambda: hub.health().counts["printed"] == 2)

    asked = hub_thread.asks_again(hub, citizen.program.flow.state.visit.ticket.id)
    assert (asked["kiosk"], asked["reprint"], asked["outcome"]) == ("kiosk-1", 2, "")
    assert hub_thread.asks_again(hub, asked["ticket"]) == asked
    citizen.waits_for(lambda: hub.health().counts["printed"] == 3)
    *_, again = paper(tmp_path / "paper")
    assert again["lines"][0] == "IN LẠI lần 2"
    assert len(paper(tmp_path / "paper")) == 3
    told = json.loads(hub._floor_service.feed.values(Topic.REPRINTS)[asked["id"]])
    assert told["outcome"] == "printed"


def test_a_kiosk_that_gives_no_number_without_its_slip_spends_none(
    start, hub, printer_port, tmp_path
) -> None:
    citizen = start(
        floor=int(hub.floor.rsplit(":", 1)[1]),
        printer=printer_port,
        scanner="/nowhere",
        without_paper=False,
    )
    citizen.waits_for(lambda: citizen.program.flow.state.known.printer.health is Health.READY)
    (tmp_path / "paper" / "fault").write_text("paper-out")
    citizen.waits_for(lambda: citizen.program.flow.state.known.printer.health is Health.FAULT)
    citizen.press("services")
    citizen.press("service-land")
    citizen.sees(Page.REFUSED)
    assert "hết giấy" in citizen.screen.message
    assert hub.health().counts["issued"] == 0
