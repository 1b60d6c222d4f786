"""How the browser is found and started."""

import os
from pathlib import Path

import pytest

from queue_display.boards import browser as browser_module
from queue_display.boards.browser import (
    BrowserError,
    BrowserReason,
    Frame,
    Screen,
    command_line,
    find_browser,
)

URL = "http://127.0.0.1:1234/board/"


def line_of(screen: Screen) -> list[str]:
    return command_line("/usr/bin/chromium", URL, Path("/tmp/profile"), screen)


def test_a_kiosk_shows_the_page_and_nothing_else() -> None:
    line = line_of(Screen())

    assert line[0] == "/usr/bin/chromium"
    assert {"--kiosk", f"--app={URL}", "--user-data-dir=/tmp/profile", "--noerrdialogs"} <= set(
        line
    )
    assert "--autoplay-policy=no-user-gesture-required" in line
    assert not any(flag.startswith("--headless") for flag in line)


def test_without_a_screen_the_window_has_the_size_that_was_asked_for() -> None:
    line = line_of(Screen(Frame.HEADLESS, width=1280, height=720))

    assert {"--headless=new", "--window-size=1280,720", URL} <= set(line)
    assert "--kiosk" not in line


@pytest.mark.parametrize(("user", "has"), [(0, True), (1000, False)])
def test_only_root_runs_without_the_sandbox(
    user: int, has: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: user)

    assert ("--no-sandbox" in line_of(Screen())) is has


def test_the_first_chromium_on_the_path_is_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("google-chrome", "chromium-browser"):
        file = tmp_path / name
        file.write_text("#!/bin/sh\n")
        file.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))

    assert find_browser() == str(tmp_path / "chromium-browser")


def test_a_machine_without_chromium_is_told_which_names_were_looked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PATH", "")

    with pytest.raises(BrowserError) as refused:
        find_browser()

    assert refused.value.reason is BrowserReason.NOT_INSTALLED
    assert "google-chrome" in refused.value.detail


async def test_a_browser_that_ends_at_once_is_told_with_its_status(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = tmp_path / "chromium"
    broken.write_text("#!/bin/sh\nexit 3\n")
    broken.chmod(0o755)
    monkeypatch.setattr(browser_module, "find_browser", lambda: str(broken))

    with pytest.raises(BrowserError) as refused:
        async with browser_module.Browser(URL):
            pytest.fail("there is no browser")

    assert refused.value.reason is BrowserReason.DID_NOT_START
    assert refused.value.detail == "exit status 3"
