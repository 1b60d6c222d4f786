"""Whatever a command tells people stands in its texts, in both languages, and is told in theirs."""

import ast
import re
import string
from pathlib import Path

import pytest
from click.testing import CliRunner

import centerfloor
from centerfloor.cli import main
from centerfloor.terminal import language
from config.catalogue.importer import Trait
from drivers.protocols import Confidence
from drivers.spool.jobs import JobState
from hub.accounts.audit_log import AuditAction, by_command, by_console_at, origin_of
from plumbing.languages import LANGUAGES
from plumbing.sentences import load_sentences
from service_floor.dossiers.cells import RowFault
from service_floor.queue.commands import Role

COMMAND = Path(centerfloor.__file__).parent
CODE = [*COMMAND.glob("*.py"), *COMMAND.glob("commands/*.py")]
WORD = re.compile(r"[a-z]{3}")
TEXTS = {name: load_sentences("centerfloor", name).entries for name in LANGUAGES}


def fields(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


def calls(path: Path):
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else node.func
            yield name.id if isinstance(name, ast.Name) else name, node


def is_clicks(call):
    """Whether it is one of click's own functions and not `centerfloor.terminal.echo`, which takes a key."""
    return isinstance(call.func, ast.Attribute)


def test_both_languages_say_the_same_with_the_same_data() -> None:
    assert TEXTS["vi"].keys() == TEXTS["en"].keys()
    differing = [k for k, said in TEXTS["vi"].items() if fields(said) != fields(TEXTS["en"][k])]
    assert differing == []


def test_every_sentence_that_is_told_is_there() -> None:
    told = {
        constant.value
        for path in CODE
        for name, call in calls(path)
        if name in {"echo", "words"} and call.args and not is_clicks(call)
        for constant in ast.walk(call.args[0])
        if isinstance(constant, ast.Constant)
    }
    assert len(told) > 30
    assert told - {"person."} <= TEXTS["vi"].keys()


def test_no_command_prints_words_of_its_own() -> None:
    spoken = [
        f"{path.name}: {constant.value}"
        for path in CODE
        for name, call in calls(path)
        if name in {"echo", "confirm", "prompt", "BadParameter", "UsageError"} and is_clicks(call)
        for part in call.args
        for constant in (part.values if isinstance(part, ast.JoinedStr) else [part])
        if isinstance(constant, ast.Constant) and WORD.search(str(constant.value))
    ]
    # The way to the other language is said in it.
    assert spoken == ["installation.py: (English: centerfloor config check --language en "]


@pytest.mark.parametrize(
    ("area", "codes"),
    [
        ("role", set(Role) - {Role.HUB}),
        ("deed", AuditAction),
        ("row", RowFault),
        ("trait", Trait),
        ("job", JobState),
        ("confidence", set(Confidence) - {Confidence.NONE}),
    ],
)
def test_every_code_has_its_words(area, codes) -> None:
    assert {f"{area}.{code}" for code in codes} <= TEXTS["vi"].keys()


@pytest.mark.parametrize(
    ("environment", "spoken"),
    [
        ({"LANG": "vi_VN.UTF-8"}, "vi"),
        ({"LANG": "vi"}, "vi"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({}, "en"),
        ({"LC_ALL": "vi_VN", "LANG": "en_GB"}, "vi"),
        ({"LC_MESSAGES": "en_GB", "LANG": "vi_VN"}, "en"),
        ({"LC_ALL": "", "LANG": "vi_VN"}, "vi"),
        ({"LANG": "vie"}, "en"),
    ],
)
def test_the_environment_says_which_language(environment, spoken, monkeypatch) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert language() == spoken


def test_a_technician_reads_vietnamese(tmp_path, demo_file, monkeypatch) -> None:
    monkeypatch.setenv("LC_ALL", "vi_VN.UTF-8")
    where = ["--config", str(demo_file), "--data", str(tmp_path / "data")]
    for words, typed, said in (
        (["pin", *where, "an"], "482913\n", "an đã có mã PIN\n"),
        (["list", *where], "", "mã bí mật trong tệp cấu hình"),
        (["log", *where], "", "đặt mã PIN: an – dòng lệnh, người dùng "),
    ):
        done = CliRunner().invoke(main, ["accounts", *words], input=typed)
        assert done.exit_code == 0
        assert said in done.output


@pytest.mark.parametrize(
    ("by", "way"),
    [
        (by_command("root"), ("command", "root")),
        (by_command(""), ("somebody", "")),
        (by_console_at("127.0.0.1"), ("console", "127.0.0.1")),
        ("thao", ("account", "thao")),
        ("console-1", ("account", "console-1")),
    ],
)
def test_who_did_something_is_read_back(by, way) -> None:
    assert origin_of(by) == way
