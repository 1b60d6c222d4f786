"""Retry with back-off for the connection to the hub, and whether the hub takes the device's token at all."""

import logging
from typing import Final

from websockets.exceptions import ConnectionClosed

from hub.client.enrolment import GENTLE_PAUSE
from hub.messages import CloseCode
from plumbing.backoff import Backoff, jittered

log = logging.getLogger("hub.client")

PAUSES: Final = (0.2, 0.4, 0.8, 1.6, 3.2, 5.0)
"""Seconds before each retry; the last pause repeats."""


class Reconnection:
    """How the last connection of one device ended, and the pause in seconds before the next. `shut_out`: its token is missing or refused."""

    def __init__(self, has_token: bool) -> None:
        self.shut_out = not has_token
        self._backoff = Backoff(PAUSES)
        self._least_pause = 0.0
        self._is_logged = False

    def begin(self) -> None:
        """Connect now: what the last end meant is over."""
        self.shut_out, self._least_pause = False, 0.0

    def accepted(self) -> None:
        """The hub took the token: the next pause is the shortest."""
        self._is_logged = False
        self._backoff.reset()

    def enrolled(self) -> None:
        """The enrolment has ended, with a new token or without: the next pause is the shortest."""
        self._backoff.reset()

    def closed(self, closed: ConnectionClosed, device: str) -> None:
        """The hub ended the connection; a wrong token is logged once until the hub accepts one."""
        code = closed.rcvd.code if closed.rcvd else None
        if code in {CloseCode.WRONG_TOKEN, CloseCode.REPLACED}:
            self._least_pause = GENTLE_PAUSE / 0.7
        self.shut_out = code == CloseCode.WRONG_TOKEN
        if self.shut_out:
            self._log_once("the hub does not know device %s or its token", device)

    def distrusted(self, url: str, problem: Exception) -> None:
        """The hub could not prove what it is; logged once until it can."""
        self._log_once("the hub at %s is not believed: %s", url, problem)

    def next_pause(self) -> float:
        """Seconds before the next attempt, each time longer and rarely the same for two devices."""
        return jittered(max(self._backoff.next_pause(), self._least_pause))

    def _log_once(self, message: str, *values: object) -> None:
        if not self._is_logged:
            self._is_logged = True
            log.error(message, *values)
