"""How many guesses there are, and for how long none."""

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from hub.accounts.verification.tries import Tries
from plumbing.limits import GUESSES_A_DAY, TRIES
from service_floor.zone import ZONE

NOW = datetime(2026, 11, 20, 8, 0, tzinfo=ZONE)
MOST_A_DAY = 120


def guesses_within(hours: int) -> list[datetime]:
    """The moments at which somebody who never rests gets a PIN checked."""
    tries, now, made = Tries(), NOW, []
    while now < NOW + timedelta(hours=hours):
        if tries.is_locked(now):
            assert tries.locked_until is not None
            now = tries.locked_until
            continue
        tries = tries.one_more(now)
        made.append(now)
    return made


def test_no_24_hours_have_more_guesses_than_the_limit() -> None:
    made = guesses_within(24 * 5)
    for first in made:
        within = [each for each in made if first <= each < first + timedelta(hours=24)]
        assert len(within) <= MOST_A_DAY
    assert len([each for each in made if each < NOW + timedelta(hours=24)]) == GUESSES_A_DAY


def test_right_pins_in_between_give_no_more_than_the_day_has() -> None:
    tries, guesses, now = Tries(), 0, NOW
    while now < NOW + timedelta(hours=24):
        if not tries.is_locked(now):
            tries, guesses = tries.one_more(now), guesses + 1
            if not tries.is_locked(now):
                mine = tries.one_more(now)
                tries = mine.forgiven(mine)
        now += timedelta(minutes=1)
    assert guesses <= GUESSES_A_DAY


def test_a_right_pin_forgives_what_was_mistyped_and_not_what_was_guessed() -> None:
    tries = Tries()
    for _ in range(TRIES - 1):
        tries = tries.one_more(NOW)
    mine = tries.one_more(NOW)
    assert mine.is_locked(NOW)
    assert mine.forgiven(mine).failures == 0
    assert not mine.forgiven(mine).is_locked(NOW)
    later = NOW + timedelta(minutes=5)
    second = mine.one_more(later)
    assert second.forgiven(second).failures == TRIES
    # Somebody guessed while this PIN was checked.
    other = second.one_more(later)
    assert other.forgiven(second).failures == second.failures


def test_after_a_day_without_a_wrong_pin_all_is_forgotten() -> None:
    tries = Tries()
    for _ in range(TRIES - 1):
        tries = tries.one_more(NOW)
    assert tries.one_more(NOW + timedelta(hours=24)).failures == 1


@given(st.lists(st.integers(0, 5_000), max_size=60))
def test_a_lock_out_never_ends_before_it_began(minutes) -> None:
    tries, now = Tries(), NOW
    for wait in minutes:
        now += timedelta(minutes=wait)
        if not tries.is_locked(now):
            tries = tries.one_more(now)
        assert (
            tries.locked_until is None
            or tries.failed_at is None
            or tries.locked_until > tries.failed_at
        )
