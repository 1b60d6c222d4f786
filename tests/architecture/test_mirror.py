"""Tests mirror the modules path for path: `a/b/c.py` is tried by `tests/a/b/test_c.py`, or `mirror.toml` names what tries it."""

import ast
import tomllib
from pathlib import Path

import pytest

TRIED_ELSEWHERE = Path(__file__).with_name("mirror.toml")
# What starts a package, migrations and benchmarks are tried by the stories that run them.
LEFT_OUT = {"__init__.py", "__main__.py"}


def mirror(name: str) -> str:
    path = Path(name)
    return f"tests/{path.parent.as_posix()}/test_{path.name.lstrip('_')}"


def does_something(source) -> bool:
    """Whether there is a function: declarations only are tried by whoever uses them."""
    return any(True for _ in source.nodes(ast.FunctionDef, ast.AsyncFunctionDef))


@pytest.fixture
def without(product, pytestconfig) -> set[str]:
    """The modules that have no test file of their own."""
    return {
        source.name
        for source in product
        if source.path.name not in LEFT_OUT
        and "migrations" not in source.path.parts
        and not source.name.startswith("benchmarks/")
        and does_something(source)
        and not (pytestconfig.rootpath / mirror(source.name)).exists()
    }


@pytest.fixture
def elsewhere() -> dict[str, str]:
    return tomllib.loads(TRIED_ELSEWHERE.read_text("utf-8"))


def test_every_module_has_its_test_file_or_names_what_tries_it(without, elsewhere) -> None:
    assert sorted(without - set(elsewhere)) == [], (
        f"add the test file, or a line in {TRIED_ELSEWHERE.name}"
    )


def test_the_list_holds_nothing_else_and_names_files_that_exist(
    without, elsewhere, pytestconfig
) -> None:
    assert sorted(set(elsewhere) - without) == []
    missing = {name for name in elsewhere.values() if not (pytestconfig.rootpath / name).exists()}
    assert missing == set()


def test_the_mirror_of_a_module() -> None:
    assert mirror("hub/wire/server.py") == "tests/hub/wire/test_server.py"
    assert mirror("service_floor/queue/_common.py") == "tests/service_floor/queue/test_common.py"
