"""Parses and validates dossiers sent by the one-stop software: bytes of a request in; dossiers and row errors out."""

from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, Final

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import from_json

from hub.messages import ErrorBody
from hub.web.api.errors import ApiError, ApiProblem
from plumbing.sentences import Sentences, load_sentences
from service_floor.dossiers.cells import (
    HIGHEST_VERSION,
    LONGEST_CELL,
    BadCellError,
    RowFault,
    read_cells,
)
from service_floor.dossiers.model import Dossier
from service_floor.vietnamese.text import clean

MOST_ROWS: Final = 1_000
_MOMENT_ABOUT: Final = "`2026-11-20T08:00:00+07:00`, `20/11/2026 08:00` or a date alone"

Text = Annotated[str, Field(max_length=LONGEST_CELL)]
Moment = Annotated[str | None, Field(max_length=40, description=_MOMENT_ABOUT)]


class DossierContent(BaseModel):
    """What is known of a dossier. It has no fields for persons: a field of another name is refused."""

    model_config = ConfigDict(extra="forbid", strict=True)

    version: Annotated[int, Field(ge=0, le=HIGHEST_VERSION, description="Higher replaces lower")]
    status: Annotated[
        str,
        Field(
            max_length=80,
            description="A name such as `in_progress`, or a number such as `4`",
            min_length=1,
        ),
    ]
    procedure: Text = ""
    procedure_name: Text = ""
    agency: Text = ""
    received_at: Moment = None
    due_at: Moment = None
    finished_at: Moment = None
    note: Text = ""


class DossierSent(DossierContent):
    """A dossier of a bulk."""

    code: Annotated[str, Field(max_length=80, examples=["H56.14-261103-0007"])]


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that failed validation."""

    error: ErrorBody


_FAULTS: Final = {"extra_forbidden": RowFault.UNKNOWN_FIELD, "missing": RowFault.MISSING_FIELD}
_FIELDS: Final = frozenset(DossierSent.model_fields)


def rows_of(body: bytes) -> list[Any]:
    """Parse the rows of a bulk, not yet validated; raises ApiError."""
    told = _json(body)
    rows = told.get("dossiers")
    if not isinstance(rows, list) or len(told) != 1 or not rows:
        raise ApiError(422, ApiProblem.BAD_REQUEST, at="body.dossiers", problem="list_type")
    if len(rows) > MOST_ROWS:
        raise ApiError(413, ApiProblem.TOO_LARGE, rows=MOST_ROWS)
    return rows


def content_of(body: bytes, code: str) -> dict[str, Any]:
    """Parse the body of a single dossier, which has its code in the address; raises ApiError."""
    told = _json(body)
    if "code" in told:
        raise ApiError(422, ApiProblem.BAD_REQUEST, at="body.code", problem=RowFault.UNKNOWN_FIELD)
    return {**told, "code": code}


def read_row(row: Any) -> Dossier | BadRow:
    """Validate a row by the rules of the exports: the dossier, or the first error."""
    try:
        sent = DossierSent.model_validate(row)
        cells = {name: clean(str(cell)) for name, cell in sent if cell is not None}
        return read_cells(cells)
    except BadCellError as bad:
        data = {"field": bad.column}
        return BadRow(ErrorBody(code=bad.code, data=data))
    except ValidationError as problem:
        first = problem.errors(include_url=False, include_input=False, include_context=False)[0]
        place = str(first["loc"][0]) if first["loc"] else ""
        # An unknown field name may be anything; it is not repeated.
        data = {"field": place if place in _FIELDS else ""}
        fault = _FAULTS.get(first["type"], RowFault.BAD_VALUE)
        return BadRow(ErrorBody(code=fault, data=data))


@cache
def sentences_in(language: str) -> Sentences:
    """Sentences for the people behind the other software."""
    return load_sentences("hub.web", language)


def _json(body: bytes) -> dict[str, Any]:
    try:
        told = from_json(body, allow_inf_nan=False)
    except ValueError as problem:
        raise ApiError(422, ApiProblem.BAD_REQUEST, at="body", problem="json_invalid") from problem
    if not isinstance(told, dict):
        raise ApiError(422, ApiProblem.BAD_REQUEST, at="body", problem="dict_type")
    return told
