"""Parser of catalogue files. A broken record is reported as a problem and does not stop the others."""

import codecs
import json
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from config.catalogue.records import CatalogueProblem, ProcedureRecord, mistakes_in
from config.errors import Mistake, MistakeCode
from config.findings import shown
from config.syntax import syntax_mistake
from service_floor.procedures.model import Procedure, national_code

if TYPE_CHECKING:
    from service_floor.procedures.catalogue import Catalogue
    from service_floor.procedures.synonyms import Synonyms

COMMITTED: Final = Path(__file__).parent / "procedures"
SYNONYMS: Final = Path(__file__).parent / "synonyms.toml"
MOST_BYTES: Final = 64 * 1024 * 1024
_RECORDS: Final = "procedures"
_NAME: Final = re.compile(r"[\w.-]{1,40}")

Phrase = Annotated[str, Field(min_length=1, max_length=200)]


@dataclass(frozen=True, slots=True)
class CatalogueReading:
    """What could be read, and what could not."""

    procedures: tuple[Procedure, ...]
    problems: tuple[CatalogueProblem, ...]


class ProceduresFile(BaseModel):
    """A catalogue file in which every record is right."""

    model_config = ConfigDict(strict=True)

    procedures: tuple[ProcedureRecord, ...]


class SynonymsFile(BaseModel):
    """The table of everyday words: `sayings` maps a phrase to official ones."""

    model_config = ConfigDict(extra="forbid", strict=True)

    sayings: dict[Phrase, list[Phrase]] = {}
    idle: list[Phrase] = []
    narrowing: list[Phrase] = []


class CatalogueFileError(Exception):
    """A file gives nothing at all; carries the problem."""

    def __init__(self, problem: CatalogueProblem) -> None:
        super().__init__(problem)
        self.problem = problem


def open_catalogue(
    *places: Path, synonyms: Path = SYNONYMS
) -> "tuple[Catalogue, tuple[CatalogueProblem, ...]]":
    """The catalogue of these files and folders, by default the one that comes along, with all problems."""
    # The search is not needed where files are only checked.
    from service_floor.procedures.catalogue import Catalogue
    from service_floor.procedures.synonyms import Synonyms

    reading = read_procedures(*places)
    try:
        known, problems = read_synonyms(synonyms), reading.problems
    except CatalogueFileError as error:
        known, problems = Synonyms(), (*reading.problems, error.problem)
    return Catalogue(reading.procedures, known), problems


def read_procedures(*places: Path) -> CatalogueReading:
    """The procedures of these files and folders; of two records with one national code the first counts."""
    taken: dict[str, Procedure] = {}
    problems: list[CatalogueProblem] = []
    for file in _files(places or (COMMITTED,)):
        try:
            for found in _records(file):
                code = "" if isinstance(found, CatalogueProblem) else national_code(found.code)
                if isinstance(found, CatalogueProblem):
                    problems.append(found)
                elif code in taken:
                    mistake = Mistake(
                        "code", MistakeCode.DUPLICATE, found.code, other=taken[code].code
                    )
                    problems.append(CatalogueProblem(file.name, found.code, mistake))
                else:
                    taken[code] = found
        except CatalogueFileError as error:
            problems.append(error.problem)
    return CatalogueReading(tuple(taken.values()), tuple(problems))


def read_synonyms(file: Path = SYNONYMS) -> "Synonyms":
    """The table of everyday words; raises CatalogueFileError."""
    from service_floor.procedures.synonyms import Saying, Synonyms

    text = text_of(file)
    try:
        data = tomllib.loads(text)
    except ValueError as error:
        raise CatalogueFileError(
            CatalogueProblem(file.name, "", syntax_mistake(text, error))
        ) from error
    try:
        table = SynonymsFile.model_validate(data)
    except ValidationError as error:
        mistake = mistakes_in(error, SynonymsFile)[0]
        raise CatalogueFileError(CatalogueProblem(file.name, "", mistake)) from error
    sayings = (Saying(said, tuple(meant)) for said, meant in table.sayings.items())
    return Synonyms(sayings, table.idle, table.narrowing)


def text_of(file: Path) -> str:
    """The text of a file in UTF-8 below the size limit; raises CatalogueFileError."""
    try:
        with file.open("rb") as opened:
            content = opened.read(MOST_BYTES + 1)
        if len(content) > MOST_BYTES:
            raise unusable(file, MistakeCode.TOO_LARGE, allowed=(f"≤ {MOST_BYTES}",))
        # Python's own decoder for "utf-8-sig" takes four times as long.
        return content.removeprefix(codecs.BOM_UTF8).decode("utf-8")
    except UnicodeDecodeError as error:
        raise unusable(file, MistakeCode.NOT_UTF8) from error
    except OSError as error:
        raise unusable(
            file, MistakeCode.UNREADABLE, error.strerror or type(error).__name__
        ) from error


def json_of(file: Path) -> object:
    """The data of a JSON file; raises CatalogueFileError."""
    return _parsed(file, text_of(file))


def _parsed(file: Path, text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise unusable(file, MistakeCode.NOT_JSON, str(error)) from error


def _files(places: Iterable[Path]) -> Iterator[Path]:
    for place in places:
        if place.is_dir():
            yield from sorted(place.glob("*.json"))
        else:
            yield place


def _records(file: Path) -> Iterator[Procedure | CatalogueProblem]:
    text = text_of(file)
    try:
        right = ProceduresFile.model_validate_json(text)
    except ValidationError:
        yield from _one_by_one(file, _parsed(file, text))
    else:
        yield from (record.as_procedure() for record in right.procedures)


def _one_by_one(file: Path, data: object) -> Iterator[Procedure | CatalogueProblem]:
    """The records of a file of which at least one is wrong."""
    records = data.get(_RECORDS) if isinstance(data, Mapping) else None
    if not isinstance(records, list):
        mistake = Mistake(_RECORDS, MistakeCode.WRONG_TYPE, shown(records), ("list",))
        raise CatalogueFileError(CatalogueProblem(file.name, "", mistake))
    for place, record in enumerate(records):
        yield from _record(file, place, record)


def _record(file: Path, place: int, record: Any) -> Iterator[Procedure | CatalogueProblem]:
    if not isinstance(record, Mapping):
        mistake = Mistake("", MistakeCode.WRONG_TYPE, shown(record), ("table",))
        yield CatalogueProblem(file.name, f"[{place}]", mistake)
        return
    try:
        yield ProcedureRecord.model_validate_json(json.dumps(record), strict=True).as_procedure()
    except ValidationError as error:
        name = record_name(record, place)
        for mistake in mistakes_in(error, ProcedureRecord):
            yield CatalogueProblem(file.name, name, mistake)


def record_name(record: Mapping[str, Any], place: int) -> str:
    """How a record is called in a problem: by its code where it has a plausible one, else by its place."""
    code = record.get("code")
    return code if isinstance(code, str) and _NAME.fullmatch(code) else f"[{place}]"


def unusable(
    file: Path, code: MistakeCode, found: str = "", allowed: tuple[str, ...] = ()
) -> CatalogueFileError:
    """The error of a file as a whole."""
    return CatalogueFileError(CatalogueProblem(file.name, "", Mistake("", code, found, allowed)))
