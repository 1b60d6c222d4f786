"""The demonstration as a newcomer types it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = [pytest.mark.floor, pytest.mark.browser]


@pytest.mark.skipif(shutil.which("chromium") is None, reason="no Chromium for the board")
@pytest.mark.timeout(200)
def test_a_small_morning_ends_with_every_count_right(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "centerfloor", "demo", "--headless", "--citizens", "3", "--out", tmp_path],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=180,
        check=False,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert "issued 3 · printed 3" in done.stdout
    assert "lost 0" in done.stdout
    pictures = {path.name for path in tmp_path.glob("*.png")}
    assert {
        "kiosk-0-enrolment.png",
        "board.png",
        "ticket.png",
        "kiosk-4-ticket.png",
        "counter-2-serving.png",
    } <= pictures
