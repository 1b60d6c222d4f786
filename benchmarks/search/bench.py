"""The bench `search`: questions of citizens against the published list of procedures, if it lies beside the checkout.

The baseline is rapidfuzz alone, which compares each question with every name: what a search costs that understands neither
synonyms nor mistyped words.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from time import process_time
from typing import Any, Final

from rapidfuzz import fuzz, process

from benchmarks.figures import Bar, Figure, Sheet
from benchmarks.place import BenchSkippedError, Place
from config.catalogue.importer import import_list
from config.catalogue.reading import read_synonyms
from service_floor.procedures.catalogue import Catalogue

ROUNDS: Final = 3
FIRST: Final = 5
_DATA: Final = Path(__file__).resolve().parents[3] / "shared" / "data"

BARS: Final[Mapping[str, Bar]] = {
    "found among the first five": Bar(at_least=90),
    "question: CPU against bare rapidfuzz": Bar(at_most=4),
}


async def measure(place: Place) -> tuple[Figure, ...]:
    """Ask every question of the sample several times; skipped without the published list."""
    if not (_DATA / "procedures.json").exists():
        raise BenchSkippedError("the published list of procedures is not beside the checkout")
    asked = [query for query in _read("procedure-queries.json") if query["expected"]]
    procedures = import_list(_read("procedures.json"), "procedures.json").procedures
    catalogue = Catalogue(procedures, read_synonyms())
    names = [procedure.name for procedure in procedures]
    place.say(f"{len(asked)} questions, {len(names)} procedures")
    questions = [query["query"] for query in asked]
    found = sum(_is_found(catalogue, query) for query in asked)
    ours = _cpu_ms(lambda text: catalogue.search(text, FIRST), questions)
    bare = _cpu_ms(
        lambda text: process.extract(text, names, scorer=fuzz.WRatio, limit=FIRST), questions
    )
    sheet = Sheet("search", BARS)
    sheet.note("found among the first five", 100 * found / len(asked), "%")
    sheet.note("question: CPU against bare rapidfuzz", ours / bare, "x")
    sheet.note("question: CPU", ours, "ms", bare)
    return sheet.figures()


def _read(name: str) -> Any:
    return json.loads((_DATA / name).read_text("utf-8"))


def _is_found(catalogue: Catalogue, query: Mapping[str, Any]) -> bool:
    top = {match.procedure.code for match in catalogue.search(query["query"], FIRST)}
    return any(answer["code"] in top for answer in query["expected"])


def _cpu_ms(search: Callable[[str], object], questions: Sequence[str]) -> float:
    """Milliseconds of processor time of one question, over all rounds."""
    began = process_time()
    for _ in range(ROUNDS):
        for question in questions:
            search(question)
    return (process_time() - began) * 1e3 / (ROUNDS * len(questions))
