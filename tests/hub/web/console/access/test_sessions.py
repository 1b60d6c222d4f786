"""How long somebody is signed in, and at how many places."""

import pytest

from hub.web.console.access import sessions
from hub.web.console.access.sessions import (
    IDLE_SECONDS,
    LONGEST_SECONDS,
    MOST_OF_ONE,
    ConsoleSessions,
)
from service_floor.queue.commands import Role


@pytest.fixture
def now():
    return [0.0]


@pytest.fixture
def held(now):
    return ConsoleSessions(lambda: now[0])


def begin(held, officer="hoa"):
    return held.begin(officer, Role.GREETER, "vi")


def test_a_session_is_found_by_its_token_alone(held) -> None:
    token = begin(held)
    assert held.find(token).officer == "hoa"
    assert held.find(token[:-1]) is None
    assert held.find("") is None
    assert held.find("\ud800") is None


def test_who_does_nothing_for_half_an_hour_is_out(held, now) -> None:
    token = begin(held)
    now[0] = IDLE_SECONDS - 1
    assert held.find(token)
    now[0] += IDLE_SECONDS - 1
    assert held.find(token)
    now[0] += IDLE_SECONDS
    assert held.find(token) is None
    assert len(held) == 0


def test_a_page_that_renews_itself_keeps_nobody_in(held, now) -> None:
    token = begin(held)
    now[0] = IDLE_SECONDS - 1
    assert held.find(token, touch=False)
    now[0] += 1
    assert held.find(token, touch=False) is None


def test_after_twelve_hours_everybody_signs_in_again(held, now) -> None:
    token = begin(held)
    while now[0] < LONGEST_SECONDS - IDLE_SECONDS:
        now[0] += IDLE_SECONDS - 1
        assert held.find(token)
    now[0] = LONGEST_SECONDS
    assert held.find(token) is None


def test_signing_out_ends_one_session_and_a_new_pin_all(held) -> None:
    first, second, other = begin(held), begin(held), begin(held, "an")
    held.end(first)
    assert (held.find(first), held.find(second) is None) == (None, False)
    held.end_all_of("hoa")
    assert held.find(second) is None
    assert held.find(other)


def test_one_officer_is_at_few_places_and_the_oldest_gives_way(held) -> None:
    tokens = [begin(held) for _ in range(MOST_OF_ONE + 1)]
    assert held.find(tokens[0]) is None
    assert all(held.find(token) for token in tokens[1:])


def test_there_are_never_more_sessions_than_places(held, monkeypatch) -> None:
    monkeypatch.setattr(sessions, "MOST", 3)
    tokens = [begin(held, f"o{n}") for n in range(5)]
    assert [held.find(token) is not None for token in tokens] == [False, False, True, True, True]


def test_a_notice_is_told_once_and_an_unanswered_request_is_sent_again(held) -> None:
    session = held.find(begin(held))
    session.notice = (True, "done")
    assert (session.take_notice(), session.take_notice()) == ((True, "done"), None)
    session.again = "abc"
    assert session.fragment_req() == "abc"
    assert session.take_req() == "abc"
    assert session.take_req() != session.take_req()


def test_nothing_that_opens_a_session_is_shown(held) -> None:
    token = begin(held)
    session = held.find(token)
    assert session.form_token not in repr(session)
    assert token not in repr(vars(held))
