"""Why a hub cannot start or its database cannot be trusted: a code with data; the sentences are the command's."""

from collections.abc import Mapping
from enum import StrEnum


class HubProblem(StrEnum):
    """What is wrong with the hub's surroundings."""

    PORT_IN_USE = "port_in_use"
    CANNOT_LISTEN = "cannot_listen"
    DATABASE_UNUSABLE = "database_unusable"
    DATABASE_NEWER = "database_newer"
    JOURNAL_UNREADABLE = "journal_unreadable"
    FILE_UNREADABLE = "file_unreadable"
    FILE_TOO_LARGE = "file_too_large"


class HubError(Exception):
    """The hub cannot do its work until somebody changes something.

    Example scenarios: the port belongs to another program; the data directory is read-only;
    the database was written by a later version.
    """

    def __init__(self, code: HubProblem, data: Mapping[str, str | int]) -> None:
        super().__init__(f"{code}: {dict(data)}")
        self.code = code
        self.data = dict(data)
