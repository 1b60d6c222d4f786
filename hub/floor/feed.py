"""The feed: publish and subscribe for screens, with positions `(epoch, seq)` and a ring buffer of deltas.

Lives on the event loop; nothing in it awaits, so no delta overtakes a snapshot.
"""

from collections import deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Generic, NamedTuple, TypeVar

from pydantic_core import to_json

from hub.messages import Resumed, Tick, Topic

RING = 2_000
LONGEST_RESUME = 128 * 1024
"""Bytes of missed deltas above which a snapshot is the shorter answer."""

Topics = frozenset[Topic]
Wire = TypeVar("Wire")


class EncodedPut(NamedTuple):
    """The new value of one key as JSON text; None removes the key."""

    topic: Topic
    key: str
    text: str | None


@dataclass(frozen=True, slots=True)
class FeedStep:
    """One delta as it stands in the ring; encoded once for each set of topics that asks for it."""

    head: str
    puts: tuple[tuple[Topic, str], ...]
    _texts: dict[Topics, str] = field(default_factory=dict)

    def text(self, topics: Topics) -> str:
        """The frame for subscribers of these topics; empty where none of them changed."""
        known = self._texts.get(topics)
        if known is None:
            puts = ",".join(text for topic, text in self.puts if topic in topics)
            known = self._texts[topics] = f"{self.head}{puts}]}}"
        return known


class Feed(Generic[Wire]):
    """State by topic, a ring of deltas, and the subscribers in groups of equal topics.

    `send` puts one text on several wires at once and never waits.
    """

    def __init__(self, epoch: str, send: Callable[[Iterable[Wire], str], None]) -> None:
        self.epoch = epoch
        self.seq = 0
        self.rows = 0
        """How many rows the journal has; subscribers keep it, and bring it back to the next hub."""
        self._send = send
        self._state: dict[Topic, dict[str, str]] = {topic: {} for topic in Topic}
        self._ring: deque[FeedStep] = deque(maxlen=RING)
        self._groups: dict[Topics, set[Wire]] = {}
        self._group_of: dict[Wire, Topics] = {}
        self._snapshots: dict[Topics, tuple[int, str]] = {}

    def load(self, puts: Iterable[EncodedPut]) -> None:
        """Take the state in which the hub starts, before the first subscriber."""
        for put in puts:
            self._apply(put)

    def publish(self, puts: Iterable[EncodedPut]) -> None:
        """Make one step of these values, and send it to every subscriber."""
        self.seq += 1
        head = f'{{"t":"delta","epoch":"{self.epoch}","seq":{self.seq},"rows":{self.rows},"puts":['
        step = FeedStep(head, tuple((put.topic, _put_text(put)) for put in map(self._apply, puts)))
        self._ring.append(step)
        for topics, wires in self._groups.items():
            self._send(wires, step.text(topics))

    def tick(self, now: datetime) -> None:
        """Send position and time to every subscriber."""
        text = Tick(epoch=self.epoch, seq=self.seq, now=now).model_dump_json()
        self._send(self._group_of, text)

    def join(
        self, wire: Wire, topics: Topics, position: tuple[str, int] | None, now: datetime
    ) -> int:
        """Bring a subscriber up to date and count it in; how many characters it was sent."""
        self.leave(wire)
        texts = self._resume(topics, position, now) or [self._snapshot(topics, now)]
        for text in texts:
            self._send((wire,), text)
        self._groups.setdefault(topics, set()).add(wire)
        self._group_of[wire] = topics
        return sum(map(len, texts))

    def leave(self, wire: Wire) -> None:
        """Forget a subscriber."""
        topics = self._group_of.pop(wire, None)
        if topics is None:
            return
        self._groups[topics].discard(wire)
        if not self._groups[topics]:
            del self._groups[topics]
            self._snapshots.pop(topics, None)

    def has(self, topic: Topic, key: str) -> bool:
        """Whether the topic has this key at present."""
        return key in self._state[topic]

    def values(self, topic: Topic) -> Mapping[str, str]:
        """The present value of each key of a topic as JSON text; valid until the event loop goes on."""
        return self._state[topic]

    def _apply(self, put: EncodedPut) -> EncodedPut:
        values = self._state[put.topic]
        if put.text is None:
            values.pop(put.key, None)
        else:
            values[put.key] = put.text
        return put

    def _resume(
        self, topics: Topics, position: tuple[str, int] | None, now: datetime
    ) -> list[str] | None:
        """The missed deltas, where the position is of this epoch and the ring still has all of them."""
        if position is None or position[0] != self.epoch:
            return None
        missed = self.seq - position[1]
        if not 0 <= missed <= len(self._ring):
            return None
        start = len(self._ring) - missed
        texts = [self._ring[i].text(topics) for i in range(start, len(self._ring))]
        if sum(map(len, texts)) > LONGEST_RESUME:
            return None
        resumed = Resumed(epoch=self.epoch, seq=position[1], now=now)
        return [resumed.model_dump_json(), *texts]

    def _snapshot(self, topics: Topics, now: datetime) -> str:
        """The whole state of the topics; its long part is made once for each position."""
        seq, body = self._snapshots.get(topics, (-1, ""))
        if seq != self.seq:
            body = ",".join(
                f'"{topic}":{_object(self._state[topic])}' for topic in Topic if topic in topics
            )
            self._snapshots[topics] = (self.seq, body)
        return (
            f'{{"t":"snapshot","proto":1,"epoch":"{self.epoch}","seq":{self.seq},'
            f'"rows":{self.rows},"now":{_json(now)},"state":{{{body}}}}}'
        )


def _json(value: object) -> str:
    return to_json(value).decode()


def _object(values: Mapping[str, str]) -> str:
    return "{" + ",".join(f"{_json(key)}:{text}" for key, text in values.items()) + "}"


def _put_text(put: EncodedPut) -> str:
    return f'{{"topic":"{put.topic}","key":{_json(put.key)},"value":{put.text or "null"}}}'
