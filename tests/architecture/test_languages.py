"""Languages stand in one list, a name's language is chosen in one place, and every language has every text."""

import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from string import Formatter

import pytest

from plumbing.languages import LANGUAGES
from plumbing.plurals import plural_categories
from plumbing.sentences import FORMS, load_sentences

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = (
    "centerfloor", "config", "counter_terminal", "drivers",
    "hub", "kiosk", "plumbing", "queue_display", "service_floor",
)  # fmt: skip
SPEAKING = tuple(
    sorted(
        ".".join(texts.parent.relative_to(ROOT).parts)
        for package in PACKAGES
        for texts in (ROOT / package).rglob("texts")
        if (texts / "vi.toml").is_file()
    )
)
BOARD = ROOT / "queue_display" / "boards" / "pages" / "board"

CHOICE = re.compile(r"""([=!]=\s*["'](vi|en)["'])|(["'](vi|en)["']\s*[=!]=)""")
LIST = re.compile(r"""["']vi["'],\s*["']en["']""")
SHORT_FORM = re.compile(r"\bname_en\b")
SHORT_FORMS = {
    "config/model/names.py": "where the short forms are declared",
    "config/reference.py": "where they are described",
    "config/short_forms.py": "where they are read",
}


def sources() -> Iterator[tuple[str, str]]:
    for package in PACKAGES:
        for file in sorted((ROOT / package).rglob("*")):
            if file.suffix in {".py", ".js", ".html", ".qml"}:
                yield file.relative_to(ROOT).as_posix(), file.read_text("utf-8")


def test_the_language_of_a_name_is_chosen_in_one_place() -> None:
    assert [name for name, text in sources() if CHOICE.search(text)] == []
    assert {name for name, text in sources() if SHORT_FORM.search(text)} == SHORT_FORMS.keys()
    assert [name for name, text in sources() if "def in_(" in text] == ["config/model/names.py"]


def test_there_is_one_list_of_languages() -> None:
    assert [name for name, text in sources() if LIST.search(text)] == []


def test_the_packages_that_speak_are_found() -> None:
    assert len(SPEAKING) == 8


def places(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


@pytest.mark.parametrize("package", SPEAKING)
def test_every_language_has_every_sentence_with_the_same_places(package) -> None:
    house, *others = (load_sentences(package, language).entries for language in LANGUAGES)
    for other in others:
        assert other.keys() == house.keys()
        assert [key for key in house if places(house[key]) != places(other[key])] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("package", SPEAKING)
def test_a_sentence_has_as_many_plural_forms_as_its_language(package, language) -> None:
    wanted = len(plural_categories(language))
    specifications = [
        (key, specification)
        for key, sentence in load_sentences(package, language).entries.items()
        for _, _, specification, _ in Formatter().parse(sentence)
        if specification and FORMS in specification
    ]
    assert [each for each in specifications if len(each[1].split(FORMS)) != wanted] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_slips_and_the_board_have_their_texts(language) -> None:
    assert (files("config.slips") / f"{language}.toml").is_file()
    assert (BOARD / "texts" / f"{language}.js").is_file()


def board_keys(language: str) -> list[str]:
    """The keys of a text file of the board, outer before inner."""
    text = (BOARD / "texts" / f"{language}.js").read_text("utf-8")
    return re.findall(r"(?:^\s+|\{ )(\w+): ", text, re.MULTILINE)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_of_the_board_exists_and_is_used(language) -> None:
    plural = {"zero", "one", "two", "few", "many", "other"}
    script = "".join(file.read_text("utf-8") for file in sorted(BOARD.glob("*.js")))
    # `words[standing]` and `words.counter[state]` are computed from these.
    computed = {"calling", "serving", "called", "ready", "paused", "closed", "unknown"}
    keys = set(board_keys(language)) - (plural - {"other"})
    assert {key for key in keys - computed if f".{key}" not in script} == set()
    assert keys == set(board_keys(LANGUAGES[0])) - (plural - {"other"})
    said = set(re.findall(r"\b(?:words|second)\.(\w+)", script)) - {"replace", "enrolment"}
    assert said - set(board_keys(language)) == set()
