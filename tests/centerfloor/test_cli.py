"""Every program explains itself, and a wrong word is answered."""

from collections.abc import Callable
from subprocess import CompletedProcess

import pytest
from click.testing import CliRunner

from centerfloor.cli import main

Run = Callable[..., "CompletedProcess[str]"]

COMMANDS = [
    ("hub",),
    ("kiosk",),
    ("counter",),
    ("agent",),
    ("board",),
    ("simulate", "printer"),
    ("simulate", "scanner"),
    ("simulate", "sign"),
    ("config", "check"),
    ("dossiers", "import"),
    ("catalogue", "import"),
    ("report", "fairness"),
    ("demo",),
    ("gallery",),
    ("licences",),
]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_the_help_of_each_command_says_what_it_is(command: tuple[str, ...]) -> None:
    done = CliRunner().invoke(main, [*command, "--help"], catch_exceptions=False)
    assert done.exit_code == 0
    assert "Usage: " in done.stdout
    assert len(done.stdout.splitlines()) > 5
    assert done.stderr == ""


def test_the_command_explains_itself(run: Run) -> None:
    done = run("--help")
    assert done.returncode == 0
    assert done.stdout.startswith("Usage: ")
    assert "Programs:" in done.stdout
    assert done.stderr == ""


def test_an_unknown_command_is_answered_with_what_there_is(run: Run) -> None:
    done = run("kitchen")
    assert done.returncode == 2
    assert "kitchen" in done.stderr
