"""What holds for every test: a screenless Qt, bounded examples, and nets for what a test leaves running."""

import gc
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, is_hypothesis_test, settings

gc.disable()  # until all is collected

# Qt reads these when its application object is made.
os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["QT_QUICK_BACKEND"] = "software"

# A thousand small databases do not wait for a disk where memory stands in for one, as /tmp does on many systems.
_MEMORY = Path("/dev/shm")
_ROOM_BYTES = 2 * 1024**3
if os.access(_MEMORY, os.W_OK) and shutil.disk_usage(_MEMORY).free >= _ROOM_BYTES:
    for name in ("TMPDIR", "PYTEST_DEBUG_TEMPROOT"):
        os.environ.setdefault(name, str(_MEMORY))
    tempfile.tempdir = None  # pytest has asked already, and Python keeps the first answer.

# Budgets of the properties (`--hypothesis-profile`; a test that asks for fewer asks for a share of the default).
# A loaded machine is slow, which is not a failure; the build server sees the same examples on every run.
settings.register_profile(
    "suite",
    deadline=None,
    max_examples=40,
    stateful_step_count=25,
    suppress_health_check=[HealthCheck.too_slow],
)
_SUITE = settings.get_profile("suite")
settings.register_profile("fast", _SUITE, max_examples=12, stateful_step_count=20)
settings.register_profile("soak", _SUITE, max_examples=3_000, stateful_step_count=60)
settings.register_profile("build", _SUITE, derandomize=True)
settings.load_profile("build" if os.environ.get("CI") == "true" else "suite")

_GRACE_SECONDS = 3.0
_START_SECONDS = 60.0

# What `./run` asks for to have the tests of whole programs and of pages.
_WHOLE = "browser or floor"

# Tests of these folders, without properties, browsers and whole programs, reach every branch of the perfect files. Only
# they run under coverage, which costs half as much processor time again.
_COVERING = (
    "config", "counter_terminal/desk", "drivers/escpos", "drivers/scanners", "drivers/signs", "drivers/sound",
    "drivers/spool", "hub/client", "hub/floor", "hub/journal", "hub/wire", "kiosk/flow", "service_floor",
)  # fmt: skip
_TESTS = Path(__file__).parent
_COVERING_FOLDERS = tuple(_TESTS / folder for folder in _COVERING)


def _other_shares(share: str) -> frozenset[Path]:
    """The test modules that another run takes where this one has share "2/3". The guards of the architecture read all
    code once for all of them: they stand in one share.
    """
    if not share:
        return frozenset()
    number, count = map(int, share.split("/"))
    guards = sorted(_TESTS.glob("architecture/test_*.py"))
    others = sorted(set(_TESTS.rglob("test_*.py")).difference(guards))
    ours = others[number - 1 :: count]
    return frozenset([*guards, *others]).difference(ours, guards if number == count else ())


_NOT_HERE = _other_shares(os.environ.get("TEST_SHARE", ""))


@pytest.hookimpl(tryfirst=True)  # before pytest selects by marker
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that run under coverage in `./run check`."""
    covering = {path: _is_covering(path) for path in {item.path for item in items}}
    for item in items:
        if not covering[item.path] or is_hypothesis_test(getattr(item, "obj", None)):
            continue
        if not (item.get_closest_marker("browser") or item.get_closest_marker("floor")):
            item.add_marker("covering")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Modules are not read that are of other shares, or hold nothing of what is wanted."""
    if collection_path in _NOT_HERE:
        return True
    if config.option.markexpr == _WHOLE and collection_path.name.startswith("test_"):
        return None if _is_whole(collection_path) else True
    if config.option.markexpr != "covering" or _is_covering(collection_path):
        return None
    leads_there = any(folder.is_relative_to(collection_path) for folder in _COVERING_FOLDERS)
    return None if leads_there else True


def _is_whole(path: Path) -> bool:
    text = path.read_text("utf-8")
    return "mark.browser" in text or "mark.floor" in text


