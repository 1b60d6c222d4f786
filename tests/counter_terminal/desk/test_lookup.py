"""The desk's question about a scan: only the last one counts, and one without a connection is sent once."""

from counter_terminal.desk.events import Ask, AskPlace
from counter_terminal.desk.lookup import Lookup


def test_only_the_last_question_has_an_answer() -> None:
    lookup = Lookup()
    first, second = Ask("a"), AskPlace("b")
    assert lookup.ask(first, up=True) == (first,)
    lookup.ask(second, up=True)

    assert not lookup.answered(first)
    assert lookup.answered(second)
    assert not lookup.answered(second)


def test_the_answer_to_an_equal_question_before_does_not_count() -> None:
    lookup = Lookup()
    first, again = Ask("a"), Ask("a")
    lookup.ask(first, up=True)
    lookup.ask(again, up=True)
    assert not lookup.answered(first)
    assert lookup.answered(again)


def test_a_question_without_a_line_is_kept_and_goes_out_once() -> None:
    lookup = Lookup()
    question = Ask("a")
    assert lookup.ask(question, up=False) == ()
    assert lookup.line(False) == ()
    assert lookup.line(True) == (question,)
    assert lookup.line(True) == ()
    assert lookup.open == question

    lookup.forget()
    assert lookup.line(True) == ()
    assert not lookup.answered(question)
