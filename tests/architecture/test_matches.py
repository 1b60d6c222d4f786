"""A `match` over a union ends with `assert_never`: the type checker finds the case that a new member lacks."""

import ast

OPEN = "a text, number or other open value, of which any may come"
GUARDED = "its cases have conditions: what meets none of them is passed over"
OTHERS = "the other members share one answer"

# `file:function` of each match that ends otherwise, with the reason.
EXCEPTIONS = {
    "benchmarks/figures.py:_cell": OPEN,
    "benchmarks/line/oracle.py:_go_on": OTHERS,
    "benchmarks/line/oracle.py:_leave": OTHERS,
    "benchmarks/line/oracle.py:take": OTHERS,
    "benchmarks/printing/bench.py:_strings": OPEN,
    "benchmarks/printing/reading.py:printed": OTHERS,
    "centerfloor/demo/gui_automation.py:_answer": OPEN,
    "config/findings.py:shown": OPEN,
    "config/letter.py:_allowed": OTHERS,
    "config/model/slips.py:wordings": OTHERS,
    "config/paths.py:_put": GUARDED,
    "config/paths.py:at": OPEN,
    "config/reference.py:_toml": OPEN,
    "counter_terminal/app.py:_carry_out": OTHERS,
    "counter_terminal/views/menus.py:_choices": OPEN,
    "drivers/escpos/back_channel.py:_heard": GUARDED,
    "drivers/scanners/decoding/pictures.py:_levels": OPEN,
    "drivers/simulators/printer/interpreter/graphics_commands.py:_shelf": GUARDED,
    "drivers/simulators/printer/interpreter/graphics_commands.py:graphics": GUARDED,
    "drivers/simulators/printer/interpreter/symbol_commands.py:_qr": GUARDED,
    "drivers/simulators/printer/ports/serial_wire.py:_is_held": OPEN,
    "drivers/simulators/scanner.py:pieces": OTHERS,
    "hub/client/offline/reserve.py:adopt": OTHERS,
    "hub/client/printer_reports.py:conditions_of": GUARDED,
    "hub/client/requests.py:_needs_retry": OTHERS,
    "hub/floor/live.py:after": OTHERS,
    "hub/web/console/rendering.py:_shown": OPEN,
    "kiosk/flow/keyboard.py:_typed": GUARDED,
    "kiosk/flow/pages/information.py:_inquiry_notice": OTHERS,
    "kiosk/flow/pages/scan_result.py:scanned": GUARDED,
}


def ends_with_assert_never(match: ast.Match) -> bool:
    last = match.cases[-1]
    return (
        isinstance(last.pattern, ast.MatchAs)
        and last.pattern.pattern is None
        and last.guard is None
        and ast.unparse(last.body[-1]).startswith("assert_never(")
    )


def matches(product):
    """Each match with the function that it stands in, as `file:function`."""
    for source in product:
        if not any(source.nodes(ast.Match)):
            continue
        for function in source.nodes(ast.FunctionDef, ast.AsyncFunctionDef):
            for node in ast.walk(function):
                if isinstance(node, ast.Match):
                    yield f"{source.name}:{function.name}", node


def test_every_match_over_a_union_is_complete(product) -> None:
    found = {place for place, node in matches(product) if not ends_with_assert_never(node)}
    assert sorted(found - set(EXCEPTIONS)) == []


def test_every_exception_is_used(product) -> None:
    found = {place for place, node in matches(product) if not ends_with_assert_never(node)}
    assert sorted(set(EXCEPTIONS) - found) == []


def test_a_complete_match_is_known() -> None:
    tree = ast.parse(
        "match a:\n  case 1: f()\n  case other: assert_never(other)\nmatch a:\n  case 1: f()\n  case _: g()\n"
    )
    assert [ends_with_assert_never(match) for match in tree.body] == [True, False]
