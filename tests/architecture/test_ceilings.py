"""Ceilings that bind the tail: the one class or module that would eat everything."""

import ast
from collections import Counter

MODULE_LINES = 400
CLASS_LINES = 250
CLASS_METHODS = 16
FUNCTION_LINES = 40
PARAMETERS = 6
FOLDER_MODULES = 15

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def lines(node):
    return node.end_lineno - node.lineno + 1


def parameters(function):
    given = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
    named = [a for i, a in enumerate(given) if i > 0 or a.arg not in {"self", "cls"}]
    return len(named)


def test_no_module_is_too_long(product, tests) -> None:
    sources = (*product, *tests)
    found = [f"{s.name}: {len(s.lines)}" for s in sources if len(s.lines) > MODULE_LINES]
    assert not found, "\n".join(found)


def test_no_class_is_too_long(product) -> None:
    classes = [(s, node) for s in product for node in s.nodes(ast.ClassDef)]
    long = [f"{s.at(n)} {n.name}: {lines(n)}" for s, n in classes if lines(n) > CLASS_LINES]
    assert not long, "\n".join(long)


def test_no_class_has_too_many_methods(product) -> None:
    counts = {
        f"{s.name} {node.name}": sum(isinstance(part, FUNCTIONS) for part in node.body)
        for s in product
        for node in s.nodes(ast.ClassDef)
    }
    assert {name: n for name, n in counts.items() if n > CLASS_METHODS} == {}


def test_no_folder_holds_too_many_modules(product) -> None:
    folders = (s.name.rpartition("/")[0] for s in product if s.path.name != "__init__.py")
    assert {place: n for place, n in Counter(folders).items() if n > FOLDER_MODULES} == {}


def test_no_function_is_too_long(product) -> None:
    functions = [(s, node) for s in product for node in s.nodes(*FUNCTIONS)]
    long = [f"{s.at(n)} {n.name}: {lines(n)}" for s, n in functions if lines(n) > FUNCTION_LINES]
    assert not long, "\n".join(long)


def test_no_function_takes_too_many_parameters(product) -> None:
    functions = [(s, node) for s in product for node in s.nodes(*FUNCTIONS)]
    many = [f"{s.at(n)} {n.name}" for s, n in functions if parameters(n) > PARAMETERS]
    assert not many, "\n".join(many)


def test_the_measures_measure() -> None:
    tree = ast.parse("class A:\n    def f(self, a, /, b, *, c):\n        return 1\n")
    function = tree.body[0].body[0]
    assert (lines(tree.body[0]), lines(function), parameters(function)) == (3, 2, 3)
