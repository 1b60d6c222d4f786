"""CUPS' commands as programs: the server they ask, their timeout, and what is missing or cannot be started."""

from pathlib import Path

import pytest

from drivers.errors import DeviceError, DeviceReason
from drivers.transports import cups_commands
from drivers.transports.cups_commands import CupsCommands, complaint, printed


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with programs of CUPS' names that print what they were asked."""
    for name in ("lp", "lpstat", "cancel"):
        program = tmp_path / name
        program.write_text('#!/bin/sh\necho "$LC_ALL: $*"; cat; echo no >&2; exit 3\n')
        program.chmod(0o755)
    monkeypatch.setattr(cups_commands, "_PATH", f"{tmp_path}:/usr/bin:/bin")
    return tmp_path


@pytest.mark.parametrize(("host", "asked"), [("", "C: -a q\n"), ("office:631", "C: -h office:631 -a q\n")])  # fmt: skip
def test_the_server_is_named_before_everything_else(programs, host, asked) -> None:
    done = CupsCommands(host, "p").run("lpstat", "-a", "q", data=b"bytes")
    assert done is not None
    assert (printed(done), complaint(done), done.returncode) == (f"{asked}bytes", "no", 3)


def test_a_command_that_does_not_answer_is_given_up(programs) -> None:
    (programs / "lpstat").write_text("#!/bin/sh\nexec sleep 20\n")
    assert CupsCommands("", "p").run("lpstat", seconds=0.0) is None


def test_without_the_package_nothing_opens(monkeypatch, tmp_path) -> None:
    monkeypatch.setattr(cups_commands, "_PATH", str(tmp_path))
    with pytest.raises(DeviceError) as caught:
        CupsCommands("", "p")
    assert (caught.value.reason, caught.value.detail) == (DeviceReason.LIBRARY_MISSING, "cups-client")  # fmt: skip


def test_a_command_that_cannot_be_started_is_a_fault(programs) -> None:
    commands = CupsCommands("", "p")
    (programs / "cancel").write_text("#!/nowhere/sh\n")
    with pytest.raises(DeviceError) as caught:
        commands.run("cancel", "q-1")
    assert caught.value.reason is DeviceReason.FAULT
