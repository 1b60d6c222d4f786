"""Exceptions of the hub: why it cannot start or its database cannot be trusted, as a code with data; the sentences
are the command's."""

from collections.abc import Mapping
from enum import StrEnum


class HubProblem(StrEnum):
    """What is wrong with the hub's ports, files, database or certificates."""

    PORT_IN_USE = "port_in_use"
    CANNOT_LISTEN = "cannot_listen"
    DATABASE_UNUSABLE = "database_unusable"
    DATABASE_DENIED = "database_denied"
    DATABASE_GONE = "database_gone"
    DATABASE_NEWER = "database_newer"
    DATA_IN_USE = "data_in_use"
    NO_JOURNAL = "no_journal"
    JOURNAL_UNREADABLE = "journal_unreadable"
    JOURNAL_BROKEN = "journal_broken"
    CUT_OUT_OF_REACH = "cut_out_of_reach"
    COPY_NOT_PROVEN = "copy_not_proven"
    COPY_EXISTS = "copy_exists"
    JOURNAL_NEWER = "journal_newer"
    TLS_UNUSABLE = "tls_unusable"
    TLS_DENIED = "tls_denied"
    TLS_EXISTS = "tls_exists"
    TLS_NO_AUTHORITY = "tls_no_authority"
    MARK_UNREADABLE = "mark_unreadable"
    JOURNAL_MISSING = "journal_missing"
    JOURNAL_SHORT = "journal_short"
    JOURNAL_OTHER = "journal_other"
    JOURNAL_EXISTS = "journal_exists"
    FILE_UNWRITABLE = "file_unwritable"
    FILE_UNREADABLE = "file_unreadable"
    FILE_TOO_LARGE = "file_too_large"


class HubError(Exception):
    """The hub cannot work until a technician changes something.

    Example scenarios: the port belongs to another program; the data directory is read-only; the database was written
    by a later version; a row of the journal was edited.
    """

    def __init__(self, code: HubProblem, data: Mapping[str, str | int]) -> None:
        super().__init__(f"{code}: {dict(data)}")
        self.code = code
        self.data = dict(data)
