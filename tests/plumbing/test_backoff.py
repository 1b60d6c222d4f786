"""Pauses between retries: they grow, the last one repeats, and a success starts over."""

import pytest

from plumbing.backoff import PAUSES, Backoff, jittered


def test_pauses_grow_and_the_last_one_repeats() -> None:
    backoff = Backoff((1, 2, 5))
    assert [backoff.next_pause() for _ in range(5)] == [1, 2, 5, 5, 5]


def test_a_success_starts_over() -> None:
    backoff = Backoff()
    assert [backoff.next_pause(), backoff.next_pause()] == list(PAUSES[:2])
    backoff.reset()
    assert backoff.next_pause() == PAUSES[0]


@pytest.mark.parametrize("share", [0.0, 0.3])
def test_jitter_stays_within_its_share(share) -> None:
    pauses = [jittered(10, share) for _ in range(200)]
    assert all(10 * (1 - share) <= pause <= 10 * (1 + share) for pause in pauses)
    assert (len(set(pauses)) > 1) == (share > 0)
