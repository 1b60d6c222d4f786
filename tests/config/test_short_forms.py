"""Short forms of a file: `name` and `name_en` become `names`, and mistakes go back to what was written."""

import pytest

from config.errors import Mistake, MistakeCode
from config.short_forms import as_written, without_short_forms

FILE = {
    "centre": {"name": "Trung tâm", "name_en": "Centre"},
    "services": [{"id": "a", "name": "Đất"}, {"id": "b", "names": {"vi": "Đất"}}, 7],
    "kiosks": [{"name": "kiosk-1"}],
    "unknown": {"name": "x"},
}


def test_names_stand_where_the_model_has_them_and_only_there() -> None:
    plain = without_short_forms(FILE)
    assert plain["centre"] == {"names": {"vi": "Trung tâm", "en": "Centre"}}
    assert plain["services"] == [
        {"id": "a", "names": {"vi": "Đất"}},
        {"id": "b", "names": {"vi": "Đất"}},
        7,
    ]
    assert (plain["kiosks"], plain["unknown"]) == (FILE["kiosks"], FILE["unknown"])


def test_the_data_of_the_file_stay_as_they_are() -> None:
    before = repr(FILE)
    without_short_forms(FILE)
    assert repr(FILE) == before


@pytest.mark.parametrize(
    ("place", "written"),
    [
        ("services[0].names.vi", "services[0].name"),
        ("centre.names.en", "centre.name_en"),
        ("services[1].names.vi", "services[1].names.vi"),
        ("services[0].names.xx", "services[0].names.xx"),
        ("services[2].names.vi", "services[2].names.vi"),
        ("services[9].names.vi", "services[9].names.vi"),
        ("services[0].agency", "services[0].agency"),
        ("", ""),
    ],
)
def test_a_mistake_is_placed_as_the_file_writes_it(place, written) -> None:
    mistake = as_written(Mistake(place, MistakeCode.DUPLICATE, other=place), FILE)
    assert (mistake.path, mistake.other) == (written, written)
