import copy
import os
import unicodedata
from datetime import date, time
from pathlib import Path
from time import process_time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.errors import ConfigurationError
from config.letter import render
from config.loading import examine, load
from config.paths import at


def test_a_right_file_gives_an_installation(hall: Path) -> None:
    installation = load(hall)
    assert installation.hours.sessions[0].start == time(7, 30)
    assert installation.services[1].series.first == 500
    assert installation.kiosks[0].token.get_secret_value() == "a-token-nobody-sees-1"


def test_programs_beside_others_replace_ports_and_paths(hall: Path) -> None:
    changes = {
        "hub": {"http_port": 0},
        "kiosks[0].printer.port.port": 41234,
        "agents[0].signs[0].port.path": "/x",
    }
    installation = load(hall, changes)
    assert installation.hub.http_port == 0
    assert installation.kiosks[0].printer.port.port == 41234
    assert installation.agents[0].signs[0].port.path == "/x"


def test_a_replaced_place_that_is_not_there_is_named(mistakes) -> None:
    assert mistakes({"kiosks[3].name": "x"}) == [("kiosks[3].name", "no_such_place")]


@pytest.mark.parametrize(
    ("content", "code", "line"),
    [
        (b"[centre\n", "syntax", 1),
        (b"a = 1\nb = \n", "syntax", 2),
        (b"a = 1\n\n'''", "syntax", 3),
        (b"a = 1\n# T\xeaN\n", "not_utf8", 2),
        (b"a = " + b"9" * 5000, "syntax", 1),
        (b"a = 0x" + b"f" * 5000, "syntax", 1),
        (b"a = " + b"[" * 5000, "syntax", 1),
        (b"#" * 4_194_305, "too_large", None),
    ],
)
def test_a_file_that_is_no_toml_says_so(
    tmp_path: Path, content: bytes, code: str, line: int | None
) -> None:
    file = tmp_path / "x.toml"
    file.write_bytes(content)
    with pytest.raises(ConfigurationError) as caught:
        load(file)
    (mistake,) = caught.value.mistakes
    assert (mistake.code, mistake.line) == (code, line)


@pytest.mark.parametrize("name", ["missing.toml", "."])
def test_a_file_that_cannot_be_read_says_so(tmp_path: Path, name: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        load(tmp_path / name)
    assert caught.value.mistakes[0].code == "unreadable"
    assert name.removeprefix(".") in str(caught.value)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can be another user")
def test_a_file_that_others_may_not_read_names_user_owner_and_remedy(hall: Path) -> None:
    hall.chmod(0o600)
    os.seteuid(65534)
    try:
        with pytest.raises(ConfigurationError) as caught:
            load(hall)
    finally:
        os.seteuid(0)
    (mistake,) = caught.value.mistakes
    assert (mistake.code, mistake.found, mistake.other) == ("not_allowed", "nobody", "root")
    assert "chmod a+r" in render(caught.value)


def test_an_empty_file_names_all_that_is_missing(tmp_path: Path) -> None:
    file = tmp_path / "x.toml"
    file.write_text("")
    with pytest.raises(ConfigurationError) as caught:
        load(file)
    needed = {"centre", "hours", "agencies", "services", "counters"}
    assert {(m.path, m.code) for m in caught.value.mistakes} == {(n, "missing") for n in needed}


def test_decomposed_letters_and_the_mark_of_an_editor_are_accepted(hall: Path) -> None:
    hall.write_text("\ufeff" + unicodedata.normalize("NFD", hall.read_text()), encoding="utf-8")
    assert load(hall).services[0].name == "Hộ tịch"


@pytest.mark.parametrize("wrong", ["1", 1.0, True, [1], {"a": 1}, date(2026, 1, 1)])
def test_nothing_is_taken_for_a_number_that_is_none(mistakes, wrong) -> None:
    assert mistakes({"counters[0].number": wrong}) == [("counters[0].number", "wrong_type")]


def test_mistakes_of_both_kinds_are_named_together(mistakes) -> None:
    found = mistakes(
        {"services[0].typical_minutes": 0, "services[1].agency": "x", "centre.name": ""}
    )
    assert found == [
        ("centre.name", "text_length"),
        ("services[0].typical_minutes", "out_of_range"),
        ("services[1].agency", "unknown_name"),
    ]


def test_what_only_follows_from_a_mistake_is_not_told(mistakes) -> None:
    assert mistakes({"counters[0].id": "C 1"}) == [("counters[0].id", "pattern")]
    assert mistakes({"counters[0].profile": 7}) == [("counters[0].profile", "wrong_type")]
    assert mistakes({"hours.sessions[0].end": "x"}) == [("hours.sessions[0].end", "wrong_type")]
    assert mistakes({"services[0].series": 1}) == [("services[0].series", "wrong_type")]


def places(data: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    inner = (
        data.items()
        if isinstance(data, dict)
        else enumerate(data)
        if isinstance(data, list)
        else ()
    )
    return [path, *(p for key, value in inner for p in places(value, (*path, key)))]


ANYTHING = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=5),
    st.dates(),
    st.times(),
    st.datetimes(),
    st.lists(st.integers() | st.text(max_size=3), max_size=3),
    st.dictionaries(st.text(max_size=4), st.integers(), max_size=2),
    st.builds(lambda: {"kind": "alsa"}),
    st.builds(lambda: [{"id": "x"}, 7]),
)


@pytest.mark.slow
@given(data=st.data())
def test_whatever_stands_in_a_file_is_accepted_or_answered_with_a_letter(demo_data, data) -> None:
    """Values are replaced or taken out anywhere, several at once; None takes the place out."""
    broken = copy.deepcopy(demo_data)
    for _ in range(data.draw(st.integers(1, 3))):
        *way, last = data.draw(st.sampled_from(places(broken)[1:] or [("centre",)]))
        owner = at(broken, way)
        value = data.draw(ANYTHING)
        if value is not None:
            owner[last] = value
        elif last in owner or isinstance(last, int):
            del owner[last]
    installation, mistakes = examine(broken)
    assert (installation is None) == bool(mistakes)
    for language in ("vi", "en"):
        letter = render(ConfigurationError(Path("demo.toml"), mistakes), language)
        assert "demo-token-of" not in letter


def test_very_many_mistakes_are_named_in_bearable_time(tmp_path) -> None:
    file = tmp_path / "centre.toml"
    file.write_text("".join(f"key{n} = 1\n" for n in range(3_000)), "utf-8")
    before = process_time()
    with pytest.raises(ConfigurationError) as caught:
        load(file)
    assert [m.line for m in caught.value.mistakes if m.found == "key2999"] == [3_000]
    assert process_time() - before < 2
