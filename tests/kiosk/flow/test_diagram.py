"""The documentation shows the table that runs."""

from pathlib import Path

from kiosk.flow.diagram import document

PAGE = Path(__file__).parents[3] / "docs" / "kiosk-flow.md"


def test_the_picture_in_the_documentation_is_the_table() -> None:
    assert PAGE.read_text(encoding="utf-8") == document(), (
        "run: python -m kiosk.flow.diagram > docs/kiosk-flow.md"
    )
