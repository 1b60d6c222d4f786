"""A caught-all error is a bug report thrown away, except where one failure must not stop all others."""

import ast

# Which file, and which of the kinds of place it is.
PLACES = {
    "drivers/spool/spool.py": "listener guard of the thread that prints",
    "drivers/supervisor.py": "supervisor loop",
    "hub/floor/recovery.py": "supervisor loop of the one writer",
    "hub/wire/server.py": "connection handler",
    "kiosk/views/stage.py": "Qt slot guard",
}
WORDS = 3


def is_broad(handler):
    if handler.type is None:
        return True
    types = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return any(ast.unparse(t) in {"Exception", "BaseException"} for t in types)


def passes_on(handler):
    """Tidies up and raises again: nothing is caught."""
    last = handler.body[-1]
    return isinstance(last, ast.Raise) and last.exc is None


def broad(sources):
    for source in sources:
        for handler in source.nodes(ast.ExceptHandler):
            if is_broad(handler) and not passes_on(handler):
                yield source, handler


def test_broad_excepts_stand_in_their_places_alone(product) -> None:
    found = [s.at(h) for s, h in broad(product) if s.name not in PLACES]
    assert not found, "\n".join(found)


def test_every_place_still_has_one(product) -> None:
    assert sorted(set(PLACES) - {source.name for source, _ in broad(product)}) == []


def test_every_broad_except_says_why_and_what_happens_next(product) -> None:
    silent = []
    for source, handler in broad(product):
        head = source.lines[handler.lineno - 1 : handler.body[0].lineno - 1]
        words = [
            line.split("#", 1)[1].removeprefix(" noqa: BLE001") for line in head if "#" in line
        ]
        if sum(len(part.split()) for part in words) < WORDS:
            silent.append(source.at(handler))
    assert not silent, "\n".join(silent)


def test_a_handler_that_raises_again_is_no_broad_except() -> None:
    tree = ast.parse(
        "try:\n  f()\nexcept Exception:\n  g()\n  raise\nexcept (OSError, Exception):\n  g()\n"
    )
    again, swallowed = tree.body[0].handlers
    assert (is_broad(again), passes_on(again)) == (True, True)
    assert (is_broad(swallowed), passes_on(swallowed)) == (True, False)
