import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.paths import at, replaced, steps_of, within, written

DATA = {"hub": {"port": 1}, "kiosks": [{"name": "a"}, {"name": "b"}]}
STEPS = st.lists(st.one_of(st.from_regex(r"[a-z_-]{1,8}", fullmatch=True), st.integers(0, 99)))


@pytest.mark.slow
@given(st.tuples(st.just("root")), STEPS)
def test_a_written_path_reads_back_as_its_steps(root, steps) -> None:
    assert steps_of(written((*root, *steps))) == (*root, *steps)


def test_values_are_replaced_in_a_copy() -> None:
    changed, mistakes = replaced(DATA, {"hub.port": 0, "kiosks[1].name": "c", "hub.host": "::1"})
    assert mistakes == ()
    assert changed["hub"] == {"port": 0, "host": "::1"}
    assert [k["name"] for k in changed["kiosks"]] == ["a", "c"]
    assert DATA["hub"] == {"port": 1}


def test_a_whole_element_can_be_replaced() -> None:
    assert replaced(DATA, {"kiosks[0]": {}})[0]["kiosks"][0] == {}


@pytest.mark.parametrize(
    "path",
    [
        "",
        "kiosks[2].name",
        "kiosks[2]",
        "nothing.port",
        "hub.port.x",
        "hub.port.x.y",
        "hub[0]",
        "kiosks.name",
        "hub..port",
        "hub port",
    ],
)
def test_a_place_that_is_not_there_is_a_mistake(path) -> None:
    changed, (mistake,) = replaced(DATA, {path: 1})
    assert (mistake.path, mistake.code) == (path, "no_such_place")
    assert changed == DATA


def test_what_lies_inside_a_place() -> None:
    assert within("services[1].series.first", "services[1]")
    assert within("services[1]", "services")
    assert not within("services[11]", "services[1]")
    assert at(DATA, ("kiosks", 0, "name")) == "a"
