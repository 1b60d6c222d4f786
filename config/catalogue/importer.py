"""Importer of the published list of procedures into a catalogue file. What the list leaves open stays unknown, and is counted."""

import json
import os
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from pydantic import BaseModel, ConfigDict, ValidationError

from config.catalogue.reading import CatalogueFileError, json_of, record_name, unusable
from config.catalogue.records import CatalogueProblem, ProcedureRecord, as_record, mistakes_in
from config.errors import Mistake, MistakeCode
from config.findings import shown
from service_floor.calendar import LimitUnit
from service_floor.procedures.model import Level, Limit, Paper, Procedure, national_code
from service_floor.vietnamese.text import clean, fold

# The list is recognised by its folded words.
_LEVELS: Final = {
    "cap bo": Level.MINISTRY,
    "cap tinh": Level.PROVINCE,
    "cap huyen": Level.DISTRICT,
    "cap xa": Level.COMMUNE,
    "co quan khac": Level.OTHER,
}
_UNITS: Final = {
    "ngay lam viec": LimitUnit.WORKING_DAYS,
    "ngay": LimitUnit.DAYS,
    "gio": LimitUnit.HOURS,
    "thang": LimitUnit.MONTHS,
    "(nguon khong ghi don vi)": LimitUnit.UNKNOWN,
}
_LIMIT: Final = re.compile(r"(\d{1,4}(?:\.\d{1,2})?) ([a-z() ]+)")
_TIME: Final = re.compile(
    r"\b(?:\d+ (?:ngay|gio|thang|phut)|(?:ngay|trong) (?:sau|khi|ngay|buoi)|thoi han)\b"
)
_IN_PERSON: Final = "truc tiep"
_SIBLING: Final = re.compile(r"\((?:thuc hien )?(?:tai )?cap (?:trung uong|tinh|huyen|xa)\)")

_MOST_COPIES: Final = 100

# One amount, with its label before it and its condition behind it.
_FEE: Final = re.compile(
    r"(?:([^\d:()]{1,20}): ?)?([\d.]{1,20}) ?(?:đồng|Đồng|đ|VNĐ)(?: ?\((.*)\))?\.?"
)
_NOTHING: Final = re.compile(r"(?:le phi|phi)?:? ?(?:0|khong) dong")
# No fee is below the smallest note; lower amounts are slips of the list.
_LEAST_FEE: Final = 1_000
_AMOUNT: Final = re.compile(r"\d ?(?:dong|d|vnd)\b")
_SAYS_NOTHING: Final = frozenset({"vnd", "dong"})


class Trait(StrEnum):
    """What a list leaves open or makes hard to read; each is counted in procedures."""

    UNKNOWN_FEE = "unknown_fee"
    NO_LIMIT = "no_limit"
    LIMIT_WITHOUT_UNIT = "limit_without_unit"
    SEVERAL_CASES = "several_cases"
    REMARKS = "remarks"
    SIBLING = "sibling"
    INTERNAL = "internal"


@dataclass(frozen=True, slots=True)
class ImportedList:
    """Result of an import."""

    procedures: tuple[Procedure, ...]
    problems: tuple[CatalogueProblem, ...]
    traits: Mapping[Trait, int]


class _Source(BaseModel):
    model_config = ConfigDict(extra="ignore")


class _Component(_Source):
    name: str
    originals: int
    copies: int
    form: str | None = None
    group: str | None = None


class _Channel(_Source):
    channel: str | None = None
    note: str | None = None


class _Result(_Source):
    name: str


class _Entry(_Source):
    code: str
    name: str
    field: str
    levels: list[str]
    agency: str | None = None
    time_limit: str | None = None
    fee: str | None = None
    fee_note: str | None = None
    components: list[_Component] = []
    results: list[_Result] = []
    channels: list[_Channel] = []
    decision: str | None = None
    source_date: str | None = None


def import_file(source: Path, target: Path) -> ImportedList:
    """Turn a published list into a catalogue file. A list of which nothing can be taken leaves the old file.

    Raises CatalogueFileError where the list cannot be read or the file cannot be written.
    """
    data = json_of(source)
    if not isinstance(data, list):
        mistake = Mistake("", MistakeCode.WRONG_TYPE, shown(data), ("list",))
        raise CatalogueFileError(CatalogueProblem(source.name, "", mistake))
    imported = import_list(data, source.name)
    if imported.procedures:
        write_catalogue(imported.procedures, target)
    return imported


def import_list(entries: Iterable[Any], file: str) -> ImportedList:
    """The procedures of a published list; a broken entry is a problem of its own."""
    taken: dict[str, Procedure] = {}
    problems: list[CatalogueProblem] = []
    for place, entry in enumerate(entries):
        found = _taken(entry)
        if isinstance(found, Procedure) and national_code(found.code) not in taken:
            taken[national_code(found.code)] = found
            continue
        name = record_name(entry, place) if isinstance(entry, Mapping) else f"[{place}]"
        if isinstance(found, Procedure):
            first = taken[national_code(found.code)].code
            found = (Mistake("code", MistakeCode.DUPLICATE, found.code, other=first),)
        problems += [CatalogueProblem(file, name, mistake) for mistake in found]
    traits = Counter(trait for procedure in taken.values() for trait in traits_of(procedure))
    return ImportedList(tuple(taken.values()), tuple(problems), traits)


