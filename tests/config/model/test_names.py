"""Names in several languages: how they are written, and which one is shown."""

import pickle
import tomllib

import pytest
from pydantic import ValidationError

from config.errors import MistakeCode
from config.loading import examine
from config.model.names import LONGEST_NAME, Names
from plumbing.languages import LANGUAGES

PLAIN = """
[centre]
{centre}
[[agencies]]
id = "justice"
names.vi = "Sở Tư pháp"
[[services]]
id = "land"
{service}
agency = "justice"
series = {{ prefix = "A" }}
[[counters]]
id = "c1"
number = 1
name = "Quầy 1"
profile = [["land"]]
[hours]
[[hours.sessions]]
name = "morning"
label = "Sáng"
start = 07:30:00
end = 11:30:00
"""


def read(centre='name = "Trung tâm"', service='name = "Đất đai"'):
    return examine(tomllib.loads(PLAIN.format(centre=centre, service=service)))


def test_a_name_is_shown_in_the_language_that_it_has_else_in_the_house_language() -> None:
    names = Names(vi="Đất đai", en="Land")
    assert [names.in_(language) for language in LANGUAGES] == ["Đất đai", "Land"]
    assert Names(vi="Đất đai").in_("en") == "Đất đai"
    assert Names(vi="Đất đai").in_("xx") == "Đất đai"


def test_names_travel_to_a_worker_process() -> None:
    names = Names(vi="Đất đai", en="Land")
    assert pickle.loads(pickle.dumps(names)) == names


@pytest.mark.parametrize("vi", ["", "x" * (LONGEST_NAME + 1), None])
def test_a_name_stands_in_the_house_language_and_is_not_too_long(vi) -> None:
    with pytest.raises(ValidationError):
        Names(vi=vi)


@pytest.mark.parametrize(
    "written",
    [
        'names = { vi = "Đất đai", en = "Land" }',
        'names.vi = "Đất đai"\nnames.en = "Land"',
        'name = "Đất đai"\nname_en = "Land"',
    ],
)
def test_a_name_may_be_written_as_a_table_or_short(written) -> None:
    installation, mistakes = read(service=written)
    assert mistakes == ()
    service = installation.services[0]
    assert (service.name, service.names.in_("en")) == ("Đất đai", "Land")


@pytest.mark.parametrize(
    ("written", "place", "code"),
    [
        ('name = ""', "services[0].name", MistakeCode.TEXT_LENGTH),
        ('names = { vi = "" }', "services[0].names.vi", MistakeCode.TEXT_LENGTH),
        ('name_en = "Land"', "services[0].name", MistakeCode.MISSING),
        ('names = { en = "Land" }', "services[0].names.vi", MistakeCode.MISSING),
        ("", "services[0].names", MistakeCode.MISSING),
        ('names = "Land"', "services[0].names", MistakeCode.WRONG_TYPE),
        ('names = { vi = "Đất", xx = "?" }', "services[0].names.xx", MistakeCode.UNKNOWN_KEY),
        ('names = { vi = "Đất" }\nname = "Đất"', "services[0].name", MistakeCode.UNKNOWN_KEY),
        ("name = 7", "services[0].name", MistakeCode.WRONG_TYPE),
    ],
)
def test_a_mistake_is_named_at_the_key_that_was_written(written, place, code) -> None:
    _, mistakes = read(service=written)
    assert [(mistake.path, mistake.code) for mistake in mistakes] == [(place, code)]


def test_a_name_given_twice_is_named_as_both_were_written() -> None:
    data = tomllib.loads(PLAIN.format(centre='name = "T"', service='name = "Đất"'))
    again = {**data["services"][0], "id": "other", "series": {"prefix": "B"}}
    again["names"] = {"vi": again.pop("name")}
    data["services"].append(again)
    data["counters"][0]["profile"] = [["land", "other"]]
    _, mistakes = examine(data)
    assert [(m.path, m.other) for m in mistakes] == [("services[1].names.vi", "services[0].name")]
