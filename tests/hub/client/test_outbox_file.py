"""The file of an outbox: the version before is migrated, another shape is kept and reported."""

import sqlite3
from pathlib import Path

import pytest

from hub.client.outbox import Outbox
from service_floor.queue.commands import CallNext

UNVERSIONED = (
    "CREATE TABLE outbox (place INTEGER PRIMARY KEY, req TEXT UNIQUE, body BLOB);"
    """INSERT INTO outbox (req, body) VALUES ('req-1', '{"kind":"call_next","counter":"c1"}');"""
)


def test_a_file_of_the_version_before_is_migrated_with_its_requests(tmp_path: Path) -> None:
    file = tmp_path / "k1.outbox"
    db = sqlite3.connect(file)
    db.executescript(UNVERSIONED)
    db.close()
    outbox = Outbox(file)
    assert list(outbox.pending()) == [("req-1", CallNext("c1"))]
    assert outbox.database.execute("PRAGMA user_version").fetchone() == (2,)
    outbox.close()


def test_requests_of_an_outbox_of_another_shape_are_kept_and_reported(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    file = tmp_path / "k1.outbox"
    db = sqlite3.connect(file)
    db.executescript(UNVERSIONED.replace(" UNIQUE", ""))
    db.close()
    outbox = Outbox(file)
    outbox.keep("req-2", CallNext("c2"))
    assert list(outbox.pending()) == [("req-2", CallNext("c2"))]
    outbox.close()
    assert "other columns in outbox" in caplog.text
    assert "kept as k1.outbox.broken with 1 entries" in caplog.text
    with sqlite3.connect(tmp_path / "k1.outbox.broken") as kept:
        assert kept.execute("SELECT req FROM outbox").fetchall() == [("req-1",)]
    kept.close()
