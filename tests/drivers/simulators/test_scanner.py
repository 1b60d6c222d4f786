import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from queue import Empty, SimpleQueue

import pytest

from config.model.devices import EvdevScanner, SerialPort
from config.model.devices import SerialScanner as Settings
from drivers.errors import DeviceError, DeviceReason
from drivers.protocols import CodeScanner, Scan
from drivers.registry import open_scanner
from drivers.simulators import scanner as simulator
from drivers.simulators.scanner import ScannerFault, SimulatedScanner
from drivers.supervisor import ScanLoop

CODES = ["A-042", "H56.14-240823-0001", "]Q1Huế, Phường Thuận Hóa"]


def opened(path: Path, prefix: str = "", suffix: str = "\r") -> CodeScanner:
    port = SerialPort(wire="serial", path=str(path))
    settings = Settings(kind="serial-scanner", port=port, prefix=prefix, suffix=suffix)
    return open_scanner(settings, "scanner-1")


def stop_and_join(thread: threading.Thread, stop: threading.Event) -> None:
    stop.set()
    started = time.monotonic()
    thread.join(5)
    assert time.monotonic() - started < 1


FAULTLESS = SimulatedScanner()


@contextmanager
def simulated(path: Path, source: int | Path, gun: SimulatedScanner = FAULTLESS) -> Iterator[None]:
    stop, ready = threading.Event(), threading.Event()
    thread = threading.Thread(target=simulator.serve_pty, args=(path, source, stop, ready.set, gun))
    thread.start()
    with ExitStack() as ending:
        ending.callback(stop_and_join, thread, stop)
        assert ready.wait(5)
        yield
    assert not path.is_symlink()


@pytest.mark.parametrize("framing", [("", "\r"), ("\x02", "\x03"), ("~", "\r\n")])
def test_what_is_scanned_is_what_the_driver_reads(tmp_path: Path, framing: tuple[str, str]) -> None:
    out, into = os.pipe()
    with simulated(tmp_path / "tty", out, SimulatedScanner(*framing)):
        scanner = opened(tmp_path / "tty", *framing)
        for code in CODES:
            os.write(into, code.encode() + b"\n")
        assert [scanner.read(5) for _ in CODES] == [
            Scan("A-042"),
            Scan("H56.14-240823-0001"),
            Scan("Huế, Phường Thuận Hóa", "]Q1"),
        ]
        scanner.close()
    os.close(into)
    os.close(out)


def test_codes_come_from_a_fifo_that_writers_open_and_leave(tmp_path: Path) -> None:
    fifo = tmp_path / "codes"
    os.mkfifo(fifo)
    with simulated(tmp_path / "tty", fifo):
        scanner = opened(tmp_path / "tty")
        for code in ("A-001", "A-002"):
            fifo.write_text(f"\n{code}\r\n", encoding="utf-8")
            assert scanner.read(5) == Scan(code)
        scanner.close()


def test_a_driver_may_close_the_port_and_open_it_again(tmp_path: Path) -> None:
    fifo = tmp_path / "go"
    os.mkfifo(fifo)
    with simulated(tmp_path / "tty", fifo):
        first = opened(tmp_path / "tty")
        fifo.write_text("A-001\n")
        assert first.read(5) == Scan("A-001")
        first.close()
        again = opened(tmp_path / "tty")
        fifo.write_text("A-001\n")
        assert again.read(5) == Scan("A-001")
        again.close()


def test_the_end_of_the_codes_ends_the_last_line_and_not_the_scanner(tmp_path: Path) -> None:
    path = tmp_path / "tty"
    out, into = os.pipe()
    with simulated(path, out):
        scanner = opened(path)
        os.write(into, b"A-042")
        os.close(into)
        assert scanner.read(5) == Scan("A-042")
        assert scanner.read(0.2) is None
        assert path.is_symlink()
        scanner.close()
    os.close(out)


def test_a_stale_link_is_replaced_and_a_file_is_left_alone(tmp_path: Path) -> None:
    stale, file = tmp_path / "stale", tmp_path / "file"
    stale.symlink_to("/dev/pts/no-such")
    file.write_text("mine")
    out, into = os.pipe()
    with simulated(stale, out):
        opened(stale).close()
    with pytest.raises(FileExistsError):
        simulator.serve_pty(file, out, threading.Event(), lambda: None)
    assert file.read_text() == "mine"
    os.close(into)
    os.close(out)


