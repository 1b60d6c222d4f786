import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.scanners.keys import (
    EV_KEY,
    EV_SYN,
    EVENT,
    KEY_CAPSLOCK,
    KEY_LEFTALT,
    KEYS,
    PRESSED,
    RELEASED,
    SYN_DROPPED,
    UNREADABLE,
    KeyDecoder,
    events_of,
)

TYPEABLE = sorted({character for pair in KEYS.values() for character in pair} - {"\r"})


def key(code: int, value: int) -> bytes:
    return EVENT.pack(1, 2, EV_KEY, code, value)


@pytest.mark.parametrize(
    "text",
    [
        "H56.14-240823-0001",
        "000.00.12.H26-250728-0042",
        "https://dichvucong.example.vn/?ma=H56&x=1_2%20~",
        "A1042",
        "HOSO-TTHC",
    ],
)
def test_what_a_scanner_types_is_read_by_the_place_of_its_keys(text: str) -> None:
    assert KeyDecoder().feed(events_of(text + "\r")) == text.encode() + b"\r"


@given(st.text(TYPEABLE, max_size=30), st.integers(1, 40))
def test_events_may_come_in_any_pieces(text: str, piece: int) -> None:
    events, decoder = events_of(text + "\r"), KeyDecoder()
    pieces = [events[at : at + piece] for at in range(0, len(events), piece)]
    assert b"".join(map(decoder.feed, pieces)) == text.encode() + b"\r"


@given(st.binary(max_size=500))
def test_rubbish_gives_characters_or_the_mark_of_what_is_unreadable(data: bytes) -> None:
    typed = KeyDecoder().feed(data)
    assert set(typed) <= set("".join(TYPEABLE).encode() + b"\r" + UNREADABLE)


def test_a_held_key_is_typed_once() -> None:
    repeats = key(30, PRESSED) + key(30, 2) * 5 + key(30, RELEASED)
    assert KeyDecoder().feed(repeats) == b"a"


def test_caps_lock_changes_nothing() -> None:
    typed = key(KEY_CAPSLOCK, PRESSED) + key(KEY_CAPSLOCK, RELEASED) + key(30, PRESSED)
    assert KeyDecoder().feed(typed) == b"a"


def test_lost_events_make_the_code_unreadable_and_let_go_of_shift() -> None:
    lost = EVENT.pack(0, 0, EV_SYN, SYN_DROPPED, 0)
    assert KeyDecoder().feed(key(42, PRESSED) + lost + key(30, PRESSED)) == UNREADABLE + b"a"


def test_a_character_by_alt_and_number_is_not_guessed() -> None:
    alt = key(KEY_LEFTALT, PRESSED) + key(79, PRESSED) + key(KEY_LEFTALT, RELEASED)
    assert KeyDecoder().feed(alt + key(79, PRESSED)) == UNREADABLE + b"1"


def test_a_key_without_a_character_makes_the_code_unreadable() -> None:
    assert KeyDecoder().feed(key(59, PRESSED)) == UNREADABLE


def test_no_key_types_vietnamese() -> None:
    with pytest.raises(ValueError, match="ố"):
        events_of("số")
