"""What Telex keys write."""

import json
import re
import unicodedata
from functools import reduce
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service_floor.vietnamese.telex import compose, press
from service_floor.vietnamese.text import clean

SHARED = Path(__file__).resolve().parents[3].parent / "shared" / "data" / "procedures.json"


@pytest.mark.parametrize(
    ("keys", "text"),
    [
        ("ddawng kys", "đăng ký"),
        ("tachs thuwar ddaats", "tách thửa đất"),
        ("chuwngs thuwcj banr sao", "chứng thực bản sao"),
        ("giuwowngf", "giường"),
        ("dduwowcj", "được"),
        ("nguowif", "người"),
        ("nghieengx", "nghiễng"),
        ("xooong", "xoong"),
        ("quyeetj", "quyệt"),
        ("DDAATS", "ĐẤT"),
        ("Ddaats", "Đất"),
    ],
)
def test_usual_typing_writes_vietnamese(keys: str, text: str) -> None:
    assert compose(keys) == text


@pytest.mark.parametrize(
    ("keys", "text"),
    [
        ("dangdwf", "đằng"),
        ("tiesnge", "tiếng"),
        ("tieesng", "tiếng"),
        ("hoafn", "hoàn"),
        ("dod", "đo"),
        ("huowu", "hươu"),
        ("uowo", "uô"),
        ("aaw", "ă"),
        ("awa", "â"),
        ("saf", "sà"),
        ("sasf", "sà"),
    ],
)
def test_signs_may_come_in_any_order_behind_their_letter(keys: str, text: str) -> None:
    assert compose(keys) == text


@pytest.mark.parametrize(
    ("keys", "text"),
    [
        ("hoaf", "hòa"),
        ("khoer", "khỏe"),
        ("thuyr", "thủy"),
        ("mias", "mía"),
        ("gif", "gì"),
        ("giaf", "già"),
        ("quas", "quá"),
        ("ngoaif", "ngoài"),
        ("khuyar", "khuỷa"),
        ("toans", "toán"),
        ("cuwar", "cửa"),
        ("thuowr", "thuở"),
        ("huowng", "hương"),
    ],
)
def test_the_tone_sits_on_its_vowel(keys: str, text: str) -> None:
    assert compose(keys) == text


@pytest.mark.parametrize(
    ("keys", "text"),
    [
        ("ass", "as"),
        ("asss", "ass"),
        ("aaa", "aa"),
        ("aaaa", "aaa"),
        ("aww", "aw"),
        ("ddd", "dd"),
        ("dddd", "ddd"),
        ("dodd", "dod"),
        ("thuoww", "thuow"),
        ("nguowiww", "nguoiww"),
        ("caaus", "cấu"),
        ("caausz", "câu"),
        ("caaz", "câz"),
        ("qddd", "qdd"),
    ],
)
def test_a_sign_is_taken_back_by_its_own_key(keys: str, text: str) -> None:
    assert compose(keys) == text


@pytest.mark.parametrize(
    ("keys", "text"),
    [
        ("w", "ư"),
        ("nhw", "như"),
        ("W", "Ư"),
        ("ww", "w"),
        ("wwifi", "wifi"),
        ("eiw", "eiw"),
        ("muawn", "mưan"),
        ("luanw", "luanw"),
        ("zw", "zw"),
    ],
)
def test_w_alone_is_u_horn_and_twice_is_itself(keys: str, text: str) -> None:
    assert compose(keys) == text


@pytest.mark.parametrize(
    "keys", ["hello", "bank", "xyz", "1.004222", "zf", "bcs", "ngoao", "H56-2"]
)
def test_what_is_no_syllable_passes_as_typed(keys: str) -> None:
    assert compose(keys) == keys


@pytest.mark.parametrize(("keys", "text"), [("QDD", "QĐ"), ("tnldd", "tnlđ"), ("add", "add")])
def test_abbreviations_take_a_stroke(keys: str, text: str) -> None:
    assert compose(keys) == text


def test_only_the_last_word_changes_and_split_letters_are_joined() -> None:
    assert press("toan hoa", "s") == "toan hóa"
    assert press("hoa ", "s") == "hoa s"
    assert press(unicodedata.normalize("NFD", "hoà"), "n") == "hoàn"


_TONE_KEYS = {"\u0301": "s", "\u0300": "f", "\u0309": "r", "\u0303": "x", "\u0323": "j"}
_SIGN_KEYS = {"â": "aa", "ê": "ee", "ô": "oo", "ă": "aw", "ơ": "ow", "ư": "uw", "đ": "dd"}


def keys_of(syllable: str) -> str:
    """How somebody who types the tone last writes a syllable."""
    letters = tone = ""
    for char in syllable:
        marks = unicodedata.normalize("NFD", char)
        tone += "".join(_TONE_KEYS.get(mark, "") for mark in marks)
        plain = unicodedata.normalize("NFC", "".join(m for m in marks if m not in _TONE_KEYS))
        letters += _SIGN_KEYS.get(plain, plain)
    return letters + tone


@pytest.mark.skipif(not SHARED.exists(), reason="the published list of procedures is not here")
def test_every_syllable_of_the_official_names_can_be_typed() -> None:
    names = (clean(entry["name"]).lower() for entry in json.loads(SHARED.read_text("utf-8")))
    marked = {word for name in names for word in re.findall(r"[^\W\d_]+", name)}
    syllables = {word for word in marked if not word.isascii()}
    wrong = {word for word in syllables if compose(keys_of(word)) != word}
    # The other house style of tones, and one word of two syllables.
    assert wrong <= {
        "hoà",
        "hoá",
        "hoả",
        "huỷ",
        "luỹ",
        "thuỷ",
        "tuý",
        "uỷ",
        "xoá",
        "nitơ",
        "ttđb",
        "tđc",
    }
    assert len(syllables) > 800


@given(st.text(alphabet="aeiouydwsfrxjzbcghlmnpqtAEOUDW 1", max_size=14))
def test_any_row_of_keys_gives_composed_text_no_longer_than_the_keys(keys: str) -> None:
    text = compose(keys)
    assert text == unicodedata.normalize("NFC", text)
    assert len(text) <= len(keys)
    assert reduce(press, keys, "") == text
