"""Limits by key: how many at once, how many within a time, and how fast; each in bounded memory."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plumbing.limits import MOST_KEYS, AttemptLimit, ConcurrencyLimit, RateLimit, address_key


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
