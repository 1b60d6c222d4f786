"""Spans of time: said in minutes up to 90, in hours above."""

import pytest

from plumbing.sentences import load_sentences
from plumbing.spans import span


@pytest.mark.parametrize(
    ("minutes", "vi", "en"),
    [
        (1, "1 phút", "1 minute"),
        (90, "90 phút", "90 minutes"),
        (91, "1 giờ 31 phút", "1 hour 31 minutes"),
        (120, "2 giờ", "2 hours"),
        (121, "2 giờ 1 phút", "2 hours 1 minute"),
        (415, "6 giờ 55 phút", "6 hours 55 minutes"),
    ],
)
@pytest.mark.parametrize("program", ["kiosk", "hub.web"])
def test_a_span_is_said_as_people_say_it(program, minutes, vi, en) -> None:
    assert span(load_sentences(program, "vi"), minutes) == vi
    assert span(load_sentences(program, "en"), minutes) == en
