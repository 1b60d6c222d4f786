"""A hall small enough to read in one glance, and the two halls that ship."""

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from config.errors import ConfigurationError, Mistake
from config.loading import load
from config.model import Installation

EXAMPLES = Path(__file__).resolve().parents[2] / "config" / "examples"

HALL = """\
agencies = [{ id = "justice", name = "Sở Tư pháp" }]

[centre]
name = "Trung tâm"

[hours]
sessions = [
  { name = "morning", label = "Sáng", start = 07:30:00, end = 11:30:00 },
  { name = "afternoon", label = "Chiều", start = 13:30:00, end = 17:00:00 },
]

[[services]]
id = "civil-status"
name = "Hộ tịch"
agency = "justice"
series = { prefix = "A", last = 499 }

[[services]]
id = "certification"
name = "Chứng thực"
agency = "justice"
series = { prefix = "A", first = 500 }
sessions = ["morning"]

[[counters]]
id = "c1"
number = 1
name = "Quầy 1"
profile = [["civil-status"], ["certification"]]

[[officers]]
id = "an"
name = "Lê Thu An"
counters = ["c1"]

[[kiosks]]
name = "kiosk-1"
token = "a-token-nobody-sees-1"
services = ["civil-status"]
printer = { kind = "escpos", port = { wire = "tcp", host = "10.0.0.5", port = 9100 } }
scanner = { kind = "serial-scanner", port = { wire = "serial", path = "/dev/scanner" } }

[[counter_terminals]]
name = "terminal-1"
token = "a-token-nobody-sees-2"
counter = "c1"

[[boards]]
name = "board-1"
token = "a-token-nobody-sees-3"
counters = ["c1"]

[[agents]]
name = "agent-1"
token = "a-token-nobody-sees-4"
speaker = { kind = "wav-folder", folder = "announcements" }
signs = [
  { kind = "led-sign", counter = "c1", address = 1, port = { wire = "serial", path = "/dev/signs" } },
  { kind = "led-sign", counter = "c1", address = 2, port = { wire = "serial", path = "/dev/signs" } },
]
"""


@pytest.fixture
def hall(tmp_path: Path) -> Path:
    """The file of the small hall, which is right."""
    file = tmp_path / "hall.toml"
    file.write_text(HALL, encoding="utf-8")
    return file


@pytest.fixture
def mistakes(hall: Path) -> Callable[..., list[tuple[str, str]]]:
    """The places and codes of what is wrong after some values of the small hall are replaced."""

    def found(changes: dict[str, Any]) -> list[tuple[str, str]]:
        return [(m.path, str(m.code)) for m in _mistakes(hall, changes)]

    return found


@pytest.fixture
def only_mistake(hall: Path) -> Callable[[dict[str, Any]], Mistake]:
    """The one mistake that these replacements make."""

    def found(changes: dict[str, Any]) -> Mistake:
        (mistake,) = _mistakes(hall, changes)
        return mistake

    return found


@pytest.fixture(params=["centre", "demo"])
def example(request: pytest.FixtureRequest) -> Path:
    return EXAMPLES / f"{request.param}.toml"


@pytest.fixture(scope="session")
def demo_data() -> dict[str, Any]:
    return tomllib.loads((EXAMPLES / "demo.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def centre() -> Installation:
    return load(EXAMPLES / "centre.toml")


def _mistakes(file: Path, changes: dict[str, Any]) -> tuple[Mistake, ...]:
    try:
        load(file, changes)
    except ConfigurationError as error:
        return error.mistakes
    return ()
