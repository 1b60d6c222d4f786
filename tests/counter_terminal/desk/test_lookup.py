from counter_terminal.desk.events import Ask, AskPlace
from counter_terminal.desk.lookup import Lookup


def test_only_the_last_question_has_an_answer() -> None:
    lookup = Lookup()
    assert lookup.ask(Ask("a"), up=True) == (Ask("a"),)
    lookup.sent("1")
    lookup.ask(AskPlace("b"), up=True)
    assert lookup.answered("") is None
    lookup.sent("2")

    assert lookup.answered("1") is None
    assert lookup.answered("2") == AskPlace("b")
    assert lookup.answered("2") is None


def test_a_question_without_a_line_is_kept_and_goes_out_once() -> None:
    lookup = Lookup()
    assert lookup.ask(Ask("a"), up=False) == ()
    assert lookup.line(False) == ()
    assert lookup.line(True) == (Ask("a"),)
    lookup.sent("1")
    assert lookup.line(True) == ()
    assert lookup.open == Ask("a")

    lookup.forget()
    assert lookup.line(True) == ()
    assert lookup.answered("1") is None
