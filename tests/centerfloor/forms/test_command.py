"""`centerfloor forms`: previews as files, and a centre's folder with what is wrong in it."""

import json
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from benchmarks.forms.pages import text_of
from centerfloor.forms.command import forms
from drivers.documents import cups


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


CENTRE = Path(__file__).parents[3] / "config" / "examples" / "demo.toml"


@pytest.fixture
def centre(tmp_path: Path) -> Path:
    """The demo hall, in which the first counter has a printer of forms and the second uses it."""
    text = CENTRE.read_text("utf-8")
    parts = text.split("[[counter_terminals]]\n")
    parts[1] += '[counter_terminals.documents]\nqueue = "office"\npatience_seconds = 5\n\n'
    parts[2] = 'documents_of = "c1"\n' + parts[2]
    file = tmp_path / "centre.toml"
    file.write_text("[[counter_terminals]]\n".join(parts), "utf-8")
    return file


def printed(centre: Path, device: str, *more: object) -> Result:
    return run("print", "--config", centre, "--device", device, "appointment", *more)


def test_a_form_is_printed_on_the_neighbours_printer_and_says_for_whom(centre, office) -> None:
    names = [each["name"] for each in tomllib.loads(centre.read_text())["counter_terminals"]]
    office.ends(1, "job-completed-successfully")
    done = printed(centre, names[1])
    assert done.exit_code == 0, done.output
    assert "Printed." in done.output
    text = text_of((office.folder / "lp.job").read_bytes())
    assert "In cho quầy 02 – Tư pháp – Hộ tịch" in text
    office.put("asked", "0")
    done = printed(centre, names[0])
    assert "In cho" not in text_of((office.folder / "lp.job").read_bytes())
    none = printed(centre, names[2])
    assert none.exit_code == 2
    assert "documents_of" in none.output


def test_a_form_that_does_not_come_out_is_said_to_have_failed(centre, office) -> None:
    device = tomllib.loads(centre.read_text())["counter_terminals"][0]["name"]
    office.ends(1, "aborted-by-system")
    done = printed(centre, device)
    assert done.exit_code == 1
    assert "could not print it" in done.output
    office.is_idle("media-empty-error")
    done = printed(centre, device)
    assert done.exit_code == 2
    assert "out of paper" in done.output


def test_a_form_that_cups_may_have_taken_is_unknown(centre, office, monkeypatch) -> None:
    monkeypatch.setattr(cups, "_SEND_SECONDS", 0.1)
    device = tomllib.loads(centre.read_text())["counter_terminals"][0]["name"]
    office.put("hang")
    done = printed(centre, device)
    assert done.exit_code == 1
    assert "is not known whether" in done.output


def test_the_centres_own_templates_are_printed_or_named(centre, office) -> None:
    device = tomllib.loads(centre.read_text())["counter_terminals"][0]["name"]
    own = centre.parent / "own"
    run("copy", own)
    (own / "appointment.2025-09-15.typ").write_text("#eval(1)")
    text = '[forms]\nfolder = "own"\n\n' + centre.read_text("utf-8")
    centre.write_text(text, "utf-8")
    office.ends(1, "job-completed-successfully")
    done = printed(centre, device)
    assert done.exit_code == 0
    assert "appointment.2025-09-15.typ (dòng 1)" in done.output