def test_a_line_to_which_nobody_listens_loses_codes_and_ends_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(simulator, "BETWEEN_CODES", 0.0)
    codes = tmp_path / "codes"
    codes.write_text("".join(f"{n:03d}-{'9' * 400}\n" for n in range(200)))
    with simulated(tmp_path / "tty", codes):
        opened(tmp_path / "tty").close()


@contextmanager
def faulty(
    tmp_path: Path, fault: ScannerFault, *, keys: bool
) -> Iterator[tuple[CodeScanner, Callable[[str], None]]]:
    """A scanner with a fault, its driver, and what makes it scan."""
    place, stop, ready = tmp_path / "port", threading.Event(), threading.Event()
    out, into = os.pipe()
    serve = simulator.serve_events if keys else simulator.serve_pty
    thread = threading.Thread(
        target=serve, args=(place, out, stop, ready.set, SimulatedScanner(fault=fault))
    )
    thread.start()
    assert ready.wait(5)
    settings = EvdevScanner(kind="evdev-scanner", path=str(place), grab=False)
    scanner = open_scanner(settings, "keys") if keys else opened(place)
    yield scanner, lambda code: (os.write(into, code.encode() + b"\n"), None)[1]
    scanner.close()
    stop_and_join(thread, stop)
    os.close(into)
    os.close(out)


@pytest.mark.parametrize("keys", [False, True])
@pytest.mark.parametrize(
    "fault", [ScannerFault.SPLIT, ScannerFault.NO_TERMINATOR, ScannerFault.FLOOD]
)
def test_a_code_is_read_once_however_it_comes(
    tmp_path: Path, fault: ScannerFault, keys: bool
) -> None:
    with faulty(tmp_path, fault, keys=keys) as (scanner, scan):
        scan("H56.14-240823-0001")
        assert scanner.read(5) == Scan("H56.14-240823-0001")
        assert scanner.read(0.3) is None


@pytest.mark.parametrize("keys", [False, True])
def test_noise_in_a_code_is_said_and_not_guessed(tmp_path: Path, keys: bool) -> None:
    with faulty(tmp_path, ScannerFault.NOISE, keys=keys) as (scanner, scan):
        scan("A-042")
        with pytest.raises(DeviceError) as garbled:
            scanner.read(5)
        assert garbled.value.reason is DeviceReason.GARBLED


def heard(scans: "SimpleQueue[str]") -> str | None:
    try:
        return scans.get(timeout=0.8)
    except Empty:
        return None


@pytest.mark.parametrize("keys", [False, True])
def test_a_scanner_that_is_pulled_out_is_lost_and_found_again(tmp_path: Path, keys: bool) -> None:
    place, stop, ready = tmp_path / "port", threading.Event(), threading.Event()
    out, into = os.pipe()
    serve = simulator.serve_events if keys else simulator.serve_pty
    gun = SimulatedScanner(fault=ScannerFault.UNPLUG)
    thread = threading.Thread(target=serve, args=(place, out, stop, ready.set, gun))
    thread.start()
    assert ready.wait(5)
    settings = EvdevScanner(kind="evdev-scanner", path=str(place), grab=False)
    scans: SimpleQueue[str] = SimpleQueue()
    loop = ScanLoop(
        "gun",
        lambda: open_scanner(settings, "gun") if keys else opened(place),
        lambda scan: scans.put(scan.text),
        backoff=(0.05,),
    )
    # What is scanned while nobody holds the port is lost, so somebody scans again.
    for code in ("A-001", "A-002"):
        wait_for(
            lambda code=code: os.write(into, f"{code}\n".encode()) > 0 and heard(scans) == code
        )
    assert loop.close()
    stop_and_join(thread, stop)
    os.close(into)
    os.close(out)


PROGRAM = """
import signal, sys, threading
from pathlib import Path
from drivers.simulators.scanner import serve_pty
stop = threading.Event()
signal.signal(signal.SIGTERM, lambda *_: stop.set())
serve_pty(Path(sys.argv[1]), 0, stop, lambda: print("ready", flush=True))
"""


def wait_for(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + 15
    while not condition():
        assert time.monotonic() < end
        threading.Event().wait(0.005)


def test_as_a_program_it_reads_standard_input_and_ends_within_a_second_of_sigterm(
    tmp_path: Path,
) -> None:
    path = tmp_path / "tty"
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        scanner = opened(path)
        process.stdin.write("Huế\n".encode())
        process.stdin.flush()
        assert scanner.read(5) == Scan("Huế")
        process.send_signal(signal.SIGTERM)
        assert process.wait(1) == 0
        scanner.close()
    wait_for(lambda: not path.is_symlink())
