"""How the signs are kept at what their counters say."""

from collections.abc import Callable
from concurrent.futures import Future
from datetime import datetime
from zoneinfo import ZoneInfo

from drivers.protocols import CounterSign, DeviceStatus, Health, SignState
from hub.messages import CounterView
from plumbing.sentences import load_sentences
from queue_display.signs.line import REFRESH_SECONDS, Signs

NOW = datetime(2026, 11, 20, 9, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


class Paper:
    """A sign and its worker in one: keeps what it was told; `hung` holds it back."""

    def __init__(self) -> None:
        self.shown: list[SignState] = []
        self.hung = False
        self._held: list[tuple[Callable[[CounterSign], None], Future[None]]] = []

    def show(self, state: SignState) -> None:
        self.shown.append(state)

    def status(self) -> DeviceStatus:
        return DeviceStatus(Health.UNKNOWN)

    def close(self) -> None:
        """Nothing is held."""

    def submit(self, call: Callable[[CounterSign], None]) -> "Future[None]":
        future: Future[None] = Future()
        self._held.append((call, future))
        if not self.hung:
            self.release()
        return future

    def release(self) -> None:
        for call, future in self._held:
            call(self)
            future.set_result(None)
        self._held.clear()


def paused_or_open(state: str) -> dict[str, CounterView]:
    view = CounterView.model_validate(
        {
            "id": "c1", "state": state, "officer": None, "pause_reason": "",
            "number": None, "ticket": None, "ticket_state": None,
        }
    )  # fmt: skip
    return {"c1": view}


def a_sign() -> tuple[Paper, Signs]:
    paper = Paper()
    return paper, Signs({"c1": paper}, {"c1": 1}, load_sentences("queue_display", "vi"))


def test_a_state_is_sent_at_once_and_again_only_after_a_while() -> None:
    paper, signs = a_sign()

    for moment in (0.0, 1.0, REFRESH_SECONDS - 0.1, REFRESH_SECONDS, REFRESH_SECONDS + 1):
        signs.show(paused_or_open("open"), {}, NOW, moment)

    assert paper.shown == [SignState("QUAY 1")] * 2


def test_a_change_is_sent_at_once() -> None:
    paper, signs = a_sign()

    signs.show(paused_or_open("open"), {}, NOW, 0.0)
    signs.show(paused_or_open("paused"), {}, NOW, 0.1)

    assert paper.shown == [SignState("QUAY 1"), SignState("NGHI")]


def test_after_a_reconnection_the_same_state_is_sent_again() -> None:
    paper, signs = a_sign()

    signs.show(paused_or_open("open"), {}, NOW, 0.0)
    signs.repeat()
    signs.show(paused_or_open("open"), {}, NOW, 0.1)

    assert paper.shown == [SignState("QUAY 1")] * 2


def test_a_sign_that_hangs_gets_only_the_newest_state_afterwards() -> None:
    paper, signs = a_sign()
    paper.hung = True
    for moment, state in enumerate(("open", "paused", "open", "closed")):
        signs.show(paused_or_open(state), {}, NOW, float(moment))

    paper.hung = False
    paper.release()
    signs.show(paused_or_open("closed"), {}, NOW, 9.0)

    assert paper.shown == [SignState("QUAY 1"), SignState("----")]
