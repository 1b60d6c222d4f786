import pytest


@pytest.mark.parametrize(
    ("first", "last", "code"),
    [
        (499, 999, "bands_overlap"),
        (0, 10, "bands_overlap"),
        (400, 450, "bands_overlap"),
        (600, 599, "first_after_last"),
        (500, 1000, "too_many_digits"),
    ],
)
def test_bands_that_run_into_each_other_or_are_upside_down(only_mistake, first, last, code) -> None:
    changes = {"services[1].series.first": first, "services[1].series.last": last}
    assert only_mistake(changes).code == code


@pytest.mark.parametrize(
    "band",
    [
        {"prefix": "A", "first": 500, "last": 500},
        {"prefix": "B", "first": 1, "last": 499},
        {"prefix": "", "first": 1, "last": 499},
        {"prefix": "A", "first": 1000, "last": 1999, "width": 4},
    ],
)
def test_bands_beside_each_other_are_right(mistakes, band) -> None:
    assert mistakes({"services[1].series": band}) == []


def test_overlapping_bands_are_named_with_their_printed_numbers(only_mistake) -> None:
    mistake = only_mistake({"services[1].series.first": 499})
    assert (mistake.found, mistake.allowed) == ("A499–A999", ("A001–A499",))
    assert (mistake.path, mistake.other) == ("services[1].series", "services[0].series")


def test_a_sign_must_show_the_longest_number_of_its_counter(only_mistake) -> None:
    mistake = only_mistake({"agents[0].signs[1].columns": 3})
    assert (mistake.code, mistake.found, mistake.allowed) == ("too_long_for_sign", "3", ("≥ 4",))
