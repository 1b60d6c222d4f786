"""A desk's settings come from the configuration, in its language."""

from pathlib import Path

import pytest

from config.loading import load
from config.model.centre import Reasons
from counter_terminal.naming import desk_setup
from plumbing.sentences import load_sentences

DEMO = Path(__file__).parents[2] / "config" / "examples" / "demo.toml"


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_desk_has_its_counters_services_and_names(language: str) -> None:
    hall = load(DEMO)
    terminal = hall.counter_terminals[0].model_copy(update={"language": language})
    sentences = load_sentences("counter_terminal", language)
    setup = desk_setup(hall, terminal, sentences)
    counter = next(each for each in hall.counters if each.id == terminal.counter)
    assert (setup.counter, setup.counter_number) == (counter.id, counter.number)
    assert setup.profile == tuple(service for tier in counter.profile for service in tier)
    assert set(setup.services) == {service.id for service in hall.services}
    assert max(setup.park_minutes) <= hall.calling.park_limit_minutes
    assert setup.sentences is sentences
    names = set(setup.priorities.values())
    assert ("Người cao tuổi" in names) is (language == "vi")


def test_a_desk_without_a_printer_has_no_slips() -> None:
    hall = load(DEMO)
    terminal = hall.counter_terminals[0].model_copy(update={"printer": None})
    setup = desk_setup(hall, terminal, load_sentences("counter_terminal", "vi"))
    assert setup.papers is None


def test_a_centre_without_lists_of_reasons_has_common_ones() -> None:
    installation = load(DEMO)
    bare = installation.model_copy(update={"reasons": Reasons()})
    sentences = load_sentences("counter_terminal", "vi")
    listed, common = (
        desk_setup(each, each.counter_terminals[0], sentences) for each in (installation, bare)
    )
    assert [reason.id for reason in listed.no_show_reasons] == ["said", "left", "wrong"]
    assert common.no_show_reasons[0].name == "Công dân đã về"
    assert all(reason.id == reason.name for reason in common.cancel_reasons)
