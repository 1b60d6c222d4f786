"""Limits: how many at once per key, how many attempts within a time, and rate limiting with token buckets.

Pure: the present second is an argument, of any clock that only goes forward. Used by both listeners, enrolment, sign-in and API.
"""

from collections import Counter, OrderedDict
from collections.abc import Callable
from ipaddress import IPv6Address, ip_address
from math import ceil, inf
from typing import Final

MOST_KEYS: Final = 1_024
"""How many keys an attempt limit remembers; the key with the oldest last attempt is forgotten first."""
_NETWORK_BITS: Final = 64
"""The part of an IPv6 address that a provider gives to one customer; the rest is theirs to choose."""


class ConcurrencyLimit:
    """Counts holders of places: at most `of_key` for one key and `of_all` together. Keys without a holder take no memory."""

    def __init__(self, of_key: int, of_all: float = inf) -> None:
        self._of_key = of_key
        self._of_all = of_all
        self._held: Counter[str] = Counter()
        self._total = 0

    def __len__(self) -> int:
        return self._total

    def take(self, key: str = "") -> Callable[[], None] | None:
        """Take a place for this key; returns how to release it (once), or None at a limit."""
        if self._total >= self._of_all or self._held.get(key, 0) >= self._of_key:
            return None
        self._held[key] += 1
        self._total += 1
        return lambda: self._release(key)

    def _release(self, key: str) -> None:
        self._total -= 1
        self._held[key] -= 1
        if not self._held[key]:
            del self._held[key]


class AttemptLimit:
    """Allows `most` attempts per key within `seconds`, counted from the first. Bounded: remembers `MOST_KEYS` keys."""

    def __init__(self, most: int, seconds: float) -> None:
        self._most = most
        self._seconds = seconds
        self._windows: OrderedDict[str, tuple[float, int]] = OrderedDict()

    def note(self, key: str, now: float) -> int:
        """Count one more attempt; the how many-th within its time it is, so that a burst is logged once."""
        since, count = self._windows.pop(key, (now, 0))
        if now - since >= self._seconds:
            since, count = now, 0
        self._windows[key] = (since, count + 1)
        if len(self._windows) > MOST_KEYS:
            self._windows.popitem(last=False)
        return count + 1

    def is_reached(self, key: str, now: float) -> bool:
        """Whether the next attempt is to be refused."""
        return self.seconds_to_wait(key, now) > 0

    def seconds_to_wait(self, key: str, now: float) -> int:
        """For how many seconds attempts are refused from now on; 0 if the next one is not."""
        since, count = self._windows.get(key, (now, 0))
        left = since + self._seconds - now
        return ceil(left) if count >= self._most and left > 0 else 0


class RateLimit:
    """Token buckets by name: each fills evenly and holds what one minute allows. Names come from the configuration."""

    def __init__(self) -> None:
        self._buckets: dict[str, tuple[float, float]] = {}

    def spend(self, name: str, per_minute: int, now: float) -> int:
        """Take one token; 0, or the seconds until there is one again."""
        full_at, level = self._buckets.get(name, (now, float(per_minute)))
        level = min(float(per_minute), level + (now - full_at) * per_minute / 60)
        if level < 1:
            self._buckets[name] = (now, level)
            return ceil((1 - level) * 60 / per_minute)
        self._buckets[name] = (now, level - 1)
        return 0


def address_key(address: str) -> str:
    """The key that limits by address count by: the network of an IPv6 address, the IPv4 address inside a mapped one."""
    try:
        known = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if not isinstance(known, IPv6Address):
        return str(known)
    if known.ipv4_mapped is not None:
        return str(known.ipv4_mapped)
    return f"{IPv6Address(int(known) >> _NETWORK_BITS << _NETWORK_BITS)}/{_NETWORK_BITS}"
