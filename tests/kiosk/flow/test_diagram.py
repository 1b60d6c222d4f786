"""The documentation shows the table that runs."""

import runpy
from pathlib import Path

import pytest

from kiosk.flow import diagram
from kiosk.flow.diagram import document

PAGE = Path(__file__).parents[3] / "docs" / "kiosk-flow.md"


def test_the_picture_in_the_documentation_is_the_table() -> None:
    assert PAGE.read_text(encoding="utf-8") == document(), (
        "run: python -m kiosk.flow.diagram > docs/kiosk-flow.md"
    )


def test_the_module_writes_the_page(capsys: pytest.CaptureFixture[str]) -> None:
    runpy.run_path(diagram.__file__, run_name="__main__")
    assert capsys.readouterr().out == document()
