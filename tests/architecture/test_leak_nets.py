import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.floor

TESTS = Path(__file__).resolve().parents[1]

LEAKING = """
import threading
import pytest

@pytest.fixture(scope="module")
def wide():
    over = threading.Event()
    thread = threading.Thread(target=over.wait, name="wide-thread")
    thread.start()
    yield
    over.set()
    thread.join()

def test_leaves_a_thread():
    threading.Thread(target=threading.Event().wait, args=(60,), name="left-thread", daemon=True).start()

def test_leaves_a_timer(qapp):
    from PySide6.QtCore import QTimer
    timer = QTimer(qapp)
    timer.setObjectName("left-timer")
    timer.start(50_000)

def test_is_clean(qapp, wide):
    from PySide6.QtCore import QTimer
    timer = QTimer()
    timer.start(50_000)
    timer.stop()
    thread = threading.Thread(target=lambda: None)
    thread.start()
"""


def test_a_test_that_leaves_a_thread_or_a_timer_fails_and_names_it(tmp_path: Path) -> None:
    nets = (
        (TESTS / "conftest.py").read_text().replace("_GRACE_SECONDS = 3.0", "_GRACE_SECONDS = 0.2")
    )
    (tmp_path / "conftest.py").write_text(nets)
    (tmp_path / "test_leaking.py").write_text(LEAKING)
    options = ["-q", "-p", "no:randomly", "-p", "no:cacheprovider", "-c", "/dev/null"]
    run = subprocess.run(
        [sys.executable, "-m", "pytest", *options, str(tmp_path)],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        timeout=60,
        check=False,
    )
    assert "leaves threads running: left-thread" in run.stdout
    assert "leaves Qt running: QTimer left-timer" in run.stdout
    assert "3 passed, 2 errors" in run.stdout
    assert "ERROR test_leaking.py::test_is_clean" not in run.stdout
