"""Limits: places per key, attempts within a time, rate limiting with token buckets, and the numbers that the house uses.

Pure: the present second is an argument, of any clock that only goes forward. Used by both listeners, enrolment, sign-in and API.
docs/limits.md lists every number; a test compares the page with this module.
"""

from collections import Counter, OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import IPv6Address, ip_address
from math import ceil, inf
from typing import Final, Generic, TypeVar

Holder = TypeVar("Holder")


@dataclass(frozen=True, slots=True)
class PlaceLimit:
    """How many places there are of one kind, and how many of them one key may hold."""

    of_all: int
    of_key: int

    def scaled(self, share: float) -> "PlaceLimit":
        """The same limit where only this share of it is available; at least one place."""
        return PlaceLimit(max(1, int(self.of_all * share)), max(1, int(self.of_key * share)))


# Connections of the floor port, by kind. The key is the address, of a device its name.
WIRE_UNHEARD: Final = PlaceLimit(1_024, 128)
"""No handshake yet: they cost an open file each, and no more."""
WIRE_SILENT: Final = PlaceLimit(256, 128)
"""A handshake and no good hello yet, from an address that no known device has."""
WIRE_RETURNING: Final = PlaceLimit(256, 256)
"""A handshake and no good hello yet, from an address where a device said a good one before."""
WIRE_ENROLLING: Final = PlaceLimit(256, 24)
"""Devices that show a code and wait to be enrolled."""
WIRE_DEVICES: Final = PlaceLimit(1_248, 256)
"""Devices that said a good hello; the key is the name, since one board may hang on many screens."""
HELLO_SECONDS: Final = 10.0
"""For a handshake, and again for the hello after it."""
UNANSWERED_OF_CONNECTION: Final = 256
"""Commands and questions without an answer yet."""
BAD_FRAMES: Final = 20
"""Malformed frames of one connection, which is then closed."""
WRONG_TOKENS: Final = 100
"""Wrong tokens of one address within `WRONG_TOKEN_SECONDS`. Devices with a wrong setting send far fewer: more are guesses."""
WRONG_TOKEN_SECONDS: Final = 10.0
WRITE_BUFFER_BYTES: Final = 256 * 1024
"""Bytes that a slow reader may leave unread."""

# Connections of the pages' port, by kind. The key is the address, of a browser that signed in before its cookie.
PAGES_UNHEARD: Final = PlaceLimit(1_024, 128)
"""No request yet; one address has what `hub.connections_per_address` says."""
PAGES_SILENT: Final = PlaceLimit(256, 128)
"""Before and after a request that is answered; one address has what `hub.connections_per_address` says."""
PAGES_RETURNING: Final = PlaceLimit(128, 96)
"""Before and after a request, from an address of a browser that signed in or of a device."""
PAGES_CITIZENS: Final = PlaceLimit(640, 512)
"""Requests for a citizen's page: a whole hall may stand behind the address of one Wi-Fi."""
PAGES_VISITORS: Final = PlaceLimit(256, 64)
"""All other requests without a cookie of a browser that signed in before."""
PAGES_MEMBERS: Final = PlaceLimit(128, 32)
"""Requests of browsers that signed in before."""
PAGES_PROXIED: Final = PlaceLimit(128, 128)
"""Connections of the proxies that the configuration names."""
UNHEARD_SECONDS: Final = 10.0
"""For the head of the first request, of a handshake, or of the encryption, on both ports."""
TLS_HANDSHAKE_SECONDS: Final = 10.0
IDLE_SECONDS_OF_REQUEST: Final = 10.0
"""Between two checks of a connection: there must be progress in each of them."""
LONGEST_BODY_SECONDS: Final = 600.0
"""For the body of a request with progress: 2 MiB at 4 KB/s, and not a byte an hour."""
FORM_BYTES: Final = 16 * 1024

FILES: Final = 6_144
"""Open files that the hub asks the system for; where it gets fewer, all places above are fewer by the same share."""
OWN_FILES: Final = 256
"""Of these for database, log, worker processes and connections that are just being closed."""
ACCEPT_QUEUE: Final = 2_048
"""Connections that the kernel keeps until they are accepted: when the hub comes back, the whole hall connects at once."""
ACCEPTS_AT_ONCE: Final = 16
"""Connections that ask, for which a listener makes a transport before the event loop does other work."""
KNOWN_ADDRESSES: Final = 1_024
"""Addresses of devices and browsers that are remembered, the least recent forgotten first."""

# Enrolment.
WRONG_CODES_OF_PERSON: Final = 5
"""Wrong enrolment codes within the ten minutes of a code."""
WRONG_CODES_OF_ALL: Final = 50

