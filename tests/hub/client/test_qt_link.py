"""The bridge to Qt: everything arrives in the GUI thread, and stopping leaves no thread."""

import asyncio
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from hub.client.address import HubAddress
from hub.client.qt_link import QtLink
from hub.client.requests import Policy
from hub.messages import Answer, AskTicket, Topic
from service_floor.queue.commands import IssueTicket


@pytest.fixture
def floor(start_hub: Any) -> Iterator[str]:
    """A hub in a thread of its own, as the GUI thread belongs to Qt."""
    over, up, urls = asyncio.Event(), threading.Event(), []
    loop = asyncio.new_event_loop()

    async def run_until_closed() -> None:
        async with start_hub() as hub:
            urls.append(hub.floor)
            up.set()
            await over.wait()

    def run() -> None:
        with asyncio.Runner(loop_factory=lambda: loop) as runner:
            runner.run(run_until_closed())

    thread = threading.Thread(target=run)
    thread.start()
    assert up.wait(20)
    yield urls[0]
    loop.call_soon_threadsafe(over.set)
    thread.join(20)


def test_a_press_is_answered_in_the_gui_thread(floor: str, qtbot: QtBot, tmp_path: Path) -> None:
    address = HubAddress(floor, "k1", "k1-0123456789abcdef")
    link = QtLink(address, (Topic.TICKETS,), tmp_path / "outbox")
    heard: dict[str, Any] = {}
    threads: set[int] = set()

    def answered(answer: Answer) -> None:
        heard[answer.req] = answer
        threads.add(threading.get_ident())

    link.changed.connect(lambda _: threads.add(threading.get_ident()))
    with qtbot.waitSignal(link.connected, timeout=10_000):
        link.start()
    req = link.send(IssueTicket(("certify",)), Policy.DURABLE, answered)
    qtbot.waitUntil(lambda: req in heard, timeout=10_000)
    assert heard[req].ok
    qtbot.waitUntil(lambda: len(link.mirror.tickets) == 1, timeout=10_000)
    question = link.send(
        AskTicket(code=heard[req].result["ticket"]["number"]), Policy.REPEAT, answered
    )
    qtbot.waitUntil(lambda: question in heard, timeout=10_000)
    assert threads == {threading.get_ident()}
    link.stop()
    link.stop()


def test_stopping_right_after_starting_ends_the_thread(qtbot: QtBot, tmp_path: Path) -> None:
    address = HubAddress("ws://127.0.0.1:1", "k1", "k1-0123456789abcdef")
    link = QtLink(address, (), tmp_path / "outbox")
    link.start()
    link.stop()
    assert "hub-line" not in {thread.name for thread in threading.enumerate()}


def test_a_link_that_was_not_started_says_so(qtbot: QtBot, tmp_path: Path) -> None:
    link = QtLink(HubAddress("ws://127.0.0.1:1", "k1", "t" * 16), (), tmp_path / "outbox")
    with pytest.raises(RuntimeError, match="not been started"):
        link.send(IssueTicket(("certify",)), Policy.DURABLE)
