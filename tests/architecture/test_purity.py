"""What import contracts cannot see: the rules read no clock, open no file and print nothing."""

import ast
import re

CLOCKS = {"now", "utcnow", "today", "fromtimestamp", "monotonic", "perf_counter"}
BUILTINS = {"open", "print", "input", "exec", "eval", "breakpoint"}


def test_the_rules_read_no_clock(product) -> None:
    read = [
        f"{s.at(call)} {ast.unparse(call.func)}"
        for s in product
        if s.name.startswith("service_floor/")
        for call in s.nodes(ast.Call)
        if isinstance(call.func, ast.Attribute)
        and call.func.attr in CLOCKS
        and ast.unparse(call.func.value)
        in {"datetime", "date", "datetime.datetime", "datetime.date", "time"}
    ]
    assert not read, "\n".join(read)


def test_the_rules_touch_neither_files_nor_screen(product) -> None:
    touched = [
        f"{s.at(call)} {call.func.id}"
        for s in product
        if s.name.startswith("service_floor/")
        for call in s.nodes(ast.Call)
        if isinstance(call.func, ast.Name) and call.func.id in BUILTINS
    ]
    assert not touched, "\n".join(touched)


def test_nobody_asks_whether_a_device_is_simulated(product) -> None:
    """Outside of the simulators no decision hangs on it."""
    asked = re.compile("simulat", re.IGNORECASE)
    found = [
        s.at(node)
        for s in product
        if not s.name.startswith("drivers/simulators/")
        for node in s.nodes(ast.If, ast.IfExp, ast.While)
        if asked.search(ast.unparse(node.test))
    ]
    found = [place.split()[0] for place in found]
    assert not found, "\n".join(found)


def test_importing_a_module_starts_nothing(product) -> None:
    """At the top of a module stand declarations: no thread, process, socket or event loop."""
    starters = {"Thread", "Popen", "run", "socket", "start", "create_engine", "QApplication"}
    started = [
        f"{s.at(statement)} {ast.unparse(statement)}"
        for s in product
        for statement in s.tree.body
        if isinstance(statement, ast.Expr | ast.Assign)
        and isinstance(statement.value, ast.Call)
        and ast.unparse(statement.value.func).split(".")[-1] in starters
    ]
    assert not started, "\n".join(started)
