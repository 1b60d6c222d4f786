"""A centre's folder of templates, and what keeps one from being used."""

import os
from pathlib import Path

import pytest

from config.errors import MistakeCode
from config.forms.own_templates import MOST_BYTES, MOST_FILES, read_own_templates
from config.forms.versions import SHIPPED
from config.letter import render_forms

NAME = "appointment.2025-09-15.typ"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The shipped templates, copied to be edited."""
    for file in SHIPPED.glob("*.typ"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    return tmp_path


def mistakes(folder: Path) -> list[tuple[str, MistakeCode, int | None]]:
    return [(each.path, each.code, each.line) for each in read_own_templates(folder).mistakes]


def test_a_copy_of_the_shipped_folder_is_used_as_it_is(folder) -> None:
    (folder / "pictures").mkdir()
    (folder / "pictures" / "emblem.svg").write_text("<svg/>")
    found = read_own_templates(folder)
    assert found.mistakes == ()
    assert [each.since.year for each in found.templates] == [2018, 2025]
    assert all(each.is_own for each in found.templates)


@pytest.mark.parametrize(
    "line",
    [
        '#import "@preview/cetz:0.1.0"', '#import "@" + "preview/cetz:0.1.0"', "#import x", '#include "\\u{40}preview/x.typ"',
        '#import /**/ "@preview/x.typ"', '#eval("1")', "#std.read", '#dictionary(std)', '#{ import"@local/x:1.0.0" }', '#import "data.json"',
    ],
)  # fmt: skip
def test_what_reaches_beyond_the_folder_is_refused_with_its_line(folder, line) -> None:
    file = folder / NAME
    file.write_text(file.read_text() + line)
    lines = file.read_text().count("\n") + 1
    assert (NAME, MistakeCode.TEMPLATE_REACHES_OUT, lines) in mistakes(folder)
    assert [each.since.year for each in read_own_templates(folder).templates] == [2018]
    letter = render_forms(folder, read_own_templates(folder).mistakes)
    assert f"dòng {lines}" in letter
    assert NAME in letter


def test_a_mistake_in_a_shared_file_keeps_all_from_being_used(folder) -> None:
    (folder / "common.typ").write_text('#let x = eval("1")')
    assert read_own_templates(folder).templates == ()


def test_a_link_out_of_the_folder_is_refused(folder) -> None:
    (folder / "secret.txt").symlink_to("/etc/hostname")
    assert mistakes(folder) == [("secret.txt", MistakeCode.TEMPLATE_REACHES_OUT, None)]
    (folder / "secret.txt").unlink()
    (folder / "out").symlink_to("/etc")
    assert mistakes(folder) == [("out", MistakeCode.TEMPLATE_REACHES_OUT, None)]
    assert read_own_templates(folder).templates == ()


def test_links_inside_the_folder_are_no_matter(folder) -> None:
    (folder / "also.typ").symlink_to("common.typ")
    assert mistakes(folder) == []


@pytest.mark.parametrize("name", ["appointment.typ", "apointment.2025-09-15.typ", "appointment.15-9-2025.typ", "appointment.2025-02-30.typ"])  # fmt: skip
def test_a_name_that_would_never_count_is_named(folder, name) -> None:
    (folder / name).write_text("")
    assert mistakes(folder) == [(name, MistakeCode.TEMPLATE_NAME, None)]


def test_files_that_cannot_be_read_are_named(folder) -> None:
    (folder / NAME).write_bytes("Giấy".encode("utf-16"))
    assert mistakes(folder) == [(NAME, MistakeCode.NOT_UTF8, None)]
    (folder / NAME).write_bytes(b"x" * (MOST_BYTES + 1))
    assert mistakes(folder) == [(NAME, MistakeCode.TOO_LARGE, None)]
    (folder / NAME).unlink()
    os.mkfifo(folder / "waits.typ")
    assert mistakes(folder) == []


def test_a_file_that_vanishes_is_named(folder, monkeypatch) -> None:
    (folder / NAME).unlink()
    (folder / NAME).symlink_to("gone.typ")
    assert mistakes(folder) == [(NAME, MistakeCode.UNREADABLE, None)]


def test_a_folder_that_is_missing_or_too_full_is_named(folder) -> None:
    assert mistakes(folder / "nowhere") == [
        (str(folder / "nowhere"), MistakeCode.FORMS_FOLDER_MISSING, None)
    ]
    for i in range(MOST_FILES):
        (folder / f"{i}.txt").touch()
    assert mistakes(folder) == [(str(folder), MistakeCode.LIST_LENGTH, None)]


def test_nothing_wrong_needs_no_letter(folder) -> None:
    assert render_forms(folder, ()) == ""
