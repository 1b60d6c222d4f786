"""`centerfloor config check`: all mistakes in one letter and exit status 2."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

Run = Callable[..., "CompletedProcess[str]"]


@pytest.mark.slow
def test_a_right_file_is_told_what_it_describes(run_here: Run, demo_file: Path) -> None:
    done = run_here("config", "check", demo_file)
    assert done.returncode == 0
    assert "6 quầy" in done.stdout


@pytest.mark.slow
def test_a_wrong_file_gets_one_letter_naming_all_its_mistakes(
    run: Run, demo_file: Path, tmp_path: Path
) -> None:
    wrong = tmp_path / "centre.toml"
    text = demo_file.read_text("utf-8")
    text = text.replace('agency = "justice"', 'agency = "justise"', 1)
    text = text.replace("recall_limit = 3", "recal_limit = 3")
    wrong.write_text(text, "utf-8")
    done = run("config", "check", wrong)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    for said in (str(wrong), "justise", "justice", "recal_limit", "recall_limit"):
        assert said in done.stderr


def test_a_missing_file_is_named(run_here: Run, tmp_path: Path) -> None:
    done = run_here("config", "check", tmp_path / "nowhere.toml")
    assert done.returncode == 2
    assert "nowhere.toml" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_catalogue_that_is_not_there_is_named(
    run_here: Run, demo_file: Path, tmp_path: Path
) -> None:
    file = tmp_path / "centre.toml"
    text = demo_file.read_text("utf-8")
    file.write_text(text + '\n[catalogue]\nfiles = ["/nowhere/procedures.json"]\n', "utf-8")
    done = run_here("config", "check", "--language", "en", file)
    assert done.returncode == 0
    assert "procedures.json: The file cannot be read" in done.stdout


@pytest.mark.slow
def test_the_check_of_a_right_file_loads_no_library_that_it_does_not_need(demo_file: Path) -> None:
    """They cost as much as the rest of the command."""
    script = (
        "import sys; from centerfloor.cli import main\n"
        "try: main(['config', 'check', sys.argv[1]])\n"
        "finally: print('loaded', *sys.modules, file=sys.stderr)"
    )
    command = [sys.executable, "-c", script, str(demo_file)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0
    loaded = set(done.stderr.split())
    assert "pydantic" in loaded
    unused = {"cryptography", "PIL", "rapidfuzz", "holidays", "sqlite3", "sqlalchemy"}
    assert not unused & loaded


@pytest.mark.slow
def test_the_centres_own_forms_are_tried(run_here: Run, demo_file: Path, tmp_path: Path) -> None:
    file = tmp_path / "centre.toml"
    file.write_text('[forms]\nfolder = "forms"\n\n' + demo_file.read_text("utf-8"), "utf-8")
    (tmp_path / "forms").mkdir()
    (tmp_path / "forms" / "appointment.2025-09-15.typ").write_text("\n#nowhere")
    done = run_here("config", "check", file)
    assert done.returncode == 0
    assert "appointment.2025-09-15.typ (dòng 2)" in done.stdout
