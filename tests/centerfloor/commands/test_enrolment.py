"""`centerfloor enrol` on a device, with a hub on loopback: from the code to the kept token."""

import asyncio
import re
import stat
import sys
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from centerfloor.cli import main
from config.loading import load
from config.planning import floor_plan
from hub.client import TokenFile
from hub.running import HubOptions, serve

CONFIG = Path(__file__).parents[2] / "hub" / "hall.toml"


@pytest.fixture
async def hub(tmp_path):
    installation = load(CONFIG)
    plan = floor_plan(installation, date(2026, 11, 20))
    async with serve(installation, plan, HubOptions(tmp_path / "data")) as hub:
        yield hub


async def enrolling(hub, tmp_path, device):
    port = hub.floor.rpartition(":")[2]
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "centerfloor", "enrol", "--config", str(CONFIG),
        "--set", f"hub.floor_port={port}", "--device", device, "--state", str(tmp_path / "state"),
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize(("as_device", "status"), [("k1", 0), ("k2", 2)])
async def test_a_device_shows_its_code_and_keeps_its_token(
    hub, tmp_path, as_device, status
) -> None:
    program = await enrolling(hub, tmp_path, "k1")
    async with asyncio.timeout(30):
        shown = (await program.stdout.readline()).decode()
        code = re.search(r"[A-Z]{4}-[A-Z]{4}", shown)[0]
        await hub.authentication.approve(code, as_device, "tech")
        told, complained = await program.communicate()
    assert program.returncode == status
    if status == 0:
        token = TokenFile(tmp_path / "state", "k1").read()
        assert token
        assert token not in (told + complained).decode()
        mode = (tmp_path / "state" / "k1.token").stat().st_mode
        assert stat.S_IMODE(mode) == 0o600


def test_a_device_that_nobody_configured_is_named(tmp_path) -> None:
    done = CliRunner().invoke(
        main, ["enrol", "--config", str(CONFIG), "--device", "x", "--state", str(tmp_path)]
    )
    assert done.exit_code == 2
    assert "x" in done.stderr


def test_an_authority_that_is_not_there_is_named(tmp_path) -> None:
    text = CONFIG.read_text("utf-8").replace(
        "[hub]\n", '[hub]\ntls = { certificate = "c", key = "k", authority = "/nowhere/a.pem" }\n'
    )
    (tmp_path / "centre.toml").write_text(text, "utf-8")
    where = ["--config", str(tmp_path / "centre.toml"), "--state", str(tmp_path)]
    done = CliRunner().invoke(main, ["enrol", *where, "--device", "k1"])
    assert done.exit_code == 2
    assert "/nowhere/a.pem" in done.stderr
