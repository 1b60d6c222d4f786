"""A third language is its text files and one line: one is made up, longer by 40 %, and the programs run in it."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from string import Formatter

import pytest

from plumbing.plurals import plural_categories
from plumbing.sentences import FORMS, load_sentences

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
LANGUAGE, OWN_NAME = "pl", "Język próbny"
"""The code of Polish, for its three plural forms; the words are English ones, disguised."""
MOST_FILES = 12
PACKAGES = (
    "centerfloor", "config", "counter_terminal", "drivers",
    "hub", "kiosk", "plumbing", "queue_display", "service_floor",
)  # fmt: skip
SPEAKING = (
    "centerfloor", "config", "counter_terminal", "hub.reports",
    "hub.web", "hub.web.console", "kiosk", "queue_display",
)  # fmt: skip
DISGUISE = str.maketrans("aeiouAEIOU", "àéîõüÀÉÎÕÜ")
KEPT = re.compile(r"^(sign|patterns)\.")
"""LED signs have no letters beyond ASCII and no room; the words for patterns are keyed by the pattern."""


def disguised(text: str) -> str:
    """A sentence that is 40 % longer and like no sentence of another language; its places stay."""
    parts = []
    for literal, name, specification, _ in Formatter().parse(text):
        parts.append(literal.translate(DISGUISE).replace("{", "{{").replace("}", "}}"))
        if name:
            parts.append("{" + name + (f":{_forms(specification)}" if specification else "") + "}")
    words = len(re.sub(r"\{[^}]*\}", "", text))
    return "".join(parts) + "~" * -(-2 * words // 5)


def _forms(specification: str) -> str:
    if FORMS not in specification:
        return specification
    one, other = (form.translate(DISGUISE) for form in specification.split(FORMS))
    return FORMS.join([one, *[other] * (len(plural_categories(LANGUAGE)) - 1)])


def toml_text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def quoted(source: str, keys: str, change: Callable[[str], str]) -> str:
    """A TOML file with the texts of some keys changed."""

    def replaced(match: re.Match[str]) -> str:
        return match[1] + toml_text(change(json.loads(match[2])))

    return re.sub(rf'(\b(?:{keys}) = )("(?:[^"\\]|\\.)*")', replaced, source)


class Copy:
    """The product with one language more."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.written: list[str] = []
        # What is compiled already is taken along; what is just being written has a name of its own.
        ignored = shutil.ignore_patterns("*.pyc.*")
        for package in PACKAGES:
            shutil.copytree(ROOT / package, root / package, ignore=ignored)
        shutil.copytree(
            ROOT / "tests" / "architecture", root / "tests" / "architecture", ignore=ignored
        )
        (root / "tests" / "kiosk").mkdir()
        for file in ("pyproject.toml", "tests/kiosk/conftest.py"):
            shutil.copy(ROOT / file, root / file)

    def write(self, file: str, text: str) -> None:
        (self.root / file).write_text(text, "utf-8")
        self.written.append(file)

    def add_language(self) -> None:
        for package in SPEAKING:
            entries = load_sentences(package, "en").entries
            lines = (
                f"{toml_text(key)} = {toml_text(text if KEPT.match(key) else disguised(text))}"
                for key, text in entries.items()
            )
            self.write(
                f"{package.replace('.', '/')}/texts/{LANGUAGE}.toml", "\n".join(lines) + "\n"
            )
        self._add_slips()
        board = "queue_display/boards/pages/board/texts"
        english = (ROOT / board / "en.js").read_text("utf-8")
        texts = re.sub(r'"((?:[^"\\]|\\.)+)"', lambda m: f'"{_board(m[1])}"', english)
        self.write(f"{board}/{LANGUAGE}.js", texts)

    def _add_slips(self) -> None:
        folder = ROOT / "config" / "slips"
        templates = (folder / "en.toml").read_text("utf-8")
        self.write(f"config/slips/{LANGUAGE}.toml", quoted(templates, "say|left|right", _short))
        forms = (folder / "forms.toml").read_text("utf-8")
        table = re.compile(r"\[sets\.en\]\n(?:\w+ = .*\n)+")
        with_pl = table.sub(lambda m: f"{m[0]}\n{_other_table(m[0])}", forms)
        self.write("config/slips/forms.toml", with_pl)

    def add_line(self) -> None:
        file = self.root / "plumbing" / "languages.py"
        text = file.read_text("utf-8")
        line = '    "en": "English",\n'
        assert line in text
        file.write_text(text.replace(line, f'{line}    "{LANGUAGE}": "{OWN_NAME}",\n'), "utf-8")

    def run(self, *arguments: str) -> str:
        environment = os.environ | {
            "PYTHONPATH": str(self.root),
            "QT_QPA_PLATFORM": "offscreen",
        }
        done = subprocess.run(
            [sys.executable, *arguments],
            cwd=self.root, env=environment, capture_output=True, text=True, timeout=110, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
        return done.stdout


def _board(text: str) -> str:
    return re.sub(
        r"(\{\w+\})|(\\u[0-9a-f]{4})|([^{\\]+)",
        lambda m: m[0] if m[1] or m[2] else m[0].translate(DISGUISE),
        text,
    ) + "~" * (-(-2 * len(text) // 5))


def _short(text: str) -> str:
    """Columns of a slip keep their width: a line has 32 letters."""
    return re.sub(
        r"\{\w+\}|[^{]+", lambda m: m[0] if m[0].startswith("{") else m[0].translate(DISGUISE), text
    )


def _other_table(table: str) -> str:
    return quoted(table.replace("[sets.en]", f"[sets.{LANGUAGE}]"), r"\w+", disguised)


@pytest.fixture(scope="module")
def copy(tmp_path_factory) -> Copy:
    copy = Copy(tmp_path_factory.mktemp("third-language"))
    copy.add_language()
    copy.add_line()
    return copy


@pytest.fixture(scope="module")
def said(copy) -> dict[str, list[str]]:
    script = copy.root / "tests" / "architecture" / "speak_every_screen.py"
    return json.loads(copy.run("-P", str(script), LANGUAGE))


def foreign() -> Iterator[str]:
    """Parts of sentences of the real languages, long enough to be no chance."""
    for language in ("vi", "en"):
        for package in SPEAKING:
            for key, sentence in load_sentences(package, language).entries.items():
                if not KEPT.match(key):
                    literals = (part[0].strip(" .,:;()") for part in Formatter().parse(sentence))
                    yield from (
                        text
                        for text in literals
                        if len(text) > 11 and text.translate(DISGUISE) != text
                    )


def test_it_takes_a_dozen_text_files_and_a_line(copy) -> None:
    assert len(copy.written) <= MOST_FILES
    assert {Path(file).suffix for file in copy.written} == {".toml", ".js"}


def test_every_program_speaks_it(said) -> None:
    assert [area for area, texts in said.items() if not any("~" in text for text in texts)] == []


def test_nothing_falls_back_to_another_language(said) -> None:
    others = set(foreign())
    found = {
        (area, part)
        for area, texts in said.items()
        for text in texts
        for part in others
        if part in text
    }
    assert sorted(found) == []


def test_names_are_those_of_the_language(said) -> None:
    for area in ("kiosk", "desk", "reports", "board"):
        assert any("⟦Hộ tịch⟧" in text for text in said[area]), area
        assert [text for text in said[area] if "Hộ tịch" in text and "⟦" not in text] == [], area


def test_numbers_have_three_forms(said) -> None:
    assert plural_categories(LANGUAGE) == ("one", "few", "many")
    sentences = said["sentences"]
    assert any(text.startswith("1 mînüté~") for text in sentences)
    assert any(text.startswith("5 mînütés~") for text in sentences)


def test_its_texts_are_held_by_the_same_tests(copy) -> None:
    checks = ["tests/architecture/test_languages.py", "tests/architecture/test_sentences.py"]
    out = copy.run(
        "-P", "-m", "pytest", "-q", "-p", "no:randomly", "-p", "no:cacheprovider", *checks
    )
    assert "passed" in out
