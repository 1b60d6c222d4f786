"""Form 01, the appointment slip: «Giấy tiếp nhận hồ sơ và hẹn trả kết quả» (TT 01/2018 and TT 03/2025/TT-VPCP)."""

from typing import Annotated, ClassVar

from pydantic import Field

from config.forms.values import FormValues, HandedInPaper, Line, Prose
from config.model.moments import When


class AppointmentForm(FormValues):
    """Who handed in what, when, and when and where the result is given. The thermal slip is filled from it too."""

    form: ClassVar = "appointment"

    receiver: Line = Field("", description="The unit that received the dossier")
    agency: Prose = Field("", description="The agency that handles it")
    citizen: Line = Field("", description="Who handed it in")
    channel: Line = Field("", description="How: in person, online, by post")
    address: Line = Field("", description="The applicant's address")
    phone: Line = Field("", description="The applicant's telephone")
    email: Line = Field("", description="The applicant's e-mail")
    identity: Line = Field("", description="Number of identity card or passport")
    request: Prose = Field("", description="What is asked for")
    owner: Line = Field("", description="Whose dossier it is")
    owner_address: Line = Field("", description="The owner's address")
    papers: Annotated[tuple[HandedInPaper, ...], Field(max_length=200)] = Field(
        (), description="Papers handed in; none named leaves rows to write on"
    )
    sets: Line = Field("", description="How many sets of papers")
    limit: Line = Field("", description="Time by rule")
    received_at: When | None = Field(None, description="When it was received")
    due_at: When | None = Field(
        None, description="When the result is promised: a moment, or only a day"
    )
    notice: Line = Field("", description="Note below the promise: news, progress, telephone")
    return_at: Line = Field("", description="Where the result is given")
    book: Line = Field("", description="Volume of the register (form of 2018)")
    book_entry: Line = Field("", description="Entry in the register (form of 2018)")
    officer: Line = Field("", description="Who received it")
