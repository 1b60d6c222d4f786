"""`centerfloor forms`: previews as files, and a centre's folder with what is wrong in it."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from benchmarks.forms.pages import text_of
from centerfloor.forms.command import forms


def run(*arguments: object) -> Result:
    return CliRunner().invoke(forms, [str(each) for each in arguments])


def test_a_preview_is_a_pdf_with_the_values_given(tmp_path: Path) -> None:
    data, out = tmp_path / "values.json", tmp_path / "form.pdf"
    data.write_text(json.dumps({"citizen": "Nguyễn #panic() Ổn"}), "utf-8")
    done = run("preview", "appointment", "--data", data, "--out", out, "--day", "2024-01-01", "--archive")  # fmt: skip
    assert done.exit_code == 0, done.output
    assert "Tiếp nhận hồ sơ của: Nguyễn #panic() Ổn" in text_of(out.read_bytes())
    assert b"pdfaid" in out.read_bytes()
    assert "appointment.2018-11-23.typ" in done.output


@pytest.mark.slow
def test_a_preview_as_pictures_has_a_file_for_each_page(tmp_path: Path) -> None:
    out = tmp_path / "form.png"
    done = run("preview", "appointment", "--paper", "a5", "--sample", "longest", "--out", out)
    assert done.exit_code == 0
    assert len(list(tmp_path.glob("form-*.png"))) > 2


def test_values_that_are_wrong_have_their_letter(tmp_path: Path) -> None:
    data = tmp_path / "values.json"
    data.write_text('{"citizn": "An"}')
    done = run("preview", "appointment", "--data", data, "--out", tmp_path / "x.pdf")
    assert done.exit_code == 2
    assert "citizn" in done.output
    assert "citizen" in done.output


def test_a_file_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    done = run("preview", "appointment", "--out", tmp_path / "nowhere" / "x.pdf")
    assert done.exit_code == 2
    assert "nowhere" in done.output


def test_copied_templates_are_used_and_what_is_wrong_is_named(tmp_path: Path) -> None:
    own = tmp_path / "own"
    assert "appointment.2025-09-15.typ" in run("copy", own).output
    (own / "common.typ").write_text('#import "@preview/x:1.0.0"')
    assert run("copy", own).output == ""
    done = run("list", "--templates", own, "--day", "2026-01-01")
    assert done.exit_code == 1
    assert "common.typ (dòng 1)" in done.output
    assert "* appointment  2025-09-15" in done.output
    assert run("list").output.count("* ") == 1


def test_the_fields_are_listed() -> None:
    assert "due_at: When the result is promised" in run("fields", "appointment").output
