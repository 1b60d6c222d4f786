"""Counting tries: per who makes them, for a time, in bounded memory."""

from hub.accounts.attempts import MOST_KEYS, Attempts


def test_too_many_tries_are_too_many_for_a_time() -> None:
    attempts = Attempts(2, 10)
    assert [attempts.note("eve", 1), attempts.are_too_many("eve", 2)] == [1, False]
    assert [attempts.note("eve", 3), attempts.are_too_many("eve", 4)] == [2, True]
    assert not attempts.are_too_many("an", 4)
    assert [attempts.seconds_to_wait("eve", 4.5), attempts.seconds_to_wait("an", 4)] == [7, 0]
    assert not attempts.are_too_many("eve", 11)
    assert attempts.note("eve", 11) == 1


def test_very_many_who_try_are_forgotten_by_age() -> None:
    attempts = Attempts(1, 10)
    for n in range(10_000):
        attempts.note(f"eve{n}", 0)
    assert len(attempts._windows) == MOST_KEYS
    assert attempts.are_too_many("eve9999", 0)
    assert not attempts.are_too_many("eve0", 0)