def _is_covering(path: Path) -> bool:
    return any(path.is_relative_to(folder) for folder in _COVERING_FOLDERS)


def pytest_collection_finish() -> None:
    """What collection has made lives until the end: the collector need not look through it again and again."""
    gc.collect()
    gc.freeze()
    gc.enable()


def pytest_itemcollected(item: pytest.Item) -> None:
    """The folder of a test is made before whatever writes into it, and so goes after that has ended."""
    names: list[str] = getattr(item, "fixturenames", [])
    names.sort(key=lambda name: name != "tmp_path")


@pytest.fixture(scope="session")
def chromium_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """One Chromium for all tests of pages: a start takes longer than most of them. Each has a context of its own."""
    program = shutil.which("chromium")
    if program is None:
        pytest.skip("needs the system's chromium")
    profile = tmp_path_factory.mktemp("chromium")
    options = (
        "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--force-color-profile=srgb",
        "--disable-background-networking", "--disable-background-timer-throttling",
        "--disable-backgrounding-occluded-windows", "--disable-renderer-backgrounding",
        "--disable-dev-shm-usage", "--no-first-run", "--remote-debugging-port=0",
    )  # fmt: skip
    with subprocess.Popen(
        [program, *options, f"--user-data-dir={profile}", "about:blank"],
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as running:  # fmt: skip
        # The file stands when the browser listens: its port and the path of its wire.
        place = profile / "DevToolsActivePort"
        deadline = time.monotonic() + _START_SECONDS
        while not (place.exists() and len(told := place.read_text("utf-8").split()) == 2):
            assert running.poll() is None, "Chromium has ended"
            assert time.monotonic() < deadline, "Chromium does not start"
            time.sleep(0.05)
        yield f"ws://127.0.0.1:{told[0]}{told[1]}"
        os.killpg(running.pid, signal.SIGKILL)


@pytest.fixture(autouse=True)
def no_thread_is_left_running() -> Iterator[None]:
    """Fails a test whose threads outlive it. Threads of wider fixtures stand before the test begins."""
    before = set(threading.enumerate())
    yield
    deadline = time.monotonic() + _GRACE_SECONDS
    left = [t for t in threading.enumerate() if t not in before and not _is_foreign(t)]
    for thread in left:
        thread.join(max(0.0, deadline - time.monotonic()))
    alive = sorted(thread.name for thread in left if thread.is_alive())
    if alive:
        pytest.fail(f"The test leaves threads running: {', '.join(alive)}", pytrace=False)


@pytest.fixture(autouse=True)
def no_qt_object_is_left_running(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fails a test that leaves a timer or a thread of Qt running."""
    yield
    if "qapp" not in request.fixturenames or "PySide6.QtCore" not in sys.modules:
        return
    if _running_qt_objects():
        _let_qt_delete()
        running = _running_qt_objects()
        for thing in running:
            if hasattr(thing, "stop"):  # A timer: the next test is not to be blamed for it.
                thing.stop()
        if running:
            names = sorted(f"{type(t).__name__} {t.objectName() or '(no name)'}" for t in running)
            pytest.fail(f"The test leaves Qt running: {', '.join(names)}", pytrace=False)


def _is_foreign(thread: threading.Thread) -> bool:
    """A thread that Python has only met, such as one of Qt's: nobody here can end it."""
    return isinstance(thread, threading._DummyThread)


def _running_qt_objects() -> list[Any]:
    from PySide6.QtCore import QThread, QTimer
    from shiboken6 import Shiboken

    alive = Shiboken.getAllValidWrappers()
    here = QThread.currentThread()
    timers = [t for t in alive if isinstance(t, QTimer) and t.isActive()]
    return [*timers, *(t for t in alive if isinstance(t, QThread) and t != here and t.isRunning())]


def _let_qt_delete() -> None:
    """Qt deletes later what was closed; Python what nobody holds."""
    from PySide6.QtCore import QCoreApplication, QEvent

    gc.collect()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    QCoreApplication.processEvents()
