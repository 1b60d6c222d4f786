"""The typesetter: mistakes with their place, and no file beyond the template's folder."""

from pathlib import Path

import pytest

from config.errors import MistakeCode
from config.forms.engine import Output, TemplateError, typeset


def refused(tmp_path: Path, now, markup: str):
    file = tmp_path / "appointment.2025-09-15.typ"
    file.write_text(markup)
    with pytest.raises(TemplateError) as error:
        typeset(file, "{}", now)
    return error.value.mistake


@pytest.mark.parametrize(
    ("markup", "line"),
    [("Xin chào\n\n#foo()", 3), ("#let x = (", 1), ("\n#panic()", 2), ("#data.nowhere", 1), ("\n\n#while true {}", 3), ("#let f(x) = f(x)\n#f(1)", 1)],
)  # fmt: skip
def test_wrong_markup_is_named_with_its_line(tmp_path, now, markup, line) -> None:
    mistake = refused(tmp_path, now, markup)
    assert (mistake.code, mistake.line) == (MistakeCode.TEMPLATE_BROKEN, line)
    assert mistake.path == "appointment.2025-09-15.typ"


def test_a_mistake_in_an_imported_file_is_named_there(tmp_path, now) -> None:
    (tmp_path / "parts.typ").write_text("#let a = 1\n#let b = a.c\n")
    mistake = refused(tmp_path, now, '#import "parts.typ": *')
    assert (mistake.path, mistake.line) == ("parts.typ", 2)


@pytest.mark.parametrize("path", ["/etc/hostname", "../outside.txt", "../../../../etc/hostname"])
def test_no_file_beyond_the_folder_is_read(tmp_path, now, path) -> None:
    (tmp_path / "outside.txt").write_text("secret")
    inner = tmp_path / "inner"
    inner.mkdir()
    assert refused(inner, now, f'#read("{path}")').code is MistakeCode.TEMPLATE_BROKEN


def test_a_document_is_the_same_whenever_it_is_made_again(tmp_path, now) -> None:
    file = tmp_path / "x.typ"
    file.write_text('#set text(font: "Liberation Serif")\nMột')
    assert typeset(file, "{}", now) == typeset(file, "{}", now)
    pages = typeset(file, "{}", now, Output.PNG, ppi=20)
    assert pages[0].startswith(b"\x89PNG")


def test_a_mistake_without_a_place_is_of_the_template(tmp_path, now) -> None:
    file = tmp_path / "x.typ"
    file.write_text("#set document(date: none)\nx")
    with pytest.raises(TemplateError) as error:
        typeset(file, "{}", now, Output.ARCHIVE)
    assert (error.value.mistake.path, error.value.mistake.line) == ("x.typ", None)
