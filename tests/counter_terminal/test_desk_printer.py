"""A desk's printer on a real wire, with a simulated printer behind it."""

import json
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from queue import Queue

import pytest

from config.model.devices import EscposPrinter
from counter_terminal.desk.events import PaperSettled
from counter_terminal.desk_printer import DeskPrinter
from drivers.protocols import DeviceStatus, Health
from drivers.simulators.printer.control import tell
from drivers.simulators.printer.ports.serving import Setup, serve_tcp
from drivers.slip import Slip, Text
from drivers.spool.file import spool_file
from drivers.spool.store import SpoolStore


@pytest.fixture
def port(tmp_path: Path) -> Iterator[int]:
    stop, ready = threading.Event(), Future()
    arguments = ("127.0.0.1", 0, Setup(tmp_path / "paper"), ready.set_result, stop)
    thread = threading.Thread(target=serve_tcp, args=arguments)
    thread.start()
    yield ready.result(10)
    stop.set()
    thread.join(10)


def desk_at(
    port: int,
    folder: Path,
    settled: "Queue[PaperSettled]",
    changed: Callable[[DeviceStatus], None] = lambda _: None,
) -> DeskPrinter:
    wire = {"wire": "tcp", "host": "127.0.0.1", "port": port}
    printer = EscposPrinter.model_validate({"kind": "escpos", "port": wire, "text": "tcvn3"})
    return DeskPrinter(
        "terminal-1", printer, folder / "state", lambda _: Text(""), settled.put, changed
    )


def test_each_slip_comes_out_and_its_outcome_is_told(port: int, tmp_path: Path) -> None:
    settled: Queue[PaperSettled] = Queue()
    desk = desk_at(port, tmp_path, settled)
    slip = Slip("apology-H56.14-261102-0001", (Text("Xin lỗi"),))
    try:
        for _ in range(2):
            desk.print(slip, "H56.14-261102-0001")
            assert settled.get(timeout=10) == PaperSettled("H56.14-261102-0001", "printed")
    finally:
        desk.close()
    printed = [json.loads(path.read_text("utf-8")) for path in (tmp_path / "paper").glob("*.json")]
    assert [each["lines"] for each in printed] == [["Xin lỗi"], ["Xin lỗi"]]


def test_how_the_printer_is_is_told_as_it_changes(port: int, tmp_path: Path) -> None:
    told: Queue[DeviceStatus] = Queue()
    desk = desk_at(port, tmp_path, Queue(), told.put)
    try:
        assert told.get(timeout=10) == DeviceStatus(Health.READY)
        tell(tmp_path / "paper", "cover open")
        desk.print(Slip("papers", (Text("Giấy tờ"),)), "1.001193")
        assert told.get(timeout=10) == DeviceStatus(Health.FAULT, ("cover_open",))
        tell(tmp_path / "paper", "cover shut")
    finally:
        desk.close()


def test_what_the_last_run_did_not_tell_is_told_as_the_desk_begins(
    port: int, tmp_path: Path
) -> None:
    settled: Queue[PaperSettled] = Queue()
    desk = desk_at(port, tmp_path, settled)
    desk.print(Slip("papers", (Text("Giấy tờ"),)), "1.001193")
    told = settled.get(timeout=10)
    desk.close()
    store = SpoolStore(spool_file(tmp_path / "state", "terminal-1"))
    (job,) = store.latest(5)
    store.save(replace(job, acknowledged=False))
    store.close()

    again = desk_at(port, tmp_path, settled)
    assert settled.get(timeout=10) == told
    again.close()
    store = SpoolStore(spool_file(tmp_path / "state", "terminal-1"))
    assert list(store.unacknowledged()) == []
    store.close()
