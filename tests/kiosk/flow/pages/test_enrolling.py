"""Before its hub lets it in a kiosk shows its code, and does nothing else."""

import pytest

from hub.client import EnrolmentPrompt
from kiosk.flow.events import Disconnected, ReserveChanged, Scanned, Tapped, Typed
from kiosk.flow.intents import StandIn
from kiosk.flow.screens import ENROL, UNBROKEN, Button, Page

ENTRY = EnrolmentPrompt("hub.lan", "kiosk-1", code="BCDF-GHJK", minutes=10)


def test_the_code_stands_in_one_piece_with_what_to_do(stranger) -> None:
    stranger.flow.enrolment_is(ENTRY)
    screen = stranger.screen
    assert screen.page == ENROL
    assert screen.code == f"BCDF{UNBROKEN}GHJK"
    assert "10 phút" in screen.remaining
    assert len(screen.steps) == 3
    assert "hub.lan" in screen.steps[0]


def test_without_the_hub_there_is_no_code_but_never_a_blank_screen(stranger) -> None:
    stranger.flow.enrolment_is(EnrolmentPrompt("hub.lan", "kiosk-1"))
    assert (stranger.screen.code, stranger.screen.steps) == ("", ())
    assert "hub.lan" in stranger.screen.remaining


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        (EnrolmentPrompt("hub.lan", "kiosk-1", turned_away=True, code="A-B"), "thu hồi quyền"),
        (EnrolmentPrompt("hub.lan", "kiosk-1", other="kiosk2", code="A-B"), "kiosk2"),
    ],
)
def test_why_it_is_not_let_in_is_told(stranger, entry, said) -> None:
    stranger.flow.enrolment_is(entry)
    assert said in stranger.screen.notice.text


def test_nobody_is_served_and_no_number_is_given_meanwhile(citizen) -> None:
    citizen.asks_for_a_number()
    citizen.flow.enrolment_is(ENTRY)
    citizen.sees(ReserveChanged({"civil-status": 5}))
    citizen.sees(Disconnected())
    intents = [*citizen.waits(1), *citizen.waits(10), *citizen.waits(100)]
    for event in (Tapped(Button.SERVICES), Typed("a"), Scanned("H56.14-261102-0001")):
        intents += citizen.sees(event)
    assert not [intent for intent in intents if isinstance(intent, StandIn)]
    assert citizen.screen.page == ENROL


def test_the_technician_may_read_it_in_english(stranger) -> None:
    stranger.flow.enrolment_is(ENTRY)
    stranger.taps(Button.LANGUAGE, "en")
    assert stranger.screen.title == "Code of this device"


def test_once_let_in_it_begins_with_the_first_page(citizen) -> None:
    citizen.taps(Button.SERVICES)
    citizen.flow.enrolment_is(ENTRY)
    citizen.flow.enrolment_is(None)
    citizen.arrives()
    assert citizen.page is Page.WELCOME