# Sign-in.
PINS_A_MINUTE: Final = 10
"""PINs typed at one terminal, one address, or one browser that signed in before."""
TRIES: Final = 5
"""Wrong PINs in a row before a lock-out, and after each lock-out before the next one."""
FIRST_LOCK_MINUTES: Final = 5
LONGEST_LOCK_MINUTES: Final = 60
"""The lock-out doubles up to this."""
GUESSES_A_DAY: Final = 100
"""Wrong PINs for one officer within 24 hours from all unknown browsers and terminals together."""
TRIES_FORGOTTEN_HOURS: Final = 24
"""After the last wrong PIN."""
LOCK_OUTS_OF_PLACE: Final = 3
"""Officers locked out from one terminal or address; after that none within `LOCK_OUT_MINUTES`."""
LOCK_OUT_MINUTES: Final = 30
KNOWN_ORIGINS_OF_OFFICER: Final = 40
"""Browsers and terminals with a count of their own, the least recently used forgotten first."""
KNOWN_ORIGIN_DAYS: Final = 180
"""Without a sign-in, after which a browser is unknown again."""
PIN_CHECKS_WAITING: Final = 16
"""PINs that wait to be checked, of known origins and of unknown ones each; one of each is checked at a time."""
PIN_CHECKS_OF_ADDRESS: Final = 4
"""Of these for one unknown address."""
PIN_CHECKS_OF_STRANGERS: Final = 240
"""A minute, and at once, of all unknown origins together: each check is two transactions and 30 ms of a processor."""
SESSIONS: Final = PlaceLimit(200, 5)
"""Signed-in browsers of the console; the key is the officer."""
SESSION_IDLE_MINUTES: Final = 30
SESSION_HOURS: Final = 12
RECOVERY_CODES: Final = 10

# The open interface.
WRONG_KEYS: Final = 100
"""Wrong API keys of one address within `WRONG_KEY_SECONDS`."""
WRONG_KEY_SECONDS: Final = 10

# The log.
LOG_LINES_A_MINUTE: Final = 30
"""Warnings and errors of one kind; what is above is counted and named in the next minute."""
LOG_NOTES_A_MINUTE: Final = 300
"""Lines of one kind that are neither."""
CLOCK_LINES_A_MINUTE: Final = 2
"""Lines about a clock that is held or believed again; one that goes on jumping is counted in the next one."""
LOG_TRACEBACKS_A_MINUTE: Final = 3
"""Tracebacks of one kind; the line itself still comes."""

MOST_KEYS: Final = 1_024
"""Keys that an attempt limit remembers; the key with the oldest last attempt is forgotten first."""
_NETWORK_BITS: Final = 64
"""The part of an IPv6 address that a provider gives to one customer; the rest is theirs to choose."""


class FairPlaces(Generic[Holder]):
    """Places with eviction: a newcomer always gets one. At the limit of its key that key's oldest holder gives way; at the
    limit of all, the oldest holder of the key that has most. So a key with few holders keeps them, whatever others do.
    """

    def __init__(self, limit: PlaceLimit) -> None:
        self._limit = limit
        self._key_of: dict[Holder, str] = {}
        self._holders: dict[str, dict[Holder, None]] = {}
        # Keys by how many holders they have; the last is the largest, so that the key to evict from is found at once.
        self._by_size: dict[int, dict[str, None]] = {}
        self._largest = 0

    def __len__(self) -> int:
        return len(self._key_of)

    def __contains__(self, holder: Holder) -> bool:
        return holder in self._key_of

    def held_by(self, key: str) -> int:
        """How many places this key has."""
        return len(self._holders.get(key, ()))

    def has_room(self, key: str) -> bool:
        """Whether a newcomer of this key would evict no other holder."""
        return len(self) < self._limit.of_all and self.held_by(key) < self._limit.of_key

    def take(self, key: str, holder: Holder) -> Holder | None:
        """Give the holder a place; returns the one that it was taken from, which holds none any more."""
        evicted: Holder | None = None
        if self.held_by(key) >= self._limit.of_key:
            evicted = self._oldest(key)
        elif len(self) >= self._limit.of_all:
            crowded = (
                key
                if self.held_by(key) >= self._largest
                else next(iter(self._by_size[self._largest]))
            )
            evicted = self._oldest(crowded)
        if evicted is not None:
            self.release(evicted)
        holders = self._holders.setdefault(key, {})
        holders[holder] = None
        self._key_of[holder] = key
        self._resize(key, len(holders) - 1, len(holders))
        return evicted

    def touch(self, holder: Holder) -> None:
        """The holder becomes the newest of its key."""
        key = self._key_of.get(holder)
        if key is not None:
            holders = self._holders[key]
            del holders[holder]
            holders[holder] = None

    def release(self, holder: Holder) -> bool:
        """The holder gives its place back; False if it has none."""
        key = self._key_of.pop(holder, None)
        if key is None:
            return False
        holders = self._holders[key]
        del holders[holder]
        if not holders:
            del self._holders[key]
        self._resize(key, len(holders) + 1, len(holders))
        return True

    def _oldest(self, key: str) -> Holder:
        return next(iter(self._holders[key]))

    def _resize(self, key: str, before: int, after: int) -> None:
        if before:
            alike = self._by_size[before]
            del alike[key]
            if not alike:
                del self._by_size[before]
        if after:
            self._by_size.setdefault(after, {})[key] = None
        self._largest = max(after, self._largest if self._largest in self._by_size else before - 1)


class KnownKeys:
    """Remembers keys that proved themselves, at most `most`, the least recent forgotten first."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._keys: OrderedDict[str, None] = OrderedDict()

    def __contains__(self, key: str) -> bool:
        return key in self._keys

    def add(self, key: str) -> None:
        """Remember this key as the most recent."""
        self._keys[key] = None
        self._keys.move_to_end(key)
        if len(self._keys) > self._most:
            self._keys.popitem(last=False)


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


@lru_cache(MOST_KEYS)
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
