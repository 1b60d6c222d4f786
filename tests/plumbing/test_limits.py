"""Limits by key: how many at once, how many within a time, and how fast; each in bounded memory."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.wire.clients import MORE_THAN_CODES
from plumbing import limits
from plumbing.limits import (
    MOST_KEYS,
    AttemptLimit,
    ConcurrencyLimit,
    FairPlaces,
    KnownKeys,
    PlaceLimit,
    RateLimit,
    address_key,
)


def test_a_place_that_is_released_can_be_taken_again() -> None:
    limit = ConcurrencyLimit(1)
    release = limit.take("192.0.2.7")
    assert release is not None
    assert limit.take("192.0.2.7") is None
    assert limit.take("192.0.2.8") is not None
    release()
    assert limit.take("192.0.2.7") is not None


def test_one_key_cannot_take_the_places_of_the_others() -> None:
    limit = ConcurrencyLimit(2, 3)
    held = [limit.take(key) for key in ("eve", "eve", "eve", "an", "binh")]
    assert [each is not None for each in held] == [True, True, False, True, False]
    assert len(limit) == 3


def test_keys_without_a_holder_take_no_memory() -> None:
    limit = ConcurrencyLimit(1, 1)
    release = limit.take("a")
    assert limit.take("b") is None
    release()
    assert not limit._held


def test_too_many_attempts_are_refused_for_a_time() -> None:
    attempts = AttemptLimit(2, 10)
    assert [attempts.note("eve", 1), attempts.is_reached("eve", 2)] == [1, False]
    assert [attempts.note("eve", 3), attempts.is_reached("eve", 4)] == [2, True]
    assert not attempts.is_reached("an", 4)
    assert [attempts.seconds_to_wait("eve", 4.5), attempts.seconds_to_wait("an", 4)] == [7, 0]
    assert not attempts.is_reached("eve", 11)
    assert attempts.note("eve", 11) == 1


def test_very_many_keys_are_forgotten_by_age() -> None:
    attempts = AttemptLimit(1, 10)
    for n in range(10_000):
        attempts.note(f"eve{n}", 0)
    assert len(attempts._windows) == MOST_KEYS
    assert attempts.is_reached("eve9999", 0)
    assert not attempts.is_reached("eve0", 0)


@given(st.lists(st.floats(0, 60), max_size=60), st.integers(1, 5))
def test_no_window_has_more_than_the_limit(moments, most) -> None:
    attempts = AttemptLimit(most, 10)
    in_window = 0
    for now in sorted(moments):
        wait = attempts.seconds_to_wait("eve", now)
        assert (wait > 0) == attempts.is_reached("eve", now)
        if wait:
            assert in_window == most
        else:
            in_window = attempts.note("eve", now)
            assert 1 <= in_window <= most


def test_a_minute_may_be_spent_at_once_and_comes_back_evenly() -> None:
    rate = RateLimit()
    assert [rate.spend("a", 3, 0.0) for _ in range(4)] == [0, 0, 0, 20]
    assert rate.spend("a", 3, 10.0) == 10
    assert rate.spend("a", 3, 20.0) == 0
    assert [rate.spend("a", 3, 10_000.0) for _ in range(4)] == [0, 0, 0, 20]


def test_buckets_are_not_shared() -> None:
    rate = RateLimit()
    assert [rate.spend(name, 1, 0.0) for name in ("a", "b", "a")] == [0, 0, 60]


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("unix", "unix"),
    ],
)
def test_a_network_of_ipv6_counts_as_one_address(address, key) -> None:
    assert address_key(address) == key


def test_a_newcomer_takes_the_place_of_the_most_crowded_key() -> None:
    places: FairPlaces[str] = FairPlaces(PlaceLimit(4, 3))
    assert [places.take("eve", f"eve{n}") for n in range(4)] == [None, None, None, "eve0"]
    assert places.take("an", "an0") is None
    assert places.take("binh", "binh0") == "eve1"
    assert places.take("chi", "chi0") == "eve2"
    assert [places.held_by(key) for key in ("eve", "an", "binh", "chi")] == [1, 1, 1, 1]
    assert "an0" in places
    # All have one: the first of them gives way, and a key that is the largest itself gives its own.
    assert places.take("dung", "dung0") == "an0"
    assert places.take("dung", "dung1") == "dung0"


def test_a_holder_that_is_touched_goes_last() -> None:
    places: FairPlaces[str] = FairPlaces(PlaceLimit(3, 2))
    places.take("a", "a0")
    places.take("a", "a1")
    places.touch("a0")
    places.touch("nobody")
    assert not places.has_room("a")
    assert places.take("a", "a2") == "a1"
    assert places.has_room("b")
    assert [places.release("a0"), places.release("a0"), len(places)] == [True, False, 1]


@given(
    st.lists(st.tuples(st.integers(0, 5), st.booleans()), max_size=80),
    st.integers(1, 8),
    st.integers(1, 5),
)
def test_places_are_never_more_than_the_limit_and_the_largest_key_pays(
    steps, of_all, of_key
) -> None:
    places: FairPlaces[int] = FairPlaces(PlaceLimit(of_all, of_key))
    held: dict[int, str] = {}
    for n, (who, leaves) in enumerate(steps):
        key = f"k{who}"
        if leaves and held:
            gone = next(iter(held))
            assert places.release(gone)
            del held[gone]
            continue
        sizes = Counter(held.values())
        evicted = places.take(key, n)
        if evicted is not None:
            payer = held.pop(evicted)
            crowded = sizes[payer] == max(sizes.values())
            assert (sizes[key] == of_key and payer == key) or (len(held) + 1 == of_all and crowded)
        held[n] = key
        assert len(places) == len(held) <= of_all
        assert all(
            places.held_by(each) == size <= of_key for each, size in Counter(held.values()).items()
        )


def test_a_limit_is_made_smaller_where_there_are_fewer_files() -> None:
    assert PlaceLimit(100, 30).scaled(0.5) == PlaceLimit(50, 15)
    assert PlaceLimit(100, 30).scaled(0) == PlaceLimit(1, 1)


def test_known_keys_are_forgotten_by_age() -> None:
    known = KnownKeys(2)
    for key in ("a", "b", "a", "c"):
        known.add(key)
    assert [key in known for key in ("a", "b", "c")] == [True, False, True]


def test_all_connections_together_leave_files_for_the_hub_itself() -> None:
    kinds = (value for name, value in vars(limits).items() if name.startswith(("WIRE_", "PAGES_")))
    assert sum(kind.of_all for kind in kinds) + MORE_THAN_CODES <= limits.FILES - limits.OWN_FILES
