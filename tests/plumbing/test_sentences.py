"""Sentences: placeholders, plural forms, and codes from outside."""

import pytest

from plumbing.sentences import Sentences, load_sentences

ENGLISH = Sentences(
    "en",
    {
        "plain": "Counter {counter}",
        "wait": "{minutes} {minutes:minute|minutes}",
        "two": "{rows} {rows:row|rows}, {days} {days:day|days}",
        "refused.late": "Again in {seconds} {seconds:second|seconds}.",
        "refused.other": "Refused ({code}).",
        "time": "{at:>5} {at:once|often}",
    },
)
POLISH = Sentences("pl", {"wait": "{minutes} {minutes:minuta|minuty|minut}"})


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (0, "0 minutes"),
        (1, "1 minute"),
        (2, "2 minutes"),
        ("1", "1 minute"),
        ("1,5", "1,5 minutes"),
        ("1,000", "1,000 minutes"),
    ],
)
def test_a_number_chooses_its_form(number, sentence) -> None:
    assert ENGLISH.say("wait", minutes=number) == sentence


def test_a_language_may_have_more_forms_than_english() -> None:
    said = [POLISH.say("wait", minutes=n) for n in (1, 2, 5, 22, "1.022")]
    assert said == ["1 minuta", "2 minuty", "5 minut", "22 minuty", "1.022 minuty"]


def test_a_sentence_may_count_two_things() -> None:
    assert ENGLISH.say("two", rows=1, days=3) == "1 row, 3 days"


def test_other_specifications_stand_beside_plural_forms() -> None:
    assert ENGLISH.say("time", at=1) == "    1 once"


def test_data_that_is_missing_is_a_defect() -> None:
    with pytest.raises(KeyError):
        ENGLISH.say("wait")
    with pytest.raises(KeyError):
        ENGLISH.say("plain")


def test_a_code_has_its_sentence_with_its_form() -> None:
    assert ENGLISH.say_code("refused", "late", {"seconds": 1}) == "Again in 1 second."


@pytest.mark.parametrize(("code", "data"), [("late", {}), ("unknown", {"seconds": 1})])
def test_a_code_without_sentence_or_data_gets_the_general_one(code, data) -> None:
    assert ENGLISH.say_code("refused", code, data) == f"Refused ({code})."


def test_the_keys_of_a_file_are_dotted() -> None:
    kiosk = load_sentences("kiosk", "en")
    assert kiosk.has("span.minutes")
    assert not kiosk.has("confirm")
    assert kiosk.say("span.minutes", minutes=1) == "1 minute"
