"""Each thing that tomllib finds wrong has a sentence of ours, with the key or the character that it is about."""

from pathlib import Path

import pytest

from config.errors import ConfigurationError
from config.letter import render
from config.loading import load

HUB = "[hub]\nhttp_port = 1\n"


@pytest.mark.parametrize(
    ("text", "kind", "found", "other", "line"),
    [
        ("a = 1\na = 2\n", "twice", "a", "1", 2),
        (f"{HUB}\n# x\nhttp_port = 2\n", "twice", "hub.http_port", "2", 5),
        (f"{HUB}[hub]\n", "twice", "hub", "1", 3),
        (f"{HUB}[[services]]\nid = 'a'\n[[services]]\nid = 'b'\nid = 'c'\n", "twice", "services[1].id", "6", 7),
        ("'a' = 1\n'a' = 2\nb = 3\n", "twice_somewhere", "?", "", 2),
        ("a = { x = 1, x = 2 }\n", "twice_somewhere", "x", "", 1),
        ("[[a]]\nx = 1\n[a]\n", "twice", "a[0]", "1", 3),
        ("a.b = 1\na = 2\n", "twice_somewhere", "a", "", 2),
        ("a = \"x\n", "open_quote", "", "", 1),
        ("a = 'x\n", "open_quote", "", "", 1),
        ('a = """x', "open_quote", "", "", 1),
        ("a = { x = 1\n", "open_table", "", "", 1),
        ("a = [1 2]\n", "open_list", "", "", 1),
        ("a = 1 2\n", "after_value", "", "", 1),
        ("a = 7:30\n", "after_value", "", "", 1),
        ("a\n", "equals", "", "", 1),
        ("[a\n", "header", "", "", 1),
        ("[[a]\n", "header", "", "", 1),
        ('a = "C:\\x"\n', "backslash", "", "", 1),
        ("a = hello\n", "value", "", "", 1),
        ('a = "\x01"\n', "character", "U+0001", "", 1),
        ("# \x01\n", "character", "U+0001", "", 1),
        ("é = 1\n", "statement", "", "", 1),
        ("a = " + "9" * 5_000, "number", "", "", 1),
        ("a = " + "[" * 5_000, "nested", "", "", 1),
    ],
)  # fmt: skip
def test_a_syntax_error_is_named(
    tmp_path: Path, text: str, kind: str, found: str, other: str, line: int
) -> None:
    file = tmp_path / "x.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigurationError) as caught:
        load(file)
    (mistake,) = caught.value.mistakes
    assert (*mistake.allowed, mistake.found, mistake.other, mistake.line) == (
        kind,
        found,
        other,
        line,
    )
    for language in ("vi", "en"):
        letter = render(caught.value, language)
        assert found in letter
        assert "(at line" not in letter
    assert "Expected" not in render(caught.value)
