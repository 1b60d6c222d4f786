import pytest

from drivers.scanners.wedge import LONGEST_CODE, Wedge


def typed(text: str, pause: float, wedge: Wedge | None = None, start: float = 10.0) -> str | None:
    wedge = wedge or Wedge()
    at = start
    for character in text:
        wedge.type(character, at)
        at += pause
    return wedge.enter(at)


@pytest.mark.parametrize("pause", [0.0, 0.001, 0.01, 0.02])
def test_a_scanner_is_known_by_its_pace(pause: float) -> None:
    assert typed("H56.14-240823-0001", pause) == "H56.14-240823-0001"


@pytest.mark.parametrize("pause", [0.05, 0.12, 0.3])
def test_a_person_is_not_taken_for_a_scanner(pause: float) -> None:
    assert typed("H56.14-240823-0001", pause) is None


def test_words_of_an_input_method_count_by_their_letters() -> None:
    wedge = Wedge()
    wedge.type("Á", 5.0)
    wedge.type("042", 5.03)
    assert wedge.enter(5.04) == "Á042"


def test_what_a_person_began_before_is_not_part_of_the_scan() -> None:
    wedge = Wedge()
    wedge.type("abc", 1.0)
    assert typed("A-1042", 0.005, wedge, start=3.0) == "A-1042"


def test_too_short_too_long_and_late_enters_are_no_scans() -> None:
    assert typed("A1", 0.001) is None
    assert typed("9" * (LONGEST_CODE + 1), 0.0) is None
    wedge = Wedge()
    wedge.type("A-1042", 1.0)
    assert wedge.enter(2.0) is None
    assert wedge.enter(2.0) is None


def test_a_slow_scanner_is_known_by_the_length_of_its_code() -> None:
    assert typed("H56.14-240823-0001", 0.04) == "H56.14-240823-0001"
    assert typed("A1042", 0.04) is None


@pytest.mark.parametrize("begun", ["H56.14-240823-", "A", "00"])
def test_the_end_of_a_code_is_not_a_code(begun: str) -> None:
    wedge = Wedge()
    wedge.type(begun, 10.0)
    assert typed("1042", 0.005, wedge, start=10.2) == ""
    assert typed("A-1042", 0.005, wedge, start=10.5) == "A-1042"


def test_a_line_feed_behind_the_enter_belongs_to_the_code() -> None:
    wedge = Wedge()
    assert not wedge.is_suffix(10.0)
    assert typed("A-1042", 0.005, wedge) == "A-1042"
    assert wedge.is_suffix(10.05)
    assert not wedge.is_suffix(10.5)
    wedge.type("5", 10.05)
    assert not wedge.is_suffix(10.06)
    assert typed("A-1043", 0.005, wedge, start=10.4) == "A-1043"
