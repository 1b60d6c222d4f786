from drivers.simulators.printer.faults import Fault
from drivers.simulators.printer.mechanics.composing import Strip
from drivers.simulators.printer.mechanics.feed import PaperFeed
from drivers.simulators.printer.mechanics.paper import Paper
from drivers.simulators.printer.mechanics.roll import PaperRoll


def test_a_strip_passes_as_far_as_the_roll_allows() -> None:
    paper, roll = Paper(80), PaperRoll(5, 3000)
    feed, strip = PaperFeed(paper, roll, 0), Strip(100)
    assert feed.move(strip) == (True, [])
    assert (feed.dots, strip.left, roll.left_dots) == (40, 60, 0)
    assert feed.move(strip) == (False, [])


def test_a_scripted_fault_stops_the_strip_at_its_dot() -> None:
    feed, strip = PaperFeed(Paper(80), PaperRoll(None, 3000), 0), Strip(100)
    feed.script.arm(30, Fault.OUT_AT)
    assert feed.move(strip) == (True, [Fault.PAPER_OUT])
    assert strip.left == 70


def test_cuts_are_counted_and_blank_paper_is_not_torn_off() -> None:
    feed = PaperFeed(Paper(80), PaperRoll(None, 3000), 0)
    assert feed.tear_off() is None
    feed.cut()
    assert feed.cuts == 1
