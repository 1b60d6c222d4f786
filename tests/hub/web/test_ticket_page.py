"""The ticket page on a citizen's phone."""

import typing
from datetime import UTC, datetime

import pytest

from hub.messages import TicketPlace, TicketView
from hub.web.ticket_page import Signs, TicketPages
from plumbing.languages import LANGUAGES, OWN_NAMES
from plumbing.sentences import load_sentences

NOW = datetime(2026, 11, 20, 2, 30, tzinfo=UTC)
STATES = typing.get_args(TicketView.model_fields["state"].annotation)
PAGES = TicketPages({language: Signs({"land": "Đất <đai>"}, {"c1": "3"}) for language in LANGUAGES})


def place(**changes) -> TicketPlace:
    ticket = TicketView.model_construct(
        number="A012", state="waiting", service="land", counter=None, next_services=()
    )
    return TicketPlace.model_construct(
        ticket=ticket.model_copy(update=changes), ahead=2, estimate_seconds=61
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("state", STATES)
def test_every_state_of_a_ticket_has_its_words(language, state) -> None:
    page = PAGES.ticket(language, place(state=state), NOW)
    assert load_sentences("hub.web", language).say(f"state.{state}") in page
    assert "A012" in page


def test_names_are_escaped_and_times_are_those_of_the_hall() -> None:
    page = PAGES.ticket("en", place(counter="c1"), NOW)
    assert "<dd>Đất &lt;đai&gt;</dd>" in page
    assert "<dt>Counter</dt><dd>3</dd>" in page
    assert "<dt>Expected wait</dt><dd>2 minutes</dd>" in page
    assert "<dd>09:30:00</dd>" in page


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("what", ["unknown", "busy"])
def test_a_page_without_a_ticket_offers_every_other_language(language, what) -> None:
    page = PAGES.notice(language, what)
    others = [code for code in OWN_NAMES if code != language]
    assert [code for code in OWN_NAMES if f'href="?lang={code}"' in page] == others
    assert [code for code in others if f">{OWN_NAMES[code]}</a>" not in page] == []
