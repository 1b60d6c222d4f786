"""The words of announcements."""

from datetime import UTC, datetime
from typing import Any

import pytest

from hub.messages import CallView
from plumbing.sentences import load_sentences
from queue_display.announcer.phrases import language_of, phrasebook


def a_call(number: str = "A025", **more: Any) -> CallView:
    given = {"attempt": 1, "priority": False, "over": False, **more}
    return CallView(
        call="k1", ticket="t1", number=number, counter="c1", called_at=datetime.now(UTC), **given
    )


@pytest.mark.parametrize(
    ("call", "counter", "short", "words"),
    [
        (a_call("A025"), 3, False, "Xin mời công dân có số thứ tự a không hai năm, đến quầy số ba."),
        (a_call("B104"), 15, False, "Xin mời công dân có số thứ tự bê một không bốn, đến quầy số mười lăm."),
        (a_call("A025", attempt=2), 21, False, "Xin mời lần hai, công dân có số thứ tự a không hai năm, đến quầy số hai mươi mốt."),
        (a_call("A025", attempt=3), 4, False, "Xin mời lần ba, công dân có số thứ tự a không hai năm, đến quầy số bốn."),
        (a_call("C007", priority=True), 24, False, "Xin mời công dân ưu tiên có số thứ tự xê không không bảy, đến quầy số hai mươi tư."),
        (a_call("C007", priority=True, attempt=2), 10, False, "Xin mời lần hai, công dân ưu tiên có số thứ tự xê không không bảy, đến quầy số mười."),
        (a_call("1001", attempt=2), 105, True, "Mời số một không không một, quầy số một trăm linh năm."),
    ],
)  # fmt: skip
def test_a_call_is_said_in_whole_words(
    call: CallView, counter: int, short: bool, words: str
) -> None:
    phrases = phrasebook(load_sentences("queue_display", "vi"))

    assert phrases.words(call, counter, short=short) == words


def test_no_digit_is_handed_to_the_vietnamese_engine() -> None:
    phrases = phrasebook(load_sentences("queue_display", "vi"))

    for counter in range(1, 1000):
        words = phrases.words(a_call(f"HC{counter:04d}", attempt=counter % 9 + 1), counter)

        assert not any(sign.isdigit() for sign in words), counter


def test_an_english_voice_gets_english_words() -> None:
    phrases = phrasebook(load_sentences("queue_display", language_of("en-gb")))

    assert phrases.words(a_call("A025"), 3) == "Ticket A 0 2 5, please go to counter 3."


@pytest.mark.parametrize(
    ("voice", "language"), [("vi", "vi"), ("vi-vn-x-south", "vi"), ("en", "en"), ("en-gb", "en")]
)
def test_the_voice_tells_the_language(voice: str, language: str) -> None:
    assert language_of(voice) == language


def test_both_languages_have_the_same_sentences() -> None:
    vi, en = (load_sentences("queue_display", language).entries for language in ("vi", "en"))

    assert vi.keys() == en.keys()
