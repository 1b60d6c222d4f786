import queue
import time
from pathlib import Path

from counter_terminal.desk.events import FileRead, FileRefused
from counter_terminal.dropped_files import DroppedFiles
from drivers.scanners.decoding.file_reading import Limits

Told = queue.SimpleQueue[FileRead | FileRefused]


def test_one_file_at_a_time_is_read_and_the_next_after_it(tmp_path: Path) -> None:
    told: Told = queue.SimpleQueue()
    files = DroppedFiles(told.put, Limits(seconds=0.01))
    assert files.read(tmp_path / "slip.png")
    assert not files.read(tmp_path / "slip.png")

    assert told.get(timeout=10) == FileRefused("takes_too_long")
    assert files.read(tmp_path / "slip.png")
    assert told.get(timeout=10) == FileRefused("takes_too_long")


def test_the_end_gives_up_the_file_and_tells_nothing(tmp_path: Path) -> None:
    told: Told = queue.SimpleQueue()
    files = DroppedFiles(told.put)
    files.read(tmp_path / "slip.png")
    before = time.monotonic()
    files.end()

    assert time.monotonic() - before < 1
    assert files._thread is not None
    assert not files._thread.is_alive()
    assert told.empty()
