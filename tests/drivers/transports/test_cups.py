"""The queue of a CUPS server; its two commands are stood in for where no CUPS is, with the same arguments and answers."""

import stat
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from config.model.devices import CupsQueue, EscposPrinter
from drivers import registry
from drivers.errors import DeviceError, DeviceReason
from drivers.protocols import Confidence, Health, PrintOutcome
from drivers.slip import Slip, Text
from drivers.transports import cups
from drivers.transports.cups import CupsTransport

LPSTAT = 'case "$*" in *"-a ticket"*) echo "ticket accepting requests";; *"-a shut"*) echo "shut not accepting requests";; *) echo "lpstat: Invalid destination name" >&2; exit 1;; esac'
LP = 'echo "$*" >>"$0.args"; cat >>"$0.jobs"'


@pytest.fixture
def commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    """Put `lp` and `lpstat` of one line each in front of the others; the file of the jobs."""

    def put(lp: str = LP, lpstat: str = LPSTAT) -> Path:
        for name, line in (("lp", lp), ("lpstat", lpstat)):
            path = tmp_path / name
            path.write_text(f"#!/bin/sh\n{line}\n")
            path.chmod(path.stat().st_mode | stat.S_IXUSR)
        monkeypatch.setattr(cups, "_PATH", f"{tmp_path}:/usr/bin:/bin")
        return tmp_path / "lp.jobs"

    return put


def test_each_write_is_a_raw_job_and_nothing_comes_back(commands: Callable[..., Path]) -> None:
    jobs = commands()
    wire = CupsTransport("ticket", "print.local:631", device="kiosk-1")
    assert [wire.write(b"\x1b@one\n", 5), wire.write(b"two\n", 5)] == [6, 4]
    assert jobs.read_bytes() == b"\x1b@one\ntwo\n"
    order = (jobs.parent / "lp.args").read_text().splitlines()[0]
    assert order == "-h print.local:631 -d ticket -o raw -s -t kiosk-1"
    started = time.monotonic()
    assert wire.read(10, 0.05) == b""
    assert time.monotonic() - started >= 0.04
    wire.close()
    with pytest.raises(DeviceError):
        wire.write(b"x", 1)


@pytest.mark.parametrize("queue", ["shut", "elsewhere"])
def test_a_queue_that_takes_no_jobs_is_not_found(commands: Callable[..., Path], queue: str) -> None:
    commands()
    with pytest.raises(DeviceError) as refused:
        CupsTransport(queue, "", device="p")
    assert refused.value.reason is DeviceReason.NOT_FOUND
    assert queue in refused.value.detail


def test_a_job_that_is_refused_has_not_left(commands: Callable[..., Path]) -> None:
    commands(lp='echo "lp: The printer is gone" >&2; exit 1')
    wire = CupsTransport("ticket", "", device="p")
    with pytest.raises(DeviceError) as refused:
        wire.write(b"x", 5)
    assert refused.value.reason is DeviceReason.DISCONNECTED
    assert "gone" in refused.value.detail


def test_a_server_that_hangs_holds_up_no_longer_than_the_deadline(
    commands: Callable[..., Path],
) -> None:
    commands(lp="exec sleep 30")
    wire = CupsTransport("ticket", "", device="p")
    started = time.monotonic()
    assert wire.write(b"abc", 0.2) == 1
    assert time.monotonic() - started < 5


def test_without_the_commands_the_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cups, "_PATH", "/nowhere")
    with pytest.raises(DeviceError) as missing:
        CupsTransport("ticket", "", device="p")
    assert (missing.value.reason, missing.value.detail) == (
        DeviceReason.LIBRARY_MISSING,
        "cups-client",
    )


def test_a_printer_behind_a_queue_prints_and_no_more_is_claimed(
    commands: Callable[..., Path],
) -> None:
    jobs = commands()
    settings = EscposPrinter(
        kind="escpos", port=CupsQueue(wire="cups", queue="ticket"), text="tcvn3"
    )
    printer = registry.open_printer(settings, "p")
    status = printer.status()
    assert (status.health, status.reasons) == (Health.WARNING, ("one_way",))
    result = printer.print(Slip("A1", (Text("Hello"),)))
    assert (result.outcome, result.confidence) == (PrintOutcome.UNKNOWN, Confidence.TRANSPORT)
    assert b"Hello" in jobs.read_bytes()
    assert jobs.read_bytes().endswith(b"\x1dV\x01")
    printer.close()
