import pytest

from drivers.simulators.printer.interpreter.operations import MoveTicket, PresentTickets
from drivers.simulators.printer.mechanics.slot import Fate, Place, Slot


def presenter():
    return Slot(has_presenter=True)


def test_without_sensor_or_presenter_the_ticket_is_away() -> None:
    slot = Slot()
    slot.cut()
    slot.take()
    assert (slot.place, slot.has_ticket, dict(slot.fates)) == (Place.AWAY, False, {})


def test_a_ticket_hangs_until_it_is_taken() -> None:
    slot = Slot(has_sensor=True)
    slot.cut()
    assert (slot.place, slot.has_ticket) == (Place.HANGING, True)
    slot.take()
    assert (slot.has_ticket, slot.fates[Fate.TAKEN]) == (False, 1)


def test_a_held_ticket_cannot_be_reached_and_jams_with_the_next() -> None:
    slot = presenter()
    slot.cut()
    slot.take()
    assert (slot.place, slot.has_ticket) == (Place.HELD, False)
    slot.cut()
    assert slot.is_jammed
    slot.move(MoveTicket("eject"))
    assert slot.place is Place.HELD
    slot.free()
    assert (slot.place, slot.is_jammed) == (Place.AWAY, False)


@pytest.mark.parametrize(("action", "fate"), [("eject", Fate.EJECTED), ("retract", Fate.RETRACTED)])
def test_a_ticket_is_ejected_or_retracted(action, fate) -> None:
    slot = presenter()
    slot.move(MoveTicket(action))
    slot.cut()
    slot.move(MoveTicket(action))
    assert (slot.place, dict(slot.fates)) == (Place.AWAY, {fate: 1})


@pytest.mark.parametrize(("retracted", "fate"), [(True, Fate.RETRACTED), (False, Fate.EJECTED)])
def test_a_presented_ticket_that_nobody_takes_goes_when_its_time_is_over(retracted, fate) -> None:
    slot = presenter()
    slot.cut()
    slot.present_all(PresentTickets(10, is_retracted=retracted))
    slot.pass_time(9.9)
    assert slot.has_ticket
    slot.pass_time(0.2)
    assert (slot.place, dict(slot.fates)) == (Place.AWAY, {fate: 1})
    slot.cut()
    assert slot.has_ticket
    slot.take()
    assert slot.fates[Fate.TAKEN] == 1


def test_a_presented_ticket_stays_where_no_time_is_set_and_makes_way_for_the_next() -> None:
    slot = presenter()
    slot.cut()
    slot.move(MoveTicket("present"))
    slot.pass_time(1e6)
    assert slot.place is Place.PRESENTED
    slot.cut()
    assert (slot.place, dict(slot.fates)) == (Place.HELD, {Fate.EJECTED: 1})


def test_power_lost_forgets_what_was_ordered() -> None:
    slot = presenter()
    slot.present_all(PresentTickets(5, is_retracted=True))
    slot.cut()
    slot.lose_power()
    slot.pass_time(10)
    assert slot.place is Place.PRESENTED
    slot.take()
    slot.cut()
    assert slot.place is Place.HELD


def test_the_ejector_byte() -> None:
    slot = presenter()
    assert slot.byte(paper_low=False, paper_out=False) == 0x04
    slot.cut()
    slot.move(MoveTicket("present", 5))
    assert slot.byte(paper_low=True, paper_out=True) == 0x09
    slot.jam()
    assert slot.byte(paper_low=False, paper_out=False) == 0xCC
