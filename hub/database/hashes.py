"""Column type of SHA-256 hashes: 32 bytes in the file, hexadecimal text everywhere else."""

from typing import Any

from sqlalchemy import Dialect, String
from sqlalchemy.types import TypeDecorator


def to_stored(text: Any) -> Any:
    """The bytes that hexadecimal text stands for; any other value as it is, so that a broken row stays visible as broken."""
    try:
        return bytes.fromhex(text)
    except (TypeError, ValueError):
        return text


def from_stored(value: Any) -> Any:
    """The text of stored bytes. Rows of schema steps before 0006 hold the text itself, and keep it."""
    return value.hex() if isinstance(value, bytes) else value


class StoredHash(TypeDecorator[str]):
    """Half the size of the text. SQLite stores bytes as bytes in a column of any declared type, so no table is rewritten."""

    impl = String(64)
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        """Parameter of a statement."""
        return to_stored(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        """Value of a row."""
        return from_stored(value)
