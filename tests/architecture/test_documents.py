"""The pages for maintainers name files that exist, and what they promise about the repository holds."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = (
    "README.md",
    "CONTRIBUTING.md",
    "docs/architecture.md",
    "docs/changing.md",
    "docs/glossary.md",
)
# A path from the root: a folder ends with a slash. Names to be chosen have capitals, brackets or an ellipsis.
PLACE = re.compile(r"(?:\.|[a-z_]+)(?:/[a-z0-9_.-]+)+/?|[a-z_]+/")
OURS = {path.name for path in ROOT.iterdir() if path.is_dir() and not path.name.startswith(".")}


def named(text: str) -> set[str]:
    """The paths in backquotes, and those that links lead to."""
    quoted = (word for code in re.findall(r"`([^`\n]+)`", text) for word in code.split())
    return {word for word in quoted if PLACE.fullmatch(word) and word.split("/")[0] in OURS}


def links(text: str) -> set[str]:
    return {link for link in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", text) if "://" not in link}


@pytest.mark.parametrize("page", PAGES)
def test_every_file_that_a_page_names_exists(page: str) -> None:
    text = (ROOT / page).read_text("utf-8")
    assert sorted(name for name in named(text) if not (ROOT / name).exists()) == []
    folder = (ROOT / page).parent
    assert sorted(link for link in links(text) if not (folder / link).exists()) == []


def test_the_recipes_are_those_that_the_page_lists() -> None:
    text = (ROOT / "docs/changing.md").read_text("utf-8")
    headings = [line[3:] for line in text.splitlines() if line.startswith("## ")]
    listed = re.findall(r"\(#([a-z-]+)\)", text.partition("\n## ")[0])
    assert listed == [heading.lower().replace(" ", "-") for heading in headings]
    assert len(headings) >= 10


def test_every_recipe_ends_with_what_checks_it() -> None:
    text = (ROOT / "docs/changing.md").read_text("utf-8")
    recipes = re.split(r"^## ", text, flags=re.MULTILINE)[1:]
    assert [recipe.splitlines()[0] for recipe in recipes if "Check" not in recipe] == []


def test_the_readme_leads_to_every_page_of_the_documents() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    pages = {path.relative_to(ROOT).as_posix() for path in (ROOT / "docs").glob("*.md")}
    assert sorted(pages - links(text)) == []


def test_paths_are_told_from_other_words() -> None:
    assert named(
        "`hub/wire/server.py` and `service_floor/…/x.py`, `and/or`, `./run test docs/x.md`"
    ) == {
        "hub/wire/server.py",
        "docs/x.md",
    }
    assert links("[a](b.md#c) and [d](https://e)") == {"b.md"}
