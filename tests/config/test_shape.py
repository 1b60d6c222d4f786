import pytest
from pydantic import ValidationError
from pydantic_core import InitErrorDetails, PydanticCustomError

from config.shape import mistakes_of, nearest


@pytest.mark.parametrize(
    ("path", "meant"),
    [
        ("kiosks[0].scanner.port.bauds", "baud"),
        ("kiosks[0].printer.port.hosts", "host"),
        ("agents[0].speaker.folders", "folder"),
        ("agents[0].signs[1].adress", "address"),
        ("hours.stop_before_close_minute", "stop_before_close_minutes"),
        ("officer", "officers"),
    ],
)
def test_a_misspelt_setting_is_answered_with_the_one_of_its_own_table(
    only_mistake, path, meant
) -> None:
    mistake = only_mistake({path: 1})
    assert (mistake.path, mistake.code, mistake.suggestion) == (path, "unknown_key", meant)


@pytest.mark.parametrize(
    ("changes", "path", "allowed"),
    [
        ({"hours.sessions[0].days": ["mom"]}, "hours.sessions[0].days[0]", "mon"),
        ({"calling": {"priority": "strictly"}}, "calling.priority", "strict"),
        ({"kiosks[0].printer.paper_mm": 57}, "kiosks[0].printer.paper_mm", "58"),
        ({"kiosks[0].scanner.port.wire": "serail"}, "kiosks[0].scanner.port.wire", "serial"),
        ({"kiosks[0].scanner.port.handshake": "rts"}, "kiosks[0].scanner.port.handshake", "rtscts"),
        ({"agents[0].speaker": {"kind": "alas"}}, "agents[0].speaker.kind", "alsa"),
    ],
)
def test_a_choice_that_does_not_exist_is_answered_with_those_that_do(
    only_mistake, changes, path, allowed
) -> None:
    mistake = only_mistake(changes)
    assert (mistake.path, mistake.code) == (path, "not_a_choice")
    assert allowed in mistake.allowed
    assert mistake.suggestion in {allowed, ""}


def test_a_wire_without_its_kind_misses_it(only_mistake) -> None:
    mistake = only_mistake({"kiosks[0].scanner.port": {"path": "/dev/x"}})
    assert (mistake.path, mistake.code) == ("kiosks[0].scanner.port.wire", "missing")


def test_a_list_whose_elements_are_all_wrong_is_not_also_called_empty(mistakes) -> None:
    sessions = [{"name": "morning", "label": "Sáng", "start": "x", "end": "y"}]
    assert mistakes({"hours.sessions": sessions, "services[1].sessions": []}) == [
        ("hours.sessions[0].end", "wrong_type"),
        ("hours.sessions[0].start", "wrong_type"),
    ]


def test_an_empty_list_is_counted(only_mistake) -> None:
    mistake = only_mistake({"hours.sessions[0].days": []})
    assert (mistake.code, mistake.found, mistake.allowed) == ("list_length", "0", ("≥ 1",))


def test_a_finding_without_a_code_of_ours_is_still_told() -> None:
    kind = PydanticCustomError("moon_phase", "wrong moon")
    details = InitErrorDetails(type=kind, loc=("hub", "host"), input="x", ctx={})
    error = ValidationError.from_exception_data("Installation", [details])
    (mistake,) = mistakes_of(error, {"hub": {"host": "x"}})
    assert (mistake.path, mistake.code, mistake.allowed) == ("hub.host", "invalid", ("moon_phase",))


def test_the_nearest_word_is_near() -> None:
    assert nearest("printr", ("printer", "scanner")) == "printer"
    assert nearest("xyz", ("printer", "scanner")) == ""
