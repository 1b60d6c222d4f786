"""Decisions are one page each, in one shape, and all in the index."""

import re
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "decisions"
PAGES = sorted(FOLDER.glob("[0-9]*.md"))
PARTS = ["Context", "Decision", "Consequences", "Rejected"]


def test_every_page_has_the_parts_of_the_template() -> None:
    for page in [*PAGES, FOLDER / "template.md"]:
        assert re.findall(r"^## (.+)$", page.read_text("utf-8"), re.MULTILINE) == PARTS, page.name


def test_pages_are_numbered_without_a_gap_and_fit_on_a_page() -> None:
    assert [int(page.name[:4]) for page in PAGES] == list(range(1, len(PAGES) + 1))
    assert [page.name for page in PAGES if len(page.read_text("utf-8").split()) > 500] == []


def test_the_index_names_every_page_by_its_title() -> None:
    index = (FOLDER / "README.md").read_text("utf-8")
    for page in PAGES:
        number, title = re.match(r"# (\d{4})\. (.+)", page.read_text("utf-8")).groups()
        assert f"| [{number}]({page.name}) | {title} |" in index
