"""`centerfloor catalogue import` and `centerfloor dossiers import`: what people hand in is rarely right."""

import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

Run = Callable[..., "CompletedProcess[str]"]

GOOD = {"code": "1.000001", "name": "Tên", "field": "Lĩnh vực", "levels": ["Cấp Tỉnh"]}


@pytest.mark.slow
def test_a_broken_record_is_named_and_the_others_are_taken(run: Run, tmp_path: Path) -> None:
    source, target = tmp_path / "list.json", tmp_path / "catalogue.json"
    source.write_text(json.dumps([GOOD, {"code": "1.000002", "name": 5}, 3]), "utf-8")
    done = run("catalogue", "import", source, target)
    assert done.returncode == 1
    assert "1 procedure in" in done.stdout
    assert "1.000002 name: Found 5. Allowed: text in quotes." in done.stderr
    assert "[2]: Found 3." in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[{"code": "1.000001", "name": 5}, 3]', "no procedure"),
        ("[]", "no procedure"),
        ("", "This is not JSON"),
        ('{"a": 1}', "Allowed: a list"),
        (json.dumps([GOOD | {"code": "1.1"}]), "the code of a procedure"),
        (json.dumps([GOOD | {"name": None, "code": "\u001b[2J"}]), "[0] name: Found null."),
    ],
)
def test_a_list_of_which_nothing_can_be_taken_leaves_the_old_catalogue(
    run_here: Run, tmp_path: Path, text: str, said: str
) -> None:
    source, target = tmp_path / "list.json", tmp_path / "catalogue.json"
    source.write_text(text, "utf-8")
    target.write_text("old", "utf-8")
    done = run_here("catalogue", "import", source, target)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert target.read_text("utf-8") == "old"


def test_a_catalogue_that_cannot_be_written_is_said_and_leaves_nothing_half(
    run_here: Run, tmp_path: Path
) -> None:
    source, target = tmp_path / "list.json", tmp_path / "folder"
    source.write_text(json.dumps([GOOD]), "utf-8")
    target.mkdir()
    done = run_here("catalogue", "import", source, target)
    assert done.returncode == 2
    assert done.stderr.startswith("folder: The file cannot be written")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["folder", "list.json"]


def test_a_register_that_cannot_be_kept_is_said(run_here: Run, tmp_path: Path) -> None:
    source = tmp_path / "export.csv"
    source.write_text("code,status\nH56.14-240823-0001,2\n", "utf-8")
    done = run_here("dossiers", "import", source, "--data", source / "below")
    assert done.returncode == 2
    assert str(source / "below") in done.stderr
    assert "Traceback" not in done.stderr


def test_of_very_many_bad_rows_the_rest_is_counted(run_here: Run, tmp_path: Path) -> None:
    source = tmp_path / "export.csv"
    source.write_text("code,status\n" + "bad,2\n" * 30 + "H56.14-240823-0001,2\n", "utf-8")
    done = run_here("dossiers", "import", source, "--data", tmp_path / "data")
    assert done.returncode == 1
    assert "1 dossier taken, 30 rows refused" in done.stdout
    assert "… and 10 more" in done.stdout
