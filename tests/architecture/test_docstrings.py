"""Every module says what it is responsible for; a simulator also says what it does not simulate."""

import ast
import re

DOCSTRING_LINES = 6
END_OF_SIMULATOR = re.compile(r"(?:^|[\n ])Not simulated: [^\n]+(?:\n[^\n]+)*\.$")


def docstring(source):
    return ast.get_docstring(source.tree) or ""


def test_every_module_says_what_it_is_responsible_for(product) -> None:
    found = [s.name for s in product if not docstring(s)]
    assert not found, "\n".join(found)


def test_module_docstrings_stay_short(product) -> None:
    long = [s.name for s in product if len(docstring(s).splitlines()) > DOCSTRING_LINES]
    assert not long, "\n".join(long)


def test_every_simulator_ends_with_what_it_does_not_simulate(product) -> None:
    inside = [s for s in product if s.name.startswith("drivers/simulators/")]
    simulators = [s for s in inside if docstring(s).startswith("A simulated ")]
    assert len(simulators) >= 3
    found = [s.name for s in simulators if not END_OF_SIMULATOR.search(docstring(s))]
    assert not found, "\n".join(found)


def test_what_is_to_be_done_stands_in_issues_and_not_in_code(product, tests) -> None:
    marks = re.compile(r"#.*\b(?:TO" r"DO|FIX" r"ME|X" r"XX|HA" r"CK)\b")
    found = [
        f"{s.name}:{n}"
        for s in (*product, *tests)
        for n, line in enumerate(s.lines, 1)
        if marks.search(line)
    ]
    assert not found, "\n".join(found)
