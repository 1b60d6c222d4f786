"""Names such as `config` exist on PyPI too: inside this environment they belong to the suite alone."""

import importlib.util
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest


def names(root):
    project = tomllib.loads((root / "pyproject.toml").read_text())
    return project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]


def test_no_other_distribution_owns_a_name_of_ours(pytestconfig: pytest.Config) -> None:
    owners = packages_distributions()
    foreign = {
        name: set(owners.get(name, ())) - {"center-floor"} for name in names(pytestconfig.rootpath)
    }
    assert {name: sorted(others) for name, others in foreign.items() if others} == {}


def test_our_names_lead_to_our_files(pytestconfig: pytest.Config) -> None:
    for name in names(pytestconfig.rootpath):
        spec = importlib.util.find_spec(name)
        assert spec is not None
        assert spec.origin is not None
        assert Path(spec.origin).is_relative_to(pytestconfig.rootpath)


def test_the_wheel_holds_every_package_of_the_house(pytestconfig: pytest.Config) -> None:
    folders = {p.parent.name for p in pytestconfig.rootpath.glob("[a-z]*/__init__.py")}
    assert folders - {"benchmarks"} == set(names(pytestconfig.rootpath))


def test_the_tests_are_no_package(pytestconfig: pytest.Config) -> None:
    assert list((pytestconfig.rootpath / "tests").rglob("__init__.py")) == []
