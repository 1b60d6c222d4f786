"""Records of a catalogue file: their declaration, and the problems of one that fails validation."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Annotated, Any, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from config.errors import Mistake, MistakeCode
from config.findings import code_of, mistake_at
from config.paths import Step, written
from config.shape import nearest
from service_floor.calendar import LimitUnit
from service_floor.procedures.model import CODE, Level, Limit, Paper, Procedure

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
        papers = tuple(Paper(**vars(paper)) for paper in self.papers)
        return Procedure(**vars(self) | {"limit": Limit(**vars(self.limit)), "papers": papers})


def as_record(procedure: Procedure) -> dict[str, Any]:
    """A procedure as it stands in a file: what was not published is left out."""
    record = _without_blanks(asdict(procedure))
    record["limit"] = _without_blanks(asdict(procedure.limit))
    record["papers"] = [_without_blanks(asdict(paper)) for paper in procedure.papers]
    return record


def mistakes_in(error: ValidationError, table: type[BaseModel]) -> tuple[Mistake, ...]:
    """The validation errors of data in this table, in the codes of the configuration's letters."""
    details = error.errors(include_url=False)
    return tuple(m for m in (_mistake(dict(detail), table) for detail in details) if m is not None)


def _mistake(detail: dict[str, Any], table: type[BaseModel]) -> Mistake | None:
    steps = detail["loc"]
    if code_of(detail["type"]) is MistakeCode.UNKNOWN_KEY:
        known, key = tuple(_table_at(table, steps[:-1]).model_fields), str(steps[-1])
        return Mistake(written(steps), MistakeCode.UNKNOWN_KEY, key, known, nearest(key, known))
    return mistake_at(written(steps), detail, detail["input"] if steps else {})


def _table_at(table: type[BaseModel], steps: Iterable[Step]) -> type[BaseModel]:
    """The table that stands at a place inside this one."""
    for step in steps:
        if isinstance(step, str):
            annotation = table.model_fields[step].annotation
            inner = (annotation, *get_args(annotation))
            table = next(a for a in inner if isinstance(a, type) and issubclass(a, BaseModel))
    return table


def _without_blanks(values: Mapping[str, Any]) -> dict[str, Any]:
    blank = ("", None, ())
    return {key: value for key, value in values.items() if value not in blank}
