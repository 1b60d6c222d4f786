"""Form parsing with size limits, and the same-origin check (part of the CSRF protection) for the console."""

from collections.abc import Mapping
from typing import Final
from urllib.parse import parse_qsl, urlsplit

from starlette.requests import Request

from plumbing.limits import FORM_BYTES as LARGEST

_MOST_FIELDS: Final = 40
_LONGEST_FIELD: Final = 500
_FORM: Final = "application/x-www-form-urlencoded"


class FormError(Exception):
    """The body is not a form of the console.

    Example scenarios: a file of megabytes; JSON; a thousand fields.
    """

    def __init__(self, status: int) -> None:
        super().__init__(str(status))
        self.status = status


async def read_form(request: Request) -> Mapping[str, str]:
    """Parse the fields; of a field that comes twice the last one. Raises FormError."""
    if request.headers.get("content-type", "").split(";")[0].strip().lower() != _FORM:
        raise FormError(415)
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST:
            raise FormError(413)
    try:
        fields = parse_qsl(
            body.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS
        )  # fmt: skip
    except ValueError as problem:
        raise FormError(400) from problem
    if any(len(value) > _LONGEST_FIELD for _, value in fields):
        raise FormError(413)
    return dict(fields)


def is_same_origin(request: Request) -> bool:
    """Whether the browser reports that a page of this hub sent the form. Without such a header it is refused."""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    origin = urlsplit(request.headers.get("origin", ""))
    return bool(origin.netloc) and origin.netloc == request.headers.get("host")
