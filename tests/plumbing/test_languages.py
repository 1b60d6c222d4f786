"""The one list of languages, and the language of a visitor."""

import pytest

from plumbing.languages import HOUSE_LANGUAGE, LANGUAGES, OWN_NAMES, accepted_language


def test_the_house_language_stands_first() -> None:
    assert LANGUAGES[0] == HOUSE_LANGUAGE == "vi"
    assert OWN_NAMES["vi"] == "Tiếng Việt"


@pytest.mark.parametrize(
    ("asked", "accepted", "language"),
    [
        (None, "", "vi"),
        (None, "vi-VN,vi;q=0.9,en;q=0.8", "vi"),
        (None, "en-US,en;q=0.9", "en"),
        (None, "fr-FR, de;q=0.8, EN;q=0.7", "en"),
        (None, "fr", "vi"),
        ("en", "vi", "en"),
        ("fr", "en", "en"),
        (None, "," * 10_000, "vi"),
    ],
)
def test_a_visitor_is_spoken_to_in_a_language_that_both_know(asked, accepted, language) -> None:
    assert accepted_language(asked, accepted) == language
