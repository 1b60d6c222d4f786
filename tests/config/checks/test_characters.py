"""No setting holds a character that is not seen, and no date stands where a text is meant."""

from datetime import date, time

import pytest

from config.checks.characters import check_characters, named
from config.errors import ConfigurationError
from config.letter import render
from config.loading import load

PLACES = [
    "centre.name", "centre.hotline", "hub.address", "hub.host", "hub.tls.certificate", "hub.tls.authority",
    "catalogue.files[0]", "kiosks[0].scanner.port.path", "kiosks[0].token", "agents[0].speaker.folder",
    "agents[0].signs[0].port.path", "services[0].name", "officers[0].name", "officers[0].id", "boards[0].title",
]  # fmt: skip
TLS = {"certificate": "/c", "key": "/k", "authority": "/a"}


@pytest.mark.parametrize("letter", ["\0", "\a", "\n", "\x7f", "\x85", "\u202e", "\u2066", "\u200f", "\u200b", "\u2028", "\ufeff"])  # fmt: skip
@pytest.mark.parametrize("place", PLACES)
def test_a_hidden_character_has_its_letter(hall, place: str, letter: str) -> None:
    grounds = {"hub": {"tls": dict(TLS)}, "catalogue": {"files": ["x"]}}
    changes = {**grounds, "boards[0].title": "B", "centre.hotline": "1"}
    base = {key: value for key, value in changes.items() if "." not in key}
    value = f"/dev/a{letter}b-0123456789-0123456789"
    if place.startswith(("hub.", "catalogue.")):
        table, rest = place.split(".", 1)
        if rest.startswith("tls."):
            base["hub"]["tls"][rest[4:]] = value
        else:
            base[table] = {"files": [value]} if table == "catalogue" else {rest: value}
        overrides = {table: base[table]}
    elif place in {"centre.hotline", "boards[0].title"}:
        table, key = place.rsplit(".", 1)
        overrides = (
            {table: {"name": "board-1", key: value}}
            if table != "centre"
            else {table: {"name": "T", key: value}}
        )
    else:
        overrides = {place: value}
    with pytest.raises(ConfigurationError) as caught:
        load(hall, overrides)
    found = [m for m in caught.value.mistakes if m.code == "hidden_character"]
    assert [m.found for m in found] == [named(letter)], place
    assert found[0].path == place
    said = render(caught.value)
    assert named(letter) in said
    assert letter == "\n" or letter not in said
    assert "0123456789" not in said or "token" not in place


def test_a_scanner_may_frame_its_codes_with_control_characters(hall) -> None:
    framed = {"kiosks[0].scanner.port.path": "/dev/s"}
    assert load(hall, framed).kiosks[0].scanner.suffix == "\r"
    data = {"kiosks": [{"scanner": {"prefix": "\x02", "suffix": "\r\n"}}]}
    assert list(check_characters(data)) == []
    turned = {"kiosks": [{"scanner": {"prefix": "\u202e"}}]}
    assert [m.path for m in check_characters(turned)] == ["kiosks[0].scanner.prefix"]


@pytest.mark.parametrize("value", [date(2026, 11, 20), time(7, 30)])
@pytest.mark.parametrize(
    "place", ["centre.name", "services[0].name", "officers[0].name", "kiosks[0].scanner.port.path"]
)
def test_a_date_is_no_text(mistakes, place: str, value: date | time) -> None:
    assert (place, "wrong_type") in mistakes({place: value})


def test_dates_and_times_stand_where_they_are_meant(hall) -> None:
    assert load(hall, {"hours.closed_days": [date(2027, 1, 1)]}).hours.closed_days
