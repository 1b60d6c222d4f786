"""Child process of the demonstration: its lines are read in a thread; it is ended by SIGTERM, then SIGKILL."""

import json
import os
import queue
import signal
import subprocess
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO

from centerfloor.parent_death import command as child_command

READY_SECONDS = 40.0
ANSWER_SECONDS = 40.0
END_SECONDS = 8.0


class DemoError(Exception):
    """The demonstration cannot go on.

    Example scenarios: a process ended early; a screen did not show what was expected before the timeout.
    """


class ChildProcess:
    """One program: its lines of stdout are queued and can be waited for, its stderr goes to a log file."""

    def __init__(
        self, name: str, command: Sequence[str], log: Path, env: Mapping[str, str]
    ) -> None:
        self.name = name
        self.log = log
        self._lines: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        with log.open("ab") as errors:
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
                encoding="utf-8",
                env=os.environ | dict(env),
                # A Ctrl-C in the terminal is for the demonstration, which terminates its programs in order.
                start_new_session=True,
            )
        self._reader = threading.Thread(target=self._read, name=f"demo-{name}", daemon=True)
        self._reader.start()

    def line(self, beginning: str) -> str:
        """The rest of the next line with this beginning. Raises DemoError at the timeout, or if the process has
        ended."""
        while True:
            try:
                line = self._lines.get(timeout=READY_SECONDS)
            except queue.Empty:
                raise DemoError(f"{self.name} is silent; see {self.log.name}") from None
            if line is None:
                raise DemoError(f"{self.name} ended early; see {self.log.name}")
            if line.startswith(beginning):
                return line.removeprefix(beginning).strip()

    def say(self, text: str) -> None:
        """Write a line to the process."""
        _stdin(self._process).write(text + "\n")
        _stdin(self._process).flush()

    def ask_to_end(self) -> None:
        """Send SIGTERM."""
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)

    def end(self) -> None:
        """SIGTERM, and SIGKILL after a timeout."""
        self.ask_to_end()
        if self._process.poll() is None:
            try:
                self._process.wait(END_SECONDS)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        self._reader.join(END_SECONDS)
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                stream.close()

    @property
    def alive(self) -> bool:
        """Whether it still runs."""
        return self._process.poll() is None

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._lines.put(line.rstrip("\n"))
        self._lines.put(None)


def _stdin(process: "subprocess.Popen[str]") -> IO[str]:
    assert process.stdin is not None
    return process.stdin


class AutomatedProcess(ChildProcess):
    """A program with GUI automation, for one request at a time (a lock)."""

    def __init__(
        self, name: str, command: Sequence[str], log: Path, env: Mapping[str, str]
    ) -> None:
        super().__init__(name, command, log, env)
        self._turn = threading.Lock()

    def do(self, what: str, **request: object) -> str:
        """Carry out one request as soon as the program allows it; returns its value."""
        with self._turn:
            self.say(json.dumps({"do": what, **request}))
            answer = json.loads("{" + self.line("{"))
        if not answer["done"]:
            raise DemoError(f"{self.name}: could not {what} {request}")
        return str(answer["value"])

    def press(self, *names: str) -> None:
        """Press one item after another."""
        for name in names:
            self.do("press", name=name)

    def type(self, name: str, text: str) -> None:
        """Type into a visible field."""
        self.do("type", name=name, text=text)

    def see(self, *names: str) -> str:
        """Wait until one of these is visible; returns its name."""
        return self.do("see", names=list(names))

    def read(self, name: str) -> str:
        """The text of a visible item."""
        return self.do("read", name=name)

    def picture(self, path: Path) -> None:
        """Save what it shows."""
        self.do("picture", path=str(path))


def python(module: str, *arguments: str) -> list[str]:
    """The command line of one of our modules, with the parent death signal: it always ends when the demonstration
    does."""
    return child_command(module, *arguments)
