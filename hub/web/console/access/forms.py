"""Reads what a form of the console sends, no more than a form can hold, and tells whether our own page sent it."""

from collections.abc import Mapping
from typing import Final
from urllib.parse import parse_qsl, urlsplit

from starlette.requests import Request

LARGEST: Final = 16 * 1024
_MOST_FIELDS: Final = 40
_LONGEST_FIELD: Final = 500
_FORM: Final = "application/x-www-form-urlencoded"


class FormError(Exception):
    """What came is no form of ours.

    Example scenarios: a file of megabytes; JSON; a thousand fields.
    """

    def __init__(self, status: int) -> None:
        super().__init__(str(status))
        self.status = status


async def read_form(request: Request) -> Mapping[str, str]:
    """The fields; of a field that comes twice the last one. Raises FormError."""
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


def is_from_here(request: Request) -> bool:
    """Whether the browser says that a page of this hub sent the form. A request without a word on it is not believed."""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    origin = urlsplit(request.headers.get("origin", ""))
    return bool(origin.netloc) and origin.netloc == request.headers.get("host")
