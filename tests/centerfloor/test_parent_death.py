"""A program that was started by another ends with it, also where that one could not say goodbye."""

import subprocess
import sys
from pathlib import Path

import psutil
import pytest

pytestmark = pytest.mark.floor

SECONDS = 30
STARTS_A_SIGN = """
import sys, threading
from pathlib import Path
from centerfloor.demo.processes import ChildProcess, python
folder = Path(sys.argv[1])
sign = ChildProcess("sign", python("centerfloor", "simulate", "sign", "--pty", str(folder / "sign"), "--out", str(folder)), folder / "log", {})
sign.line("sign at")
print(sign._process.pid, flush=True)
threading.Event().wait()
"""


def test_a_program_ends_in_order_when_its_starter_is_killed(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", STARTS_A_SIGN, tmp_path], stdout=subprocess.PIPE, text=True
    ) as starter:
        assert starter.stdout is not None
        sign = psutil.Process(int(starter.stdout.readline()))
        assert (tmp_path / "sign").is_symlink()
        starter.kill()
        sign.wait(SECONDS)
    assert not (tmp_path / "sign").is_symlink()


def test_nothing_is_started_for_who_is_gone_already() -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait(SECONDS)
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "centerfloor.parent_death",
            str(gone.pid),
            "centerfloor",
            "--version",
        ],
        capture_output=True,
        check=True,
        timeout=SECONDS,
    )
    assert done.stdout == b""
