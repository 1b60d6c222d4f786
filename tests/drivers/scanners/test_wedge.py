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
