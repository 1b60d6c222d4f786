"""A desk's printer on a real wire, with a simulated printer behind it."""

import json
import threading
from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path
from queue import Queue

import pytest

from config.model.devices import EscposPrinter
from counter_terminal.desk.events import PaperSettled
from counter_terminal.desk_printer import DeskPrinter
from drivers.simulators.printer.serving import Setup, serve_tcp
from drivers.slip import Slip, Text


@pytest.fixture
def port(tmp_path: Path) -> Iterator[int]:
    stop, ready = threading.Event(), Future()
    arguments = ("127.0.0.1", 0, Setup(tmp_path / "paper"), ready.set_result, stop)
    thread = threading.Thread(target=serve_tcp, args=arguments)
    thread.start()
    yield ready.result(10)
    stop.set()
    thread.join(10)


def test_each_slip_comes_out_and_its_outcome_is_told(port: int, tmp_path: Path) -> None:
    settled: Queue[PaperSettled] = Queue()
    wire = {"wire": "tcp", "host": "127.0.0.1", "port": port}
    printer = EscposPrinter.model_validate({"kind": "escpos", "port": wire, "text": "tcvn3"})
    desk = DeskPrinter("terminal-1", printer, tmp_path / "state", lambda _: Text(""), settled.put)
    slip = Slip("apology-H56.14-261102-0001", (Text("Xin lỗi"),))
    try:
        for _ in range(2):
            desk.print(slip, "H56.14-261102-0001")
            assert settled.get(timeout=10) == PaperSettled("H56.14-261102-0001", "printed")
    finally:
        desk.close()
    printed = [json.loads(path.read_text("utf-8")) for path in (tmp_path / "paper").glob("*.json")]
    assert [each["lines"] for each in printed] == [["Xin lỗi"], ["Xin lỗi"]]
