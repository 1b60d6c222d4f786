"""Dead code is wired or dropped: what no product code uses stands in `unused.toml` with its reason."""

import tomllib
from pathlib import Path

import pytest
from vulture import Vulture

from drivers.registry import KINDS, SIMULATORS

pytestmark = pytest.mark.slow

LIST = Path(__file__).with_name("unused.toml")
PACKAGES = (
    "centerfloor", "config", "counter_terminal", "drivers", "hub",
    "kiosk", "plumbing", "queue_display", "service_floor",
)  # fmt: skip

# Called by the library that they are registered with.
DECORATORS = [
    "@*.command", "@*.group", "@*.get", "@*.post", "@*.put", "@*.delete", "@*.exception_handler",
    "@field_validator", "@model_validator",
]  # fmt: skip
# Classes that the registry opens by their names in texts.
REGISTERED = [name for table in (KINDS, SIMULATORS) for _, name in table.values()]
NAMES = ["model_config", *REGISTERED]


@pytest.fixture(scope="module")
def unused(pytestconfig: pytest.Config) -> set[str]:
    """`file:name` of everything that only its definition names; migrations are called by Alembic."""
    search = Vulture(ignore_names=NAMES, ignore_decorators=DECORATORS)
    root = pytestconfig.rootpath
    search.scavenge([str(root / name) for name in PACKAGES], exclude=["*/migrations/versions/*"])
    return {
        f"{Path(item.filename).relative_to(root).as_posix()}:{item.name}"
        for item in search.get_unused_code()
    }


@pytest.fixture(scope="module")
def listed() -> dict[str, str]:
    return tomllib.loads(LIST.read_text("utf-8"))


def test_all_code_is_used_or_stands_in_the_list(unused, listed) -> None:
    assert sorted(unused - set(listed)) == [], f"use it, drop it, or list it in {LIST.name}"


def test_the_list_holds_nothing_else_and_gives_reasons(unused, listed) -> None:
    assert sorted(set(listed) - unused) == []
    assert [name for name, reason in listed.items() if len(reason.split()) < 3] == []
