"""How texts become words."""

import unicodedata

import pytest

from service_floor.procedures.words import Word, folded_words, retyped, sounding_alike, words


def test_words_are_folded_and_one_in_i_and_y() -> None:
    assert folded_words("Đăng KÍ, thường-trú (1.004222)") == (
        "dang",
        "ki",
        "thuong",
        "tru",
        "1",
        "004222",
    )
    assert folded_words("ký lý quy mỹ tay thủy") == ("ki", "li", "qui", "mi", "tay", "thuy")


def test_the_place_of_the_tone_does_not_matter_but_the_tone_does() -> None:
    (old,), (new,) = words("hoà"), words("hòa")
    assert old == new
    assert words(unicodedata.normalize("NFD", "hòa")) == (new,)
    assert words("hóa") != (new,)


def test_a_word_without_accents_says_nothing_about_them() -> None:
    assert words("hoa") == (Word("hoa"),)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ddaats", {"dat"}),
        ("ho65", {"ho"}),
        ("chie61u", {"chieu"}),
        ("123", set()),
        ("bank", set()),
    ],
)
def test_keys_that_no_input_method_heard_are_understood(typed: str, meant: set[str]) -> None:
    assert {word.folded for word in retyped(Word(typed))} == meant


def test_a_word_with_accents_was_typed_with_an_input_method() -> None:
    assert retyped(*words("đất")) == ()


def test_consonants_that_sound_alike_are_exchanged() -> None:
    assert "xay" in sounding_alike("say")
    assert "chung" in sounding_alike("trung")
    assert sounding_alike("anh") == ()