def write_catalogue(procedures: Iterable[Procedure], target: Path) -> None:
    """Write a catalogue file, a record a line, in one stroke: readers meet the old one or the new one, whole."""
    records = (json.dumps(as_record(p), ensure_ascii=False) for p in procedures)
    text = '{"procedures": [\n' + ",\n".join(records) + "\n]}"
    beside = target.with_name(target.name + ".part")
    try:
        with beside.open("w", encoding="utf-8") as file:
            file.write(text + "\n")
            file.flush()
            os.fsync(file.fileno())
        beside.replace(target)
    except OSError as error:
        with suppress(OSError):
            beside.unlink()
        raise unusable(target, MistakeCode.UNWRITABLE, error.strerror or "") from error


def traits_of(procedure: Procedure) -> tuple[Trait, ...]:
    """What is open or hard to read in a procedure."""
    limit = procedure.limit
    present = {
        Trait.UNKNOWN_FEE: procedure.fee is None,
        Trait.NO_LIMIT: limit.amount is None,
        Trait.LIMIT_WITHOUT_UNIT: limit.amount is not None and limit.unit is LimitUnit.UNKNOWN,
        Trait.SEVERAL_CASES: len(procedure.cases) > 1,
        Trait.REMARKS: any(paper.is_remark for paper in procedure.papers),
        Trait.SIBLING: _SIBLING.search(fold(procedure.name)) is not None,
        Trait.INTERNAL: procedure.is_internal,
    }
    return tuple(trait for trait, holds in present.items() if holds)


def _taken(entry: Any) -> Procedure | tuple[Mistake, ...]:
    if not isinstance(entry, Mapping):
        return (Mistake("", MistakeCode.WRONG_TYPE, shown(entry), ("table",)),)
    try:
        source = _Entry.model_validate(entry, strict=True)
    except ValidationError as error:
        return mistakes_in(error, _Entry)
    unknown = [
        place for place, name in enumerate(source.levels) if fold(clean(name)) not in _LEVELS
    ]
    if unknown:
        return tuple(
            Mistake(
                f"levels[{place}]",
                MistakeCode.NOT_A_CHOICE,
                shown(source.levels[place]),
                tuple(_LEVELS),
            )
            for place in unknown
        )
    record = as_record(_procedure(source))
    try:
        return ProcedureRecord.model_validate(record).as_procedure()
    except ValidationError as error:
        return mistakes_in(error, ProcedureRecord)


def _procedure(source: _Entry) -> Procedure:
    fee, note = _fee(clean(source.fee or ""), clean(source.fee_note or ""))
    return Procedure(
        code=source.code.strip(),
        name=clean(source.name),
        field=clean(source.field),
        levels=tuple(dict.fromkeys(_LEVELS[fold(clean(name))] for name in source.levels)),
        agency=clean(source.agency or ""),
        limit=_limit(clean(source.time_limit or ""), source.channels),
        fee=fee,
        fee_note=note,
        papers=tuple(_papers(source.components)),
        results=tuple(filter(None, (clean(result.name) for result in source.results))),
        decision=clean(source.decision or ""),
        published=clean(source.source_date or ""),
    )


def _papers(components: Iterable[_Component]) -> Iterable[Paper]:
    for part in components:
        if name := clean(part.name):
            form, group = clean(part.form or ""), clean(part.group or "")
            yield Paper(name, _count(part.originals), _count(part.copies), form, group)


def _count(number: int) -> int:
    """How many; a number that ran into a year (20261) only shows that one is to be brought."""
    return number if number < _MOST_COPIES else 1


def _limit(text: str, channels: Iterable[_Channel]) -> Limit:
    """The limit; where amount or unit is missing, with the list's own words on it for people who come in person."""
    found = _LIMIT.fullmatch(fold(text))
    unit = _UNITS.get(found[2]) if found else None
    if found and unit not in (None, LimitUnit.UNKNOWN):
        return Limit(float(found[1]), unit or LimitUnit.UNKNOWN)
    notes = sorted(channels, key=lambda channel: fold(channel.channel or "") != _IN_PERSON)
    said = (clean(channel.note or "") for channel in notes)
    note = next((words for words in said if _TIME.search(fold(words))), "")
    if found and unit is not None:
        return Limit(float(found[1]), unit, note)
    return Limit(text=note or text)


def _fee(text: str, note: str) -> tuple[int | None, str]:
    """The amount if the list gives exactly one, and the words beside it. "Free of charge" without an amount is unknown."""
    if _NOTHING.fullmatch(fold(text)):
        return 0, note
    found = _FEE.fullmatch(text)
    amount = int(found[2].replace(".", "")) if found and _is_amount(found[2]) else 0
    if found and amount >= _LEAST_FEE and not _AMOUNT.search(fold(found[3] or "")):
        label, terms = (found[1] or "").strip(), (found[3] or "").strip()
        said = ": ".join(part for part in (label, terms) if part)
        return amount, ". ".join(part for part in (said, note) if part)
    said = "" if fold(text) in _SAYS_NOTHING else text
    return None, ". ".join(part for part in (said, note) if part)


def _is_amount(digits: str) -> bool:
    return re.fullmatch(r"\d{1,3}(?:\.\d{3})+|\d+", digits) is not None
