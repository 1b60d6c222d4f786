"""The programs as they are started on a floor: ready when they say so, ended by SIGTERM, clear about what is wrong."""

import contextlib
import gc
import json
import socket
import sqlite3
import urllib.request
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest
from click.testing import CliRunner

from centerfloor.cli import main

pytestmark = pytest.mark.floor

Run = Callable[..., "CompletedProcess[str]"]
Start = Callable[..., Any]


def test_the_hub_takes_free_ports_prints_them_and_ends_cleanly(
    start: Start, demo_file: Path, tmp_path: Path
) -> None:
    hub = start("hub", "--config", demo_file, "--data", tmp_path / "data", "--port", 0, "--demo")
    pages = hub.line("pages ")
    assert hub.line("floor ").startswith("ws://127.0.0.1:")
    with urllib.request.urlopen(f"{pages}/healthz", timeout=10) as answer:
        assert json.load(answer)["ok"] is True
    assert hub.terminate() == 0


def test_a_port_in_use_is_said_with_what_to_do(run: Run, demo_file: Path, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = run(
            "hub", "--demo", "--config", demo_file, "--data", tmp_path, "--set", f"hub.http_port={port}",
            "--set", "hub.floor_port=0",
        )  # fmt: skip
    assert done.returncode == 2
    assert f"Port {port}" in done.stderr
    assert f"Cổng {port}" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_unknown_device_is_answered_with_the_known_ones(run_here: Run, demo_file: Path) -> None:
    done = run_here("counter", "--config", demo_file, "--device", "terminal-9")
    assert done.returncode == 2
    assert "terminal-9" in done.stderr
    assert "terminal-1, terminal-2" in done.stderr


def test_a_change_to_a_place_that_is_not_there_is_a_mistake_like_any_other(
    run_here: Run, demo_file: Path
) -> None:
    done = run_here(
        "counter", "--config", demo_file, "--device", "terminal-1", "--set", "hub.prot=1"
    )
    assert done.returncode == 2
    assert "hub.prot" in done.stderr


@pytest.mark.parametrize("change", ["hub.floor_port=" + "9" * 5_000, "hub.floor_port", "=1"])
def test_a_change_that_makes_no_sense_is_said(run_here: Run, demo_file: Path, change: str) -> None:
    done = run_here("counter", "--config", demo_file, "--device", "terminal-1", "--set", change)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_a_hub_needs_room_for_its_second_port(run: Run, demo_file: Path, tmp_path: Path) -> None:
    done = run("hub", "--config", demo_file, "--data", tmp_path, "--port", 65_535, "--demo")
    assert done.returncode == 2
    assert "65534" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("program", "device"), [("counter", "terminal-1"), ("agent", "agent-1"), ("kiosk", "kiosk-1")]
)
def test_a_folder_that_cannot_be_written_is_named(
    run: Run, demo_file: Path, tmp_path: Path, program: str, device: str
) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    state = tmp_path / "file" / "state"
    done = run(program, "--config", demo_file, "--device", device, "--state", state)
    assert done.returncode == 2
    assert str(state) in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("program", "file"),
    [
        ("counter", "terminal-1.outbox"),
        ("agent", "agent-1.outbox"),
        ("kiosk", "kiosk-1.outbox"),
        ("kiosk", "kiosk-1.spool"),
    ],
)
def test_a_file_of_a_later_version_is_named_and_left_as_it_is(
    run: Run, demo_file: Path, tmp_path: Path, program: str, file: str
) -> None:
    with contextlib.closing(sqlite3.connect(tmp_path / file)) as later:
        later.execute("PRAGMA user_version = 99")
    device = file.partition(".")[0]
    done = run(
        program, "--config", demo_file, "--device", device, "--state", tmp_path,
        "--set", "hub.floor_port=1",
    )  # fmt: skip
    assert done.returncode == 2
    assert f"{tmp_path / file} was written by a later version" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("program", "device"), [("counter", "terminal-1"), ("agent", "agent-1"), ("kiosk", "kiosk-1")]
)
def test_a_program_runs_without_its_hub_and_ends_by_signal(
    start: Start, demo_file: Path, tmp_path: Path, program: str, device: str
) -> None:
    running = start(
        program, "--config", demo_file, "--device", device, "--state", tmp_path,
        "--set", "hub.floor_port=1", "--set", f"agents[0].speaker.folder={tmp_path}",
    )  # fmt: skip
    running.line(f"{program} {device}")
    assert running.terminate() == 0


def test_a_hub_does_not_start_with_published_tokens(demo_file, tmp_path) -> None:
    words = ["hub", "--config", str(demo_file), "--data", str(tmp_path / "data"), "--port", "0"]
    try:
        done = CliRunner().invoke(main, words)
    finally:
        gc.enable()  # the hub puts off its first collection
    assert done.exit_code == 2
    assert "kiosk-1" in done.stderr
    assert "--demo" in done.stderr
    assert not (tmp_path / "data").exists()
