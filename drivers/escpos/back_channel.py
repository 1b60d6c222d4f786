"""Back channel of a printer, read by one thread: answers to status queries with a timeout, late proofs, and noise, logged once."""

import logging
import time
from collections.abc import Iterator, Sequence

from drivers.escpos import commands
from drivers.escpos.answers.late_proofs import LateProofs
from drivers.escpos.answers.learned import TIMES_UNANSWERED, Ability, Learned
from drivers.escpos.answers.questions import PROMPT_SECONDS, Outstanding, surplus_until
from drivers.escpos.answers.unasked import Unasked
from drivers.escpos.status import (
    AutomaticStatus,
    Demultiplexer,
    Event,
    Noise,
    ProcessId,
    QueuedStatus,
    RealTimeStatus,
    is_fence,
    real_time_answers,
)
from drivers.protocols import Transport

_REST_SECONDS = 0.02
_QUIET_SECONDS = 0.5
_PIECE = 256
_MAX_STALE_READS = 64
_MOST_FENCES = 8
_STOPPED_PATIENCE = 0.3


class BackChannel:
    """Reads the wire of one printer; `fences_out` counts the answers to GS r still to come. Used by one thread.

    `fences_lost` counts those that never came, and `can_prove` is whether any proof came, of whatever was asked.
    """

    def __init__(
        self, transport: Transport, log: logging.Logger, learned: Learned | None = None
    ) -> None:
        self._transport = transport
        self._log = log
        self.learned = learned or Learned()
        self.learned.on_absent = self._note_absent
        self._outstanding = Outstanding()
        self.unasked = Unasked()
        self.late = LateProofs()
        self._incoming = Demultiplexer()
        self._asks_singly = False
        self._talks_rubbish = False
        self.fences_out = self.fences_lost = 0
        self.can_prove = False

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
        """The status bytes that answer these queries before the timeout, and not earlier ones that were late."""
        self.catch_up()
        questions = b"".join(map(commands.request_status, kinds))
        asked_at, patience = time.monotonic(), self._outstanding.patience
        if self.unasked.trouble is not None and patience == PROMPT_SECONDS:
            # What it reported stands; with a full buffer it answers nothing until somebody has helped it.
            patience = _STOPPED_PATIENCE
        if self._transport.write(questions, patience) < len(questions):
            return []
        oldest = self._outstanding.asked(asked_at, len(kinds))
        found = self._collected(kinds, patience)
        if len(found) == len(kinds):
            now = time.monotonic()
            if oldest is not None:
                more = self._collected(kinds, surplus_until(oldest, asked_at, now) - now)
                if len(more) == len(kinds):
                    found, now = more, time.monotonic()
            self._outstanding.answered(now - asked_at)
            self.unasked.answered()
        if found:
            self.learned.answered(Ability.REAL_TIME)
        return found

    def _collected(self, kinds: Sequence[int], seconds: float) -> list[int]:
        """The answers to these queries among what comes in the next `seconds`."""
        heard: list[Event] = []
        found: list[int] = []
        end = time.monotonic() + seconds
        while (events := self.hear(end - time.monotonic())) is not None:
            heard += events
            found = real_time_answers(heard, kinds)
            if len(found) == len(kinds):
                break
        self._tell_of_rubbish(any(isinstance(event, Noise) for event in heard), bool(found))
        return found

    def _tell_of_rubbish(self, is_rubbish: bool, is_answered: bool) -> None:
        if is_answered:
            self._talks_rubbish = False
        elif is_rubbish and not self._talks_rubbish:
            self._talks_rubbish = True
            self._log.warning("answers mean nothing: the printer is unknown until they do")

    def _note_absent(self, ability: Ability) -> None:
        self._log.warning("learned: the printer does not answer %s", ability.value)
        if ability is Ability.FENCE:
            self.fences_out = 0

    def is_worked_off(self, patience: float) -> bool:
        """Whether no answer to an earlier fence is still to come; a printer that never gives one need not be asked."""
        if not self.fences_out or self.learned.lacks(Ability.FENCE):
            return True
        if any(map(is_fence, self.ask_queue(patience))):
            return True
        self.learned.missed(Ability.FENCE, most=TIMES_UNANSWERED)
        return self.learned.lacks(Ability.FENCE)

    def ask_queue(self, patience: float, question: bytes = b"") -> list[Event]:
        """Query GS r 1 behind `question` and all that is buffered; what comes before its answer or the timeout (s)."""
        has_fence = not self.learned.lacks(Ability.FENCE)
        if has_fence and self.fences_out < _MOST_FENCES:
            question += commands.TRANSMIT_PAPER_STATUS
            self.fences_out += 1
        if question and self._transport.write(question, patience) < len(question):
            return []
        events: list[Event] = []
        for event in self.listen(patience):
            events.append(event)
            if is_fence(event):
                self._take_further_fences()
                break
        return events

    def _take_further_fences(self) -> None:
        """The one or two further answers follow immediately; those lost with the power never come."""
        for _event in self.listen(_QUIET_SECONDS if self.fences_out else 0.0):
            if not self.fences_out:
                break
        self.fences_lost += self.fences_out
        self.fences_out = 0

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

    def _heard(self, data: bytes) -> list[Event]:
        self.unasked.listen(data)
        events = self._incoming.feed(data)
        for event in events:
            self.can_prove |= isinstance(event, ProcessId) or is_fence(event)
            match event:
                case ProcessId(identity):
                    if self.late.heard(identity):
                        self.learned.answered(Ability.IDENTITY)
                case QueuedStatus() if is_fence(event):
                    self.fences_out = max(0, self.fences_out - 1)
                    self.learned.answered(Ability.FENCE)
                case RealTimeStatus():
                    self._outstanding.heard()
                case AutomaticStatus(data):
                    self.unasked.take(data, time.monotonic())
        return events
