"""Reasons for which a file that a person hands over is not decoded."""

from enum import StrEnum


class ImageFileReason(StrEnum):
    """Why a file cannot be looked at."""

    UNREADABLE = "unreadable"
    FILE_TOO_LARGE = "file_too_large"
    PICTURE_TOO_LARGE = "picture_too_large"
    NOT_AN_IMAGE = "not_an_image"
    BROKEN_PDF = "broken_pdf"
    ENCRYPTED_PDF = "encrypted_pdf"
    TAKES_TOO_LONG = "takes_too_long"
    READER_CRASHED = "reader_crashed"


class ImageFileError(Exception):
    """A file was not looked at. Scenarios: a letter's text file, a download that broke off, a poster's scan, a PDF made to hang its reader."""

    def __init__(self, reason: ImageFileReason) -> None:
        super().__init__(reason.value)
        self.reason = reason
