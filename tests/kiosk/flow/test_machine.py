"""What stands around every page."""

from kiosk.flow.screens import Button


def test_the_time_is_the_hubs_and_the_date_is_vietnams(citizen) -> None:
    frame = citizen.flow.picture().frame
    assert (frame.time, frame.date) == ("08:15", "20/11/2026")


def test_back_and_home_are_offered_where_they_lead_somewhere(citizen) -> None:
    assert not citizen.flow.picture().frame.can_go_back
    citizen.taps(Button.SERVICES)
    frame = citizen.flow.picture().frame
    assert (frame.can_go_back, frame.can_go_home) == (True, True)
