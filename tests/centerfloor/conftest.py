"""The command as people type it: real processes, real signals."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from centerfloor.cli import main
from plumbing.stop_signals import STOP_SIGNALS

# The commands talk as the environment asks for: the tests read English, whoever runs them.
os.environ["LC_ALL"] = "C.UTF-8"

ROOT = Path(__file__).parents[2]
DEMO = ROOT / "config" / "examples" / "demo.toml"
SECONDS = 30


class Started:
    """A program under way."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def line(self, beginning: str) -> str:
        """The rest of the next line of stdout that begins so."""
        assert self._process.stdout is not None
        for line in self._process.stdout:
            if line.startswith(beginning):
                return line.removeprefix(beginning).strip()
        raise AssertionError(f"no line {beginning!r}; ended with {self._process.wait(SECONDS)}")

    def type(self, text: str) -> None:
        """Type a line."""
        assert self._process.stdin is not None
        self._process.stdin.write(text + "\n")
        self._process.stdin.flush()

    def terminate(self) -> int:
        """SIGTERM; the exit status."""
        self._process.send_signal(signal.SIGTERM)
        return self._process.wait(SECONDS)

    def clear_away(self) -> None:
        """Whatever happened, nothing is left."""
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait(SECONDS)
        for stream in (self._process.stdin, self._process.stdout):
            assert stream is not None
            stream.close()


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Started]]:
    """Starts `centerfloor …`; what still runs at the end is cleared away."""
    running: list[Started] = []

    def begin(*arguments: object) -> Started:
        process = subprocess.Popen(
            [sys.executable, "-m", "centerfloor", *map(str, arguments)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
            env=os.environ | {"PYTHONUNBUFFERED": "1"},
        )
        running.append(Started(process))
        return running[-1]

    yield begin
    for program in running:
        program.clear_away()


@pytest.fixture
def run() -> Callable[..., "subprocess.CompletedProcess[str]"]:
    """Runs `centerfloor …` to its end."""

    def finish(*arguments: object) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-m", "centerfloor", *map(str, arguments)],
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=SECONDS,
            check=False,
        )

    return finish


@pytest.fixture
def run_here() -> Iterator[Callable[..., "subprocess.CompletedProcess[str]"]]:
    """Like `run` without a process of its own, which takes most of a second. An unforeseen error fails the test."""
    before = {number: signal.getsignal(number) for number in STOP_SIGNALS}

    def finish(*arguments: object) -> "subprocess.CompletedProcess[str]":
        done = CliRunner().invoke(main, [*map(str, arguments)], catch_exceptions=False)
        return subprocess.CompletedProcess(arguments, done.exit_code, done.stdout, done.stderr)

    yield finish
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.fixture
def demo_file() -> Path:
    """The configuration of the demonstration's hall."""
    return DEMO
