"""Back channel of a printer, read by one thread: answers to status queries with a timeout, late proofs, and noise, logged once."""

import logging
import time
from collections.abc import Iterator, Sequence

from drivers.escpos import commands
from drivers.escpos.status import (
    Demultiplexer,
    Event,
    Noise,
    ProcessId,
    QueuedStatus,
    RealTimeStatus,
    is_fence,
)
from drivers.protocols import Transport

_ANSWER_SECONDS = 0.5
_REST_SECONDS = 0.02
_QUIET_SECONDS = 0.5
_PIECE = 256
_MAX_STALE_READS = 64
_MOST_AWAITED = 32


class BackChannel:
    """Reads the wire of one printer; `fences_out` counts the answers to GS r still to come. Used by one thread.

    `fences_lost` counts those that never came, `can_prove` is whether any proof ever came, and `latest_proved` the last job
    that was proved late.
    """

    def __init__(self, transport: Transport, log: logging.Logger) -> None:
        self._transport = transport
        self._log = log
        self._incoming = Demultiplexer()
        self._awaited: dict[bytes, tuple[str, tuple[bytes, ...]]] = {}
        self._asks_singly = False
        self._proved: list[str] = []
        self._talks_rubbish = False
        self.fences_out = self.fences_lost = 0
        self.can_prove = False
        self.latest_proved = ""

    def ask(self, kinds: Sequence[int]) -> dict[int, int]:
        """Query DLE EOT of these kinds in one write: the answers come in their order, without the kind that they answer.

        If an answer is missing it is not known which, so all are discarded, and from then on the queries go out one by
        one. There a timeout ends them, because a late answer would be taken for that to the next query.
        """
        if not self._asks_singly:
            found = self._answers(kinds)
            self._asks_singly = 0 < len(found) < len(kinds)
            return dict(zip(kinds, found, strict=True)) if len(found) == len(kinds) else {}
        answers: dict[int, int] = {}
        for kind in kinds:
            if not (found := self._answers((kind,))):
                break
            answers[kind] = found[0]
        return answers

    def _answers(self, kinds: Sequence[int]) -> list[int]:
        """The status bytes that answer these queries before the timeout."""
        self.catch_up()
        questions = b"".join(map(commands.request_status, kinds))
        if self._transport.write(questions, _ANSWER_SECONDS) < len(questions):
            return []
        found: list[int] = []
        is_rubbish = False
        for event in self.listen(_ANSWER_SECONDS):
            if isinstance(event, RealTimeStatus):
                found.append(event.byte)
                if len(found) == len(kinds):
                    break
            is_rubbish |= isinstance(event, Noise)
        self._tell_of_rubbish(is_rubbish, bool(found))
        return found

    def _tell_of_rubbish(self, is_rubbish: bool, is_answered: bool) -> None:
        if is_answered:
            self._talks_rubbish = False
        elif is_rubbish and not self._talks_rubbish:
            self._talks_rubbish = True
            self._log.warning("answers mean nothing: the printer is unknown until they do")

    def is_worked_off(self, patience: float) -> bool:
        """Whether no answer to the fence of an earlier slip is still to come: it would be taken for this one's."""
        if not self.fences_out:
            return True
        if not self._transport.write(commands.TRANSMIT_PAPER_STATUS, patience):
            return False
        self.fences_out += 1
        if not any(is_fence(event) for event in self.listen(patience)):
            return False
        # The one or two further answers follow immediately; those lost with the power never come.
        for _event in self.listen(_QUIET_SECONDS):
            if not self.fences_out:
                break
        self.fences_lost += self.fences_out
        self.fences_out = 0
        return True

    def catch_up(self) -> None:
        """Read what is buffered. Half a message whose rest never comes would swallow the next answer, so the parser is reset."""
        for _ in range(_MAX_STALE_READS):
            if self.hear(_REST_SECONDS if self._incoming.is_midway else 0.0) is None:
                break
        self._incoming = Demultiplexer()

    def listen(self, seconds: float) -> Iterator[Event]:
        """Iterator over the events of the next `seconds`, as they arrive."""
        end = time.monotonic() + seconds
        while (events := self.hear(end - time.monotonic())) is not None:
            yield from events

    def hear(self, seconds: float) -> list[Event] | None:
        """Return the events that the next bytes complete; None after a timeout of `seconds`."""
        data = self._transport.read(_PIECE, max(0.0, seconds))
        return self._heard(data) if data else None

    def await_later(self, names: tuple[bytes, ...], job: str) -> None:
        """Remember a job without proof; its names may come back, in this order, when the printer goes on."""
        if not names:
            return
        self._awaited[names[0]] = job, names[1:]
        while len(self._awaited) > _MOST_AWAITED:
            del self._awaited[next(iter(self._awaited))]

    def forget_awaited(self) -> None:
        """Forget the jobs without proof: the printer has lost its buffer."""
        self._awaited.clear()

    def take_proved(self) -> tuple[str, ...]:
        """Take the jobs whose identity has come back late."""
        proved, self._proved = tuple(self._proved), []
        return proved

    def _heard(self, data: bytes) -> list[Event]:
        events = self._incoming.feed(data)
        for event in events:
            self.can_prove |= isinstance(event, ProcessId) or is_fence(event)
            match event:
                case ProcessId(identity) if identity in self._awaited:
                    job, rest = self._awaited.pop(identity)
                    if rest:
                        self._awaited[rest[0]] = job, rest[1:]
                    else:
                        self._proved.append(job)
                        self.latest_proved = job
                case QueuedStatus() if is_fence(event):
                    self.fences_out = max(0, self.fences_out - 1)
        return events
