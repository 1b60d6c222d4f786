"""The queue of a CUPS server; its two commands are stood in for where no CUPS is, with the same arguments and answers."""

import getpass
import stat
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from config.model.devices import CupsQueue, EscposPrinter
from drivers import registry
from drivers.errors import DeviceError, DeviceReason
from drivers.protocols import Confidence, DeviceStatus, Health, PrintOutcome
from drivers.slip import Slip, Text
from drivers.transports import cups, cups_commands
from drivers.transports.cups import CupsTransport

LPSTAT = 'case "$*" in *"-a ticket"*) echo "ticket accepting requests";; *"-a shut"*) echo "shut not accepting requests";; *) echo "lpstat: Invalid destination name" >&2; exit 1;; esac'
CANCEL = 'echo "$*" >>"$0.args"'
LP = 'echo "$*" >>"$0.args"; cat >>"$0.jobs"'


@pytest.fixture
def commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    """Put `lp` and `lpstat` of one line each in front of the others; the file of the jobs."""

    def put(lp: str = LP, lpstat: str = LPSTAT, cancel: str = CANCEL) -> Path:
        for name, line in (("lp", lp), ("lpstat", lpstat), ("cancel", cancel)):
            path = tmp_path / name
            path.write_text(f"#!/bin/sh\n{line}\n")
            path.chmod(path.stat().st_mode | stat.S_IXUSR)
        monkeypatch.setattr(cups_commands, "_PATH", f"{tmp_path}:/usr/bin:/bin")
        return tmp_path / "lp.jobs"

    return put


def test_each_write_is_a_raw_job_and_nothing_comes_back(commands: Callable[..., Path]) -> None:
    jobs = commands()
    wire = CupsTransport("ticket", "print.local:631", device="kiosk-1")
    assert [wire.write(b"\x1b@one\n", 5), wire.write(b"two\n", 5)] == [6, 4]
    assert jobs.read_bytes() == b"\x1b@one\ntwo\n"
    order = (jobs.parent / "lp.args").read_text().splitlines()[0]
    assert order == "-h print.local:631 -d ticket -o raw -t kiosk-1"
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
    monkeypatch.setattr(cups_commands, "_PATH", "/nowhere")
    with pytest.raises(DeviceError) as missing:
        CupsTransport("ticket", "", device="p")
    assert (missing.value.reason, missing.value.detail) == (
        DeviceReason.LIBRARY_MISSING,
        "cups-client",
    )


NUMBERED = 'cat >>"$0.jobs"; echo "request id is ticket-7 (1 file(s))"'
WAITS = "ticket-7 kiosk 1024 Tue Dec  1 19:20:54 2026\n\tAlerts: none"
BEGUN = WAITS.replace("none", "job-printing")
COMPLETED = "ticket-7 kiosk 1024 Tue Dec  1 19:20:54 2026\\n\\tStatus:\\n\\tAlerts: processing-to-stop-point"
CANCELLED = COMPLETED.replace("processing-to-stop-point", "job-canceled-by-user")
NEVER_BEGUN = COMPLETED.replace("\\tStatus:\\n", "")
ABORTED = COMPLETED.replace("processing-to-stop-point", "aborted-by-system")
IDLE = "printer ticket is idle.  enabled since Tue Dec  1 19:20:22 2026"
STOPPED = "printer ticket disabled since Tue Dec  1 19:20:55 2026 -\n\treason unknown"


def answers(folder: Path, queued: str, ended: str, printer: str = IDLE) -> str:
    """An `lpstat` that finds this in its queue until the job is cancelled, and this in its history."""
    return (
        'case "$*" in *-a*) echo "ticket accepting requests";;'
        f" *completed*) printf '{ended}\n';;"
        f" *-o*) [ -e {folder}/cancel.args ] || printf '{queued}\n';;"
        f" *-p*) printf '{printer}\n';; esac"
    )


@pytest.mark.parametrize(
    ("queued", "ended", "sent", "is_cancelled"),
    [
        ("", COMPLETED, 5, False),
        ("", "", 5, False),
        ("", ABORTED, 1, False),
        ("", CANCELLED, 1, False),
        (WAITS, NEVER_BEGUN, 0, True),
        (WAITS, CANCELLED, 1, True),
        (WAITS, "", 1, True),
    ],
)
def test_a_job_is_followed_until_it_has_left_and_cancelled_where_it_does_not(
    commands: Callable[..., Path], tmp_path: Path, queued, ended, sent, is_cancelled
) -> None:
    commands(lp=NUMBERED, lpstat=answers(tmp_path, queued, ended))
    assert CupsTransport("ticket", "", device="p").write(b"hello", 0.3) == sent
    assert (tmp_path / "cancel.args").exists() == is_cancelled


def test_a_job_that_began_and_does_not_end_may_be_on_paper(
    commands: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cups, "_PRINTING_SECONDS", 0.3)
    commands(lp=NUMBERED, lpstat=answers(tmp_path, BEGUN, CANCELLED))
    assert CupsTransport("ticket", "", device="p").write(b"hello", 0.1) == 1
    assert (tmp_path / "cancel.args").read_text() == "ticket-7\n"


def test_nothing_is_given_to_a_stopped_queue_which_would_print_it_later(
    commands: Callable[..., Path], tmp_path: Path
) -> None:
    jobs = commands(lp=NUMBERED, lpstat=answers(tmp_path, "", "", STOPPED))
    wire = CupsTransport("ticket", "", device="p")
    assert wire.status() == DeviceStatus(Health.FAULT, ("offline",))
    with pytest.raises(DeviceError) as refused:
        wire.write(b"hello", 1.0)
    assert refused.value.reason is DeviceReason.OFFLINE
    assert not jobs.exists()


def test_a_server_that_does_not_answer_takes_nothing(
    commands: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cups_commands, "_ASK_SECONDS", 0.3)
    commands(lpstat='case "$*" in *-a*) echo accepting;; *) exec sleep 30;; esac')
    wire = CupsTransport("ticket", "", device="p")
    assert wire.status() == DeviceStatus(Health.FAULT, ("timeout",))


@pytest.mark.parametrize(("minutes", "cancelled"), [(5, "ticket-7\n"), (0, "")])
def test_what_an_earlier_run_left_in_the_queue_does_not_come_out_later(
    commands: Callable[..., Path], tmp_path: Path, minutes: int, cancelled: str
) -> None:
    given = datetime.now() - timedelta(minutes=minutes)
    at = f"Tue {given:%b} {given.day} {given:%H:%M:%S %Y}"
    mine = f"ticket-7 {getpass.getuser()} 1024 {at}\nticket-8 somebody 1024 {at}"
    commands(lpstat=answers(tmp_path, mine, ""))
    CupsTransport("ticket", "", device="p")
    file = tmp_path / "cancel.args"
    assert (file.read_text() if file.exists() else "") == cancelled


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
    assert jobs.read_bytes().endswith(b"\x1dVB\x00")
    printer.close()
