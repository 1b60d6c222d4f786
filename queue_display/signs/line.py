"""Driver loop of the LED signs: each shows its counter's state, on a change at once, and again every few seconds, since signs never answer."""

from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from drivers.protocols import CounterSign, SignState
from hub.messages import CallView, CounterView
from plumbing.sentences import Sentences
from queue_display.signs.showing import called_ago, sign_state

REFRESH_SECONDS = 8.0


class SignLine(Protocol):
    """A sign in its worker thread: `drivers.supervisor.Supervised`."""

    def submit(self, call: Callable[[CounterSign], None]) -> "Future[None]":
        """Have `call` run with the sign."""


@dataclass(slots=True)
class _Sent:
    state: SignState
    at: float
    under_way: "Future[None]"


class Signs:
    """All signs of an agent, by counter. Not locked: used only on the agent's event loop."""

    def __init__(
        self, signs: Mapping[str, SignLine], numbers: Mapping[str, int], sentences: Sentences
    ) -> None:
        self._signs = signs
        self._numbers = numbers
        self._sentences = sentences
        self._sent: dict[str, _Sent] = {}

    def show(
        self,
        counters: Mapping[str, CounterView],
        calls: Mapping[str, CallView],
        now: datetime,
        moment: float,
    ) -> None:
        """Put the counters' states on their signs; `now` is the hub's time, `moment` a monotonic one."""
        for counter, sign in self._signs.items():
            view = counters.get(counter)
            ago = called_ago(view, calls.values(), now)
            state = sign_state(view, self._numbers[counter], self._sentences, called_ago=ago)
            self._put(counter, sign, state, moment)

    def repeat(self) -> None:
        """Send every state once more with the next `show`."""
        self._sent.clear()

    def _put(self, counter: str, sign: SignLine, state: SignState, moment: float) -> None:
        sent = self._sent.get(counter)
        if sent is not None:
            # A sign that hangs gets the newest state when it is free again, not a row of old ones.
            if not sent.under_way.done():
                return
            if sent.state == state and moment - sent.at < REFRESH_SECONDS:
                return
        future = sign.submit(lambda device: device.show(state))
        self._sent[counter] = _Sent(state, moment, future)
