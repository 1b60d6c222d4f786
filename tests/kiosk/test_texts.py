"""The sentences: complete in both languages, with the same places to fill."""

from string import Formatter

import pytest

from hub.messages import WireError
from kiosk.texts import LANGUAGES, Sentences, load_texts
from service_floor.calendar import LimitUnit
from service_floor.dossiers.model import DossierStatus, Standing
from service_floor.queue.concerns.issuing import IssueRefusal
from service_floor.queue.refusals import CommonRefusal

ISSUING = (
    CommonRefusal.NOT_OPEN_YET,
    CommonRefusal.CLOSED_FOR_TODAY,
    CommonRefusal.OUTSIDE_SESSION,
    CommonRefusal.QUOTA_USED_UP,
    CommonRefusal.SERIES_USED_UP,
    CommonRefusal.UNKNOWN_SERVICE,
    IssueRefusal.UNKNOWN_PRIORITY,
    WireError.NOT_ALLOWED,
)


def placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


@pytest.fixture(scope="module", params=LANGUAGES)
def texts(request) -> Sentences:
    return load_texts(request.param)


def test_both_languages_have_the_same_sentences() -> None:
    vietnamese, english = (load_texts(language).entries for language in LANGUAGES)
    assert set(vietnamese) == set(english)


def test_both_languages_have_the_same_places_to_fill() -> None:
    vietnamese, english = (load_texts(language).entries for language in LANGUAGES)
    differing = [
        key for key in vietnamese if placeholders(vietnamese[key]) != placeholders(english[key])
    ]
    assert differing == []


def test_no_sentence_is_empty(texts) -> None:
    assert [key for key, sentence in texts.entries.items() if not sentence.strip()] == []


@pytest.mark.parametrize("code", ISSUING)
def test_every_refusal_of_a_ticket_has_its_own_sentence(texts, code) -> None:
    assert f"refused.{code.value}" in texts.entries


def test_every_status_standing_and_unit_has_its_sentence(texts) -> None:
    keys = [f"status.{status.code}" for status in DossierStatus]
    keys += [f"standing.{standing.value}" for standing in Standing]
    keys += [f"limit.{unit.value}" for unit in LimitUnit]
    assert [key for key in keys if key not in texts.entries] == []


def test_a_placeholder_is_filled(texts) -> None:
    assert "B7" in texts.say("ticket.priority", priority="B7")


def test_an_unknown_code_gets_the_general_sentence_with_the_code(texts) -> None:
    assert "new_reason" in texts.say_code("refused", "new_reason", {})


def test_a_code_without_its_data_gets_the_general_sentence(texts) -> None:
    sentence = texts.say_code("refused", "not_open_yet", {})
    assert sentence == texts.say("refused.other", code="not_open_yet")


def test_a_code_with_its_data_gets_its_sentence(texts) -> None:
    assert "13:30" in texts.say_code("refused", "outside_session", {"opens_at": "13:30"})
