"""What a sign shows for a counter."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from drivers.protocols import SignState
from drivers.signs.letters import led_text
from hub.messages import CallView, CounterView
from plumbing.sentences import load_sentences
from queue_display.signs.showing import called_ago, sign_state

SENTENCES = load_sentences("queue_display", "vi")
NOW = datetime(2026, 11, 20, 9, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


def counter(state: str, number: str | None = None, ticket_state: str | None = None) -> CounterView:
    return CounterView.model_validate(
        {
            "id": "c3", "state": state, "officer": None, "pause_reason": "", "number": number,
            "ticket": number and f"ticket-{number}", "ticket_state": ticket_state,
        }
    )  # fmt: skip


@pytest.mark.parametrize(
    ("view", "ago", "shown"),
    [
        (counter("open", "A025", "called"), 0, SignState("A025", blink=True)),
        (counter("open", "A025", "called"), 9.9, SignState("A025", blink=True)),
        (counter("open", "A025", "called"), 10, SignState("A025")),
        (counter("open", "A025", "called"), None, SignState("A025")),
        (counter("open", "A025", "serving"), 3, SignState("A025")),
        (counter("paused", "A025", "serving"), 300, SignState("A025")),
        (counter("open"), None, SignState("QUAY 3")),
        (counter("paused"), None, SignState("NGHI")),
        (counter("closed"), None, SignState("----")),
        (None, None, SignState("....")),
    ],
)
def test_a_sign_shows_the_number_or_the_counter_s_state(
    view: CounterView | None, ago: float | None, shown: SignState
) -> None:
    called = None if ago is None else timedelta(seconds=ago)

    assert sign_state(view, 3, SENTENCES, called_ago=called) == shown


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("state", ["paused", "closed", "unknown"])
def test_a_word_of_a_sign_needs_no_accents(language: str, state: str) -> None:
    word = load_sentences("queue_display", language).say(f"sign.{state}", counter=3)

    assert led_text(word, columns=8) == word


def a_call(ticket: str, ago: float, at: str = "c3") -> CallView:
    return CallView(
        call=f"{ticket}-{ago}", ticket=ticket, number="A025", counter=at, attempt=1,
        priority=False, called_at=NOW - timedelta(seconds=ago), over=False,
    )  # fmt: skip


def test_a_recall_makes_the_number_fresh_again() -> None:
    calls = [a_call("ticket-A025", 60), a_call("ticket-A025", 4), a_call("other", 1)]

    ago = called_ago(counter("open", "A025", "called"), calls, NOW)

    assert ago == timedelta(seconds=4)


def test_the_call_of_another_counter_does_not_count() -> None:
    calls = [a_call("ticket-A025", 2, at="c9")]

    assert called_ago(counter("open", "A025", "called"), calls, NOW) is None
