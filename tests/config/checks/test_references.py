import pytest

from config.errors import ConfigurationError
from config.loading import load

UNKNOWN = [
    ("services[0].agency", "justise", "justice"),
    ("services[1].sessions[0]", "mornin", "morning"),
    ("counters[0].profile[1][0]", "certificate", "certification"),
    ("officers[0].counters[0]", "c2", "c1"),
    ("kiosks[0].services[0]", "civil-state", "civil-status"),
    ("counter_terminals[0].counter", "c11", "c1"),
    ("boards[0].counters[0]", "x1", "c1"),
    ("agents[0].signs[1].counter", "c12", "c1"),
]


@pytest.mark.parametrize(("path", "wrong", "meant"), UNKNOWN)
def test_a_name_that_nothing_has_is_answered_with_the_one_meant(
    mistakes, hall, path, wrong, meant
) -> None:
    with pytest.raises(ConfigurationError) as caught:
        load(hall, {path: wrong})
    mistake = next(m for m in caught.value.mistakes if m.path == path)
    assert (mistake.code, mistake.found) == ("unknown_name", f'"{wrong}"')
    assert meant in mistake.allowed
    assert mistake.suggestion in {meant, ""}


def test_substitutes_and_shifts_name_what_exists(only_mistake) -> None:
    place = "officers[0].substitutes_for"
    assert only_mistake({place: ["nobody"]}).path == f"{place}[0]"
    assert only_mistake({"officers[0].shifts": ["mornin"]}).suggestion == "morning"


def test_a_counter_of_an_agent_must_exist(only_mistake) -> None:
    assert only_mistake({"agents[0].counters": ["c9"]}).path == "agents[0].counters[0]"


REPEATED = [
    ({"services[1].name": "Hộ tịch"}, "services[1].name", "services[0].name"),
    ({"hours.sessions[1].name": "morning"}, "hours.sessions[1].name", "hours.sessions[0].name"),
    ({"boards[0].name": "kiosk-1"}, "boards[0].name", "kiosks[0].name"),
    (
        {"counters[0].profile": [["civil-status", "certification"], ["civil-status"]]},
        "counters[0].profile[1][0]",
        "counters[0].profile[0][0]",
    ),
    (
        {"reasons": {"pause": [{"id": "a", "name": "A"}, {"id": "a", "name": "B"}]}},
        "reasons.pause[1].id",
        "reasons.pause[0].id",
    ),
    (
        {"agencies": [{"id": "justice", "name": "A"}, {"id": "justice", "name": "B"}]},
        "agencies[1].id",
        "agencies[0].id",
    ),
    (
        {"priority_classes": [{"id": "old", "name": "A"}, {"id": "old", "name": "B"}]},
        "priority_classes[1].id",
        "priority_classes[0].id",
    ),
]


@pytest.mark.parametrize(("changes", "path", "other"), REPEATED)
def test_what_is_given_twice_is_named_with_both_places(only_mistake, changes, path, other) -> None:
    mistake = only_mistake(changes)
    assert (mistake.code, mistake.path, mistake.other) == ("duplicate", path, other)


def test_two_counters_cannot_bear_one_number(only_mistake) -> None:
    second = {"id": "c2", "number": 1, "name": "Quầy 2", "profile": [["certification"]]}
    first = {"id": "c1", "number": 1, "name": "Quầy 1", "profile": [["civil-status"]]}
    mistake = only_mistake({"counters": [first, second]})
    assert (mistake.path, mistake.found) == ("counters[1].number", "1")


def test_two_devices_cannot_share_a_secret_and_it_is_not_shown(only_mistake) -> None:
    mistake = only_mistake({"boards[0].token": "a-token-nobody-sees-1"})
    assert (mistake.code, mistake.other) == ("duplicate_secret", "kiosks[0].token")
    assert "nobody" not in str(mistake)


def test_a_service_that_no_counter_takes_is_a_mistake(only_mistake) -> None:
    mistake = only_mistake({"counters[0].profile": [["civil-status"]]})
    assert (mistake.code, mistake.path) == ("not_served", "services[1]")


def test_a_tier_without_services_is_a_mistake(mistakes) -> None:
    changes = {"counters[0].profile": [["civil-status", "certification"], []]}
    assert mistakes(changes) == [("counters[0].profile[1]", "list_length")]


KEY = "a-key-of-the-one-stop-nobody-sees"


def key(name="one-stop", secret=KEY, scopes=("floor:read",)):
    return {"name": name, "key": secret, "scopes": list(scopes)}


def test_a_key_of_the_open_interface_needs_its_own_name_and_secret(mistakes) -> None:
    assert mistakes({"api_keys": [key(), key(secret=f"{KEY}-2")]}) == [
        ("api_keys[1].name", "duplicate")
    ]
    assert mistakes({"api_keys": [key(), key("reports")]}) == [
        ("api_keys[1].key", "duplicate_secret")
    ]
    assert mistakes({"api_keys": [key()], "boards[0].token": KEY}) == [
        ("api_keys[0].key", "duplicate_secret")
    ]


def test_a_key_that_is_too_short_is_not_shown(only_mistake) -> None:
    mistake = only_mistake({"api_keys": [key(secret="nobody-sees-this")]})
    assert (mistake.path, mistake.code) == ("api_keys[0].key", "text_length")
    assert "nobody" not in str(mistake)


def test_a_scope_that_there_is_not_is_answered_with_those_that_there_are(only_mistake) -> None:
    mistake = only_mistake({"api_keys": [key(scopes=["floor:write"])]})
    assert (mistake.path, mistake.code) == ("api_keys[0].scopes[0]", "not_a_choice")
    assert mistake.allowed == ("floor:read", "reports:read", "dossiers:read", "dossiers:write")
    assert mistake.suggestion == "floor:read"


def test_a_key_without_scopes_opens_nothing_and_is_a_mistake(only_mistake) -> None:
    assert only_mistake({"api_keys": [key(scopes=[])]}).path == "api_keys[0].scopes"
