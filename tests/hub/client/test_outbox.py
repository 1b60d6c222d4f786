"""The outbox keeps what has no answer yet, over the death of its program."""

import sqlite3
from pathlib import Path

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


def test_a_request_of_an_unknown_shape_is_dropped_and_the_others_stay(tmp_path: Path) -> None:
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
