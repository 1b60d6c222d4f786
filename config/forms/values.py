"""Value objects of forms: typed, bounded texts and moments. An unknown value is empty and becomes a line to write on."""

from datetime import date, datetime
from typing import Annotated, Any, ClassVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from config.model.moments import When
from config.model.slips import SlipName
from service_floor.vietnamese.formats import long_date, long_moment
from service_floor.vietnamese.text import clean

Line = Annotated[str, Field(max_length=300), AfterValidator(clean)]
"""A short text: a name, an address, a code."""

Short = Annotated[str, Field(max_length=60), AfterValidator(clean)]
"""What stands in a place of one line."""

Prose = Annotated[str, Field(max_length=6_000), AfterValidator(clean)]
"""A long text, such as the wording of a paper in the catalogue."""

Count = Annotated[int | None, Field(ge=0, le=9_999)]


class FormPart(BaseModel):
    """A part of a form that comes several times."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class HandedInPaper(FormPart):
    """A row of the papers table; a count that is unknown stays an empty cell."""

    name: Prose = Field(description="Name of the paper")
    originals: Count = Field(None, description="Originals")
    certified: Count = Field(None, description="Certified copies")
    copies: Count = Field(None, description="Plain copies")


class FormValues(FormPart):
    """What every form has: its letterhead, its dossier, and which of its copies this is."""

    form: ClassVar[SlipName]

    authority: Line = Field("", description="The line above the office")
    office: Line = Field("", description="The office that issues the form")
    number: Line = Field("", description="Number and signs of the form")
    place: Short = Field("", description="Place name before the date")
    date: When | None = Field(None, description="Day of issue")
    dossier: Line = Field("", description="Dossier code, also as a bar code")
    tracking: Line = Field("", description="Address of the dossier's progress, as a QR code")
    part: Short = Field("", description="Which copy this is: kept, or given to the applicant")

    def as_template_data(self) -> dict[str, Any]:
        """The fields as templates read them: moments in the words of an official paper, empty texts where unknown."""
        data = self.model_dump()
        return {name: _written(value) for name, value in data.items()}


def _written(value: Any) -> Any:
    if isinstance(value, datetime):
        return long_moment(value)
    if isinstance(value, date):
        return long_date(value)
    return "" if value is None else value
