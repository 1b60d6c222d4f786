"""Sentences for people stand in `texts/`: Python code holds Vietnamese letters as data only, file by file with the reason."""

import ast
import re
import unicodedata

import pytest

VIETNAMESE = re.compile(
    "[ăâđêôơưàằầèềìòồờùừỳảẳẩẻểỉỏổởủửỷãẵẫẽễĩõỗỡũữỹáắấéếíóốớúứýạặậẹệịọộợụựỵ]", re.IGNORECASE
)

LETTERS = "the letters themselves are what it is about"
LITERALS = "literal screens for the gallery of pictures"
OWN_NAMES = "the name that a language gives itself"
EXAMPLES = "an example inside the description of a setting"

HEADINGS = "the headings of a register's columns, as provinces export it"

SOURCE = "words of the published lists, which it reads"

PAYLOADS = "fictitious names and addresses that the benchmark draws as codes"

DATA = {
    "plumbing/languages.py": OWN_NAMES,
    "config/catalogue/importer.py": SOURCE,
    "benchmarks/scanning/payloads.py": PAYLOADS,
    "centerfloor/demo/morning.py": HEADINGS,
    "centerfloor/console_gallery.py": LITERALS,
    "centerfloor/commands/gallery.py": LITERALS,
    "config/model/centre.py": EXAMPLES,
    "config/model/queueing.py": EXAMPLES,
    "drivers/escpos/text/tcvn3.py": LETTERS,
    "drivers/signs/letters.py": LETTERS,
    "drivers/simulators/printer/interpreter/code_pages.py": LETTERS,
    "counter_terminal/views/crowd_samples.py": LITERALS,
    "counter_terminal/views/gallery.py": LITERALS,
    "counter_terminal/views/scan_samples.py": LITERALS,
    "kiosk/views/samples.py": LITERALS,
    "queue_display/boards/gallery.py": LITERALS,
}
HOME = "service_floor/vietnamese/"


def docstrings(source):
    for node in source.nodes(ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef):
        if node.body and isinstance(node.body[0], ast.Expr):
            yield node.body[0].value
        if isinstance(node, ast.Module | ast.ClassDef):
            yield from (part.value for part in node.body if isinstance(part, ast.Expr))


def vietnamese(source):
    spoken = set(map(id, docstrings(source)))
    for constant in source.nodes(ast.Constant):
        if not isinstance(constant.value, str) or id(constant) in spoken:
            continue
        if VIETNAMESE.search(unicodedata.normalize("NFC", constant.value)):
            yield source.at(constant)


@pytest.fixture(scope="module")
def places(product):
    """Where Vietnamese stands in code, by module."""
    return {source.name: tuple(vietnamese(source)) for source in product}


@pytest.mark.slow
def test_no_vietnamese_sentence_stands_in_code(places) -> None:
    found = [
        place
        for name, some in places.items()
        if name not in DATA and not name.startswith(HOME)
        for place in some
    ]
    assert not found, "\n".join(found)


@pytest.mark.slow
def test_every_exception_is_still_needed(places) -> None:
    used = {name for name, some in places.items() if some}
    assert sorted(set(DATA) - used) == []


def test_identifiers_are_english(product) -> None:
    names = [(s, n, n.id) for s in product for n in s.nodes(ast.Name)]
    found = [s.at(n) for s, n, name in names if not name.isascii()]
    assert not found, "\n".join(found)
