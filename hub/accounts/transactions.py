"""Transactions on the accounts: writers of all threads and processes come one after the other."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine

from hub.accounts.audit_log import lock_audit_log


class AccountTransactions:
    """One for the accounts of a hub. Safe for any number of threads at once."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._lock = threading.Lock()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection for queries."""
        with self._engine.connect() as connection:
            yield connection

    @contextmanager
    def changing(self) -> Iterator[Connection]:
        """An exclusive write transaction: it reads, and writes what follows from that, with no other writer in
        between."""
        with self._lock, self._engine.connect() as connection, connection.begin():
            lock_audit_log(connection)
            yield connection
