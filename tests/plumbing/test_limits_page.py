"""docs/limits.md lists every limit, with the value that holds."""

from pathlib import Path

from plumbing import limits
from plumbing.limits import PlaceLimit

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "limits.md").read_text("utf-8")


def rows():
    for line in PAGE.splitlines():
        if line.startswith("| `"):
            name, *cells = [cell.strip() for cell in line.strip("|").split("|")]
            yield name.strip("`"), cells


def test_the_page_lists_every_limit_with_its_value() -> None:
    told = {
        name: PlaceLimit(int(cells[0]), int(cells[1])) if len(cells) == 3 else float(cells[0])
        for name, cells in rows()
    }
    constants = {
        name: value for name, value in vars(limits).items() if name.isupper() and name[0] != "_"
    }
    assert told == constants


def test_the_page_lists_nothing_twice() -> None:
    names = [name for name, _ in rows()]
    assert sorted(names) == sorted(set(names))
