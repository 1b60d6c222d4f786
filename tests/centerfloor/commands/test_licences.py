"""What ships may be used under another licence than the GPL."""

import pytest
from click.testing import CliRunner

from centerfloor.cli import main
from centerfloor.commands.licences import (
    Package,
    installed,
    is_gpl_only,
    normalised,
    shipped,
    stated_licence,
)


@pytest.mark.parametrize(
    ("licence", "only"),
    [
        ("GPL-3.0-only", True),
        ("GPL-2.0-only OR GPL-3.0-only", True),
        ("AGPL-3.0-or-later", True),
        ("GNU General Public License v3 (GPLv3)", True),
        ("GPL", True),
        ("LGPL-3.0-only OR GPL-2.0-only OR GPL-3.0-only", False),
        ("GNU Lesser General Public License v3 (LGPLv3)", False),
        ("GPL-2.0-or-later WITH Classpath-exception-2.0", False),
        ("MIT", False),
        ("Apache-2.0 OR GPL-3.0-only", False),
        ("", False),
    ],
)
def test_a_licence_is_gpl_only_if_it_offers_nothing_else(licence: str, only: bool) -> None:
    assert is_gpl_only(licence) is only


def test_the_stated_licence_is_an_expression_before_a_text_before_classifiers() -> None:
    classifiers = ["License :: OSI Approved :: MIT License", "Programming Language :: Python"]
    both = {"License-Expression": "MIT-0", "License": "MIT"}
    assert stated_licence(both, classifiers) == "MIT-0"
    assert stated_licence({"License": "MIT"}, classifiers) == "MIT"
    assert stated_licence({"License": "x" * 500}, classifiers) == "MIT License"
    assert stated_licence({"License": "x" * 500}, []) == "x" * 60
    assert stated_licence({}, []) == ""


def test_what_ships_is_needed_directly_or_through_another() -> None:
    suite = Package("suite", "1", "", ("Web_Pages>=1", "extra-only; extra == 'x'", "absent"))
    web = Package("web-pages", "1", "MIT", ("suite", "words"))
    words, tool = Package("words", "1", "MIT"), Package("tool", "1", "GPL")
    packages = {each.name: each for each in (suite, web, words, tool)}
    assert shipped(packages, "suite") == {"web-pages", "words"}
    assert normalised("Web__Pages.x") == "web-pages-x"


@pytest.mark.slow
def test_nothing_that_ships_is_gpl_only() -> None:
    done = CliRunner().invoke(main, ["licences"], catch_exceptions=False)
    assert done.exit_code == 0, done.stderr
    lines = done.stdout.splitlines()
    assert [line for line in lines if line.split()[:2] == ["ships", "pyside6-essentials"]]
    assert [line for line in lines if line.split()[:2] == ["tool", "pytest"]]


def test_a_dependency_under_the_gpl_alone_ends_the_command_with_its_name(monkeypatch) -> None:
    reader = Package("reader", "2.0", "GPL-3.0-only")
    mute = Package("mute", "1.0", "")
    suite = Package("center-floor", "1", "", ("reader", "mute"))
    monkeypatch.setattr("centerfloor.commands.licences.installed", lambda: [reader, mute, suite])
    done = CliRunner().invoke(main, ["licences"])
    assert done.exit_code == 1
    assert done.stderr == "Not to be shipped, by its licence: mute, reader\n"


@pytest.mark.slow
def test_every_distribution_of_this_environment_is_listed() -> None:
    assert {"click", "pytest"} <= {package.name for package in installed()}
