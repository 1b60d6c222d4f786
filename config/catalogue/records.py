"""One record of a catalogue file: its declaration, and what is wrong with one that does not hold to it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Annotated, Any, Final

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from config.errors import Mistake, MistakeCode
from config.paths import Step, at, written
from config.shape import shown
from service_floor.calendar import LimitUnit
from service_floor.procedures.model import CODE, Level, Limit, Paper, Procedure

_CODES: Final = {
    "missing": MistakeCode.MISSING,
    "extra_forbidden": MistakeCode.UNKNOWN_KEY,
    "greater_than_equal": MistakeCode.OUT_OF_RANGE,
    "less_than_equal": MistakeCode.OUT_OF_RANGE,
    "string_too_short": MistakeCode.TEXT_LENGTH,
    "string_too_long": MistakeCode.TEXT_LENGTH,
    "too_short": MistakeCode.LIST_LENGTH,
    "too_long": MistakeCode.LIST_LENGTH,
    "string_pattern_mismatch": MistakeCode.PATTERN,
    "enum": MistakeCode.NOT_A_CHOICE,
}
_ALLOWED: Final = (("ge", "≥"), ("min_length", "≥"), ("le", "≤"), ("max_length", "≤"))
_TYPE: Final = "_type"

Text = Annotated[str, Field(max_length=8_000)]
Name = Annotated[str, Field(min_length=1, max_length=8_000)]
Count = Annotated[int, Field(ge=0, le=99)]


@dataclass(frozen=True, slots=True)
class CatalogueProblem:
    """A record that was not taken, or a whole file where `record` is empty. `mistake.path` is a place inside it."""

    file: str
    record: str
    mistake: Mistake


class _Record(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class PaperRecord(_Record):
    """A paper to bring."""

    name: Name
    originals: Count = 0
    copies: Count = 0
    form: Text = ""
    group: Text = ""


class LimitRecord(_Record):
    """How long the agency may take."""

    amount: Annotated[float, Field(ge=0, le=3_650)] | None = None
    unit: LimitUnit = LimitUnit.UNKNOWN
    text: Text = ""


class ProcedureRecord(_Record):
    """A procedure."""

    code: Annotated[str, Field(pattern=f"^(?:{CODE.pattern})$")]
    name: Name
    field: Annotated[str, Field(min_length=1, max_length=400)]
    levels: Annotated[tuple[Level, ...], Field(min_length=1, max_length=5)]
    agency: Text = ""
    limit: LimitRecord = LimitRecord()
    fee: Annotated[int, Field(ge=0, le=100_000_000_000)] | None = None
    fee_note: Text = ""
    papers: Annotated[tuple[PaperRecord, ...], Field(max_length=400)] = ()
    results: Annotated[tuple[Name, ...], Field(max_length=60)] = ()
    decision: Text = ""
    published: Text = ""

    def as_procedure(self) -> Procedure:
        """The procedure as the floor knows it."""
        parts: dict[str, Any] = {name: getattr(self, name) for name in type(self).model_fields}
        parts["limit"] = Limit(**self.limit.model_dump())
        parts["papers"] = tuple(Paper(**paper.model_dump()) for paper in self.papers)
        return Procedure(**parts)


def as_record(procedure: Procedure) -> dict[str, Any]:
    """A procedure as it stands in a file: what was not published is left out."""
    record = _without_blanks(asdict(procedure))
    record["limit"] = _without_blanks(asdict(procedure.limit))
    record["papers"] = [_without_blanks(asdict(paper)) for paper in procedure.papers]
    return record


def mistakes_in(error: ValidationError, record: Mapping[str, Any]) -> tuple[Mistake, ...]:
    """What pydantic found, in the codes of the configuration's letters."""
    details = error.errors(include_url=False)
    return tuple(
        _mistake(dict(detail), record) for detail in details if not _follows(detail, record)
    )


def _follows(detail: Mapping[str, Any], record: Mapping[str, Any]) -> bool:
    """Whether a list is called too short only because its elements are wrong, which are mistakes of their own."""
    counted = detail.get("ctx", {}).get("actual_length")
    if _CODES.get(detail["type"]) is not MistakeCode.LIST_LENGTH:
        return False
    return bool(len(at(record, detail["loc"])) != counted)


def _mistake(detail: dict[str, Any], record: Mapping[str, Any]) -> Mistake:
    steps: tuple[Step, ...] = detail["loc"]
    place, kind, context = written(steps), detail["type"], detail.get("ctx", {})
    code = _CODES.get(kind)
    if code is MistakeCode.MISSING:
        return Mistake(place, code)
    if code is MistakeCode.UNKNOWN_KEY:
        return Mistake(place, code, str(steps[-1]))
    found = shown(at(record, steps))
    if code is MistakeCode.PATTERN:
        return Mistake(place, code, found, (context["pattern"],))
    if code is MistakeCode.NOT_A_CHOICE:
        return Mistake(place, code, found, (context["expected"],))
    if code is not None:
        return Mistake(
            place,
            code,
            found,
            tuple(f"{sign} {context[k]}" for k, sign in _ALLOWED if k in context),
        )
    if kind.endswith(_TYPE):
        return Mistake(place, MistakeCode.WRONG_TYPE, found, (kind.removesuffix(_TYPE),))
    return Mistake(place, MistakeCode.INVALID, found, (kind,))


def _without_blanks(values: Mapping[str, Any]) -> dict[str, Any]:
    blank = ("", None, ())
    return {key: value for key, value in values.items() if value not in blank}
