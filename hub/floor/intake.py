"""Bounded queue of the writer: takes requests from any thread, and gives them to the writer's thread in batches."""

from contextlib import suppress
from queue import Empty, SimpleQueue
from time import monotonic
from typing import Final, Generic

from hub.floor.decider import Item, View

MOST_WAITING: Final = 2_000
MOST_AT_ONCE: Final = 256


class Intake(Generic[View]):
    """Closed until `open`. After `end` the batches run out once what was taken is done."""

    def __init__(self) -> None:
        self._queue: SimpleQueue[Item[View] | None] = SimpleQueue()
        self._is_open = False

    def open(self) -> None:
        """Begin to take items."""
        self._is_open = True

    def close(self) -> None:
        """Take no more items; those that were taken are still given out."""
        self._is_open = False

    def end(self) -> None:
        """Close, and mark the end of the last batch."""
        self.close()
        self._queue.put(None)

    def submit(self, item: Item[View]) -> bool:
        """Queue an item; False where the queue is closed or at its limit."""
        if not self._is_open or self._queue.qsize() >= MOST_WAITING:
            return False
        self._queue.put(item)
        return True

    def gather(self, timeout: float) -> tuple[list[Item[View]], bool]:
        """Everything that waits, up to a limit, and whether the writer goes on. Waits `timeout` seconds for a first item."""
        batch: list[Item[View]] = []
        try:
            item = self._queue.get(timeout=timeout)
            while item is not None:
                batch.append(item)
                if len(batch) == MOST_AT_ONCE:
                    return batch, True
                item = self._queue.get_nowait()
        except Empty:
            return batch, True
        return batch, False

    def extend(self, batch: list[Item[View]], until: float) -> list[Item[View]]:
        """Add to the batch what came in since it was gathered, and return that. Waits until this moment of the monotonic
        clock for a first item."""
        more: list[Item[View]] = []
        with suppress(Empty):
            while len(batch) < MOST_AT_ONCE:
                timeout = 0.0 if more else max(0.0, until - monotonic())
                item = self._queue.get(timeout=timeout)
                if item is None:
                    # The end is for `gather`, which ends the writer.
                    self._queue.put(None)
                    break
                batch.append(item)
                more.append(item)
        return more
