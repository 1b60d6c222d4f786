"""The words of a citizen's page."""

import tomllib
import typing
from importlib.resources import files

import pytest

from hub.messages import TicketView
from hub.web.ticket_page import language_of
from plumbing.languages import LANGUAGES

TEXTS = {
    language: tomllib.loads((files("hub.web") / "texts" / f"{language}.toml").read_text("utf-8"))
    for language in LANGUAGES
}


def test_every_language_has_every_text() -> None:
    assert TEXTS["vi"].keys() == TEXTS["en"].keys()
    assert TEXTS["vi"]["state"].keys() == TEXTS["en"]["state"].keys()


def test_every_state_of_a_ticket_has_its_words() -> None:
    states = typing.get_args(TicketView.model_fields["state"].annotation)
    assert set(states) == set(TEXTS["vi"]["state"])


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
    assert language_of(asked, accepted) == language
