"""Cache of compiled SQL statements, for what the writer executes with every request."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import ClauseElement, Connection, Dialect
from sqlalchemy.sql.compiler import SQLCompiler

Row = Mapping[str, Any]


class Statement:
    """One statement, compiled by SQLAlchemy for one dialect. Its processing of each row of values is left out."""

    def __init__(
        self, statement: ClauseElement, dialect: Dialect, columns: Sequence[str] | None = None
    ) -> None:
        """An insert gives values to all columns of its table, or to `columns`."""
        compiled = statement.compile(dialect=dialect, column_keys=columns)
        assert isinstance(compiled, SQLCompiler)
        self._sql = str(compiled)
        # The names in the order of their placeholders; None if the driver takes values by name.
        self._places = compiled.positiontup

    def execute(self, connection: Connection, rows: Iterable[Row]) -> Iterable[Sequence[Any]]:
        """Execute it once for each row of values by name; returns the rows that it finds."""
        return connection.exec_driver_sql(self._sql, [self._values(row) for row in rows])

    def _values(self, row: Row) -> Any:
        return row if self._places is None else tuple([row[name] for name in self._places])
