"""One scan at a time between two threads, and nobody waits for a screen that is gone."""

import threading
from queue import SimpleQueue

from drivers.protocols import Scan
from drivers.scanners.handover import Handover


def test_the_next_scan_waits_until_the_screen_has_handled_the_last() -> None:
    shown: SimpleQueue[Scan | None] = SimpleQueue()
    handover = Handover(shown.put, patience=20)
    scans = [Scan("first"), Scan("second")]
    thread = threading.Thread(target=lambda: [handover.deliver(scan) for scan in scans])
    thread.start()
    assert shown.get(timeout=5) == Scan("first")
    assert shown.empty()
    handover.handled()
    assert shown.get(timeout=5) == Scan("second")
    handover.handled()
    thread.join(5)
    assert not thread.is_alive()


def test_a_damaged_code_is_handed_over_as_none() -> None:
    shown: list[Scan | None] = []
    Handover(shown.append, patience=0.01).garbled()
    assert shown == [None]


def test_a_screen_that_hangs_or_ends_holds_nobody_up() -> None:
    shown: list[Scan | None] = []
    Handover(shown.append, patience=0.01).deliver(Scan("unhandled"))
    assert shown == [Scan("unhandled")]
    ended = Handover(shown.append, patience=60)
    thread = threading.Thread(target=ended.deliver, args=(Scan("last"),))
    thread.start()
    ended.end()
    thread.join(5)
    assert not thread.is_alive()
    ended.deliver(Scan("after the end"))
    assert Scan("after the end") not in shown
