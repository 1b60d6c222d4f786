"""The pages on the way to a number, in the cases that are not every day's."""

from dataclasses import replace

import pytest

from drivers.protocols import DeviceStatus, Health
from hub.messages import FloorView
from kiosk.flow.events import FloorChanged, PrinterChanged
from kiosk.flow.machine import KioskFlow
from kiosk.flow.present import present
from kiosk.flow.screens import Button, Page, SlipState


def changed(citizen, **changes):
    """The same kiosk with other things known beforehand."""
    citizen.reference = replace(citizen.reference, **changes)
    state = citizen.flow.state
    citizen.flow = KioskFlow(citizen.reference)
    citizen.flow._state = state
    return citizen


@pytest.fixture
def without_printer(citizen):
    kiosk = citizen.reference.kiosk.model_copy(update={"printer": None})
    return changed(citizen, kiosk=kiosk)


@pytest.mark.parametrize(("ended", "session"), [(True, "morning"), (False, None)])
def test_outside_the_hours_the_first_page_says_so(citizen, ended, session) -> None:
    day = citizen.flow.state.known.floor.day
    citizen.sees(FloorChanged(FloorView(day=day, ended=ended, session=session), {}, {}))
    assert "giờ lấy số" in citizen.screen.notice.text


def test_a_service_of_which_nothing_is_known_yet_can_be_taken(citizen) -> None:
    citizen.sees(FloorChanged(None, {}, {}))
    citizen.taps(Button.SERVICES)
    assert {tile.note for tile in citizen.screen.tiles} == {"Chưa có số liệu"}
    citizen.taps(Button.SERVICE, "land")
    assert [fact.value for fact in citizen.screen.facts] == ["04"]


def test_a_service_without_an_open_counter_says_so(citizen, floor_of) -> None:
    citizen.sees(floor_of(open_counters=0, waiting=0))
    citizen.taps(Button.SERVICES)
    assert citizen.screen.tiles[0].note == "0 người chờ"
    citizen.taps(Button.SERVICE, "land")
    assert "chưa có quầy nào mở" in citizen.screen.notice.text


def test_a_printer_fault_other_than_paper_is_told_in_general(citizen) -> None:
    citizen.sees(PrinterChanged(DeviceStatus(Health.FAULT, ("cover_open",))))
    assert "không in được" in citizen.screen.notice.text


def test_a_kiosk_without_a_printer_never_speaks_of_a_broken_one(without_printer) -> None:
    citizen = without_printer
    assert citizen.screen.notice.text == ""
    citizen.taps(Button.SERVICES)
    citizen.taps(Button.SERVICE, "land")
    assert "không in phiếu" in citizen.screen.notice.text
    citizen.taps(Button.CONFIRM)
    (told,) = citizen.is_given()
    assert told.reason == "no_printer"
    assert citizen.screen.slip is SlipState.NONE


def test_a_ticket_says_its_priority_and_only_what_is_known(citizen) -> None:
    citizen.asks_for_a_number()
    citizen.is_given(ahead=None, estimate_seconds=None, priority="elderly")
    assert citizen.screen.priority == "Ưu tiên: Người cao tuổi"
    assert [fact.label for fact in citizen.screen.facts] == ["Quầy phục vụ"]


def test_without_a_hotline_none_is_shown(citizen) -> None:
    centre = citizen.reference.centre.model_copy(update={"hotline": "", "authority": ""})
    changed(citizen, centre=centre)
    assert citizen.flow.picture().frame.hotline == ""
    citizen.flow._state = citizen.flow.state.at(Page.OUT_OF_SERVICE)
    assert citizen.screen.advice == "Mời Ông\u2060/\u2060Bà đến bàn hướng dẫn để lấy số."


def test_a_ticket_page_without_a_ticket_is_a_defect(citizen) -> None:
    with pytest.raises(ValueError, match="without a ticket"):
        present(citizen.flow.state.at(Page.TICKET), citizen.reference)


def test_a_service_without_an_estimate_or_a_counter_shows_only_who_waits(citizen, floor_of) -> None:
    changed(citizen, places={})
    floor = floor_of()
    services = {
        name: view.model_copy(update={"estimate_seconds": None})
        for name, view in floor.services.items()
    }
    citizen.sees(replace(floor, services=services))
    citizen.taps(Button.SERVICES)
    citizen.taps(Button.SERVICE, "land")
    assert [fact.value for fact in citizen.screen.facts] == ["4 người"]
