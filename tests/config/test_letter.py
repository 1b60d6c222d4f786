"""The letters in `letters/` are what a person reads: each is compared word for word."""

import tomllib
from pathlib import Path

import pytest

from config.errors import ConfigurationError, Mistake, MistakeCode
from config.letter import render, render_advice, sentence
from config.loading import load
from config.model import Installation

LETTERS = Path(__file__).parent / "letters"
NAMES = sorted(file.stem for file in LETTERS.glob("*.toml"))


def letter(name: str, language: str) -> str:
    with pytest.raises(ConfigurationError) as caught:
        load(Path(f"{name}.toml"))
    return render(caught.value, language)


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("name", NAMES)
def test_a_mistaken_file_is_answered_with_its_letter(name, language, monkeypatch) -> None:
    monkeypatch.chdir(LETTERS)
    assert letter(name, language) == (LETTERS / f"{name}.{language}.txt").read_text("utf-8")


def test_no_letter_shows_a_secret(monkeypatch) -> None:
    monkeypatch.chdir(LETTERS)
    for name in NAMES:
        for secret in ("nobody-sees", "too-short", "1234567890"):
            assert secret not in letter(name, "en")


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("code", MistakeCode)
def test_every_code_has_its_sentence(code, language) -> None:
    allowed = {MistakeCode.PATTERN: "^[a-z0-9-]{2,20}$", MistakeCode.WRONG_TYPE: "integer"}.get(
        code, "x"
    )
    said = sentence(Mistake("p", code, "f", (allowed,), "s", "o"), language)
    assert said
    assert "{" not in said


def test_both_languages_say_the_same_things() -> None:
    texts = Path(__file__).resolve().parents[2] / "config" / "texts"
    vi, en = (tomllib.loads((texts / f"{n}.toml").read_text("utf-8")) for n in ("vi", "en"))
    assert {area: set(vi[area]) for area in vi} == {area: set(en[area]) for area in en}


def patterns(schema: object) -> set[str]:
    if isinstance(schema, dict):
        own = {schema["pattern"]} if isinstance(schema.get("pattern"), str) else set()
        return own.union(*(patterns(part) for part in schema.values()))
    return set().union(*map(patterns, schema)) if isinstance(schema, list) else set()


def test_every_pattern_of_the_model_is_put_into_words() -> None:
    for pattern in patterns(Installation.model_json_schema()):
        said = sentence(Mistake("p", MistakeCode.PATTERN, "f", (pattern,)))
        assert pattern not in said


def test_advice_is_a_letter_of_its_own_and_no_letter_without_any() -> None:
    advice = (Mistake("kiosks[0].token", MistakeCode.PLACEHOLDER_SECRET, line=3),)
    assert "kiosks[0].token (line 3)" in render_advice(Path("a.toml"), advice, "en")
    assert render_advice(Path("a.toml"), (), "en") == ""


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_kind_of_value_is_put_into_words(language) -> None:
    kinds = ["integer", "text", "boolean", "list", "table", "time", "date", "number"]
    for kind in kinds:
        said = sentence(Mistake("p", MistakeCode.WRONG_TYPE, "f", (kind,)), language)
        assert "{{" not in said
        assert "WRONG" not in said


def test_a_letter_moves_no_terminal() -> None:
    mistake = Mistake("a\x1b[2J", MistakeCode.UNKNOWN_NAME, "x\u202ey", ("b\x07",))
    said = render(ConfigurationError(Path("c.toml"), (mistake,)), "en")
    assert "\\u001b[2J" in said
    assert all(c.isprintable() or c == "\n" for c in said)
