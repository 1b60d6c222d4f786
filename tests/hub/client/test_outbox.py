"""The outbox keeps what has no answer yet, over the death of its program."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from hub.client.outbox import Outbox
from service_floor.queue.commands import CallNext, IssueTicket


def test_requests_come_back_in_order_after_a_restart(tmp_path: Path) -> None:
    outbox = Outbox(tmp_path / "state" / "outbox.db")
    outbox.keep("req-1", IssueTicket(("land",)))
    outbox.keep("req-2", CallNext("c1"))
    outbox.close()
    again = Outbox(tmp_path / "state" / "outbox.db")
    assert list(again.pending()) == [("req-1", IssueTicket(("land",))), ("req-2", CallNext("c1"))]
    again.close()


def test_an_answered_request_is_gone(tmp_path: Path) -> None:
    outbox = Outbox(tmp_path / "outbox.db")
    outbox.keep("req-1", CallNext("c1"))
    outbox.settle("req-1")
    assert list(outbox.pending()) == []
    assert outbox.find("req-1") is None
    outbox.close()


def test_a_request_of_an_unknown_shape_is_dropped_and_the_others_stay(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    outbox = Outbox(tmp_path / "outbox.db")
    outbox.keep("req-1", CallNext("c1"))
    outbox.keep("req-2", CallNext("c2"))
    outbox.close()
    db = sqlite3.connect(tmp_path / "outbox.db")
    db.execute("UPDATE outbox SET body = ? WHERE req = ?", (b'{"kind":"dance"}', "req-1"))
    db.commit()
    db.close()
    again = Outbox(tmp_path / "outbox.db")
    assert list(again.pending()) == [("req-2", CallNext("c2"))]
    again.close()
    assert "request req-1 is of a kind that this version does not know" in caplog.text


def scribbled(file: Path) -> None:
    file.write_bytes(b"\x17" * 5_000)


def torn(file: Path) -> None:
    """The second half of the file never reached the disk."""
    outbox = Outbox(file)
    for n in range(200):
        outbox.keep(f"req-{n}", CallNext("c" * 100))
    outbox.close()
    content = bytearray(file.read_bytes())
    content[4096:] = bytes(len(content) - 4096)
    file.write_bytes(content)


@pytest.mark.parametrize("damage", [scribbled, torn])
def test_a_damaged_file_is_set_aside_and_the_program_goes_on(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, damage: Callable[[Path], None]
) -> None:
    file = tmp_path / "k1.outbox"
    damage(file)
    outbox = Outbox(file)
    outbox.keep("req-1", CallNext("c1"))
    assert list(outbox.pending()) == [("req-1", CallNext("c1"))]
    outbox.close()
    assert (tmp_path / "k1.outbox.broken").is_file()
    assert "k1.outbox cannot be read" in caplog.text


def test_on_a_failing_disk_only_keeping_is_refused(tmp_path: Path) -> None:
    outbox = Outbox(tmp_path / "outbox.db")
    outbox.keep("req-1", CallNext("c1"))
    outbox._db.execute("PRAGMA query_only=ON")
    outbox.settle("req-1")
    with pytest.raises(sqlite3.Error):
        outbox.keep("req-2", CallNext("c2"))
    assert list(outbox.pending()) == [("req-1", CallNext("c1"))]
    outbox._db.execute("PRAGMA query_only=OFF")
    outbox._db.execute("DROP TABLE outbox")
    assert (outbox.find("req-1"), list(outbox.pending())) == (None, [])
    outbox.close()
