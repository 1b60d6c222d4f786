"""Schema and migrations of a device's outbox file: unanswered requests, and the numbers that a kiosk holds in advance."""

import sqlite3
from typing import Final

from plumbing.durable_files import Schema


def _first_version(database: sqlite3.Connection) -> None:
    """Version 1: requests, leased numbers and the last contact, as they were before files had versions."""
    for statement in (
        "CREATE TABLE IF NOT EXISTS outbox (place INTEGER PRIMARY KEY, req TEXT UNIQUE, body BLOB)",
        "CREATE TABLE IF NOT EXISTS leased (place INTEGER PRIMARY KEY, lease TEXT, service TEXT, day TEXT,"
        " number TEXT, gone INTEGER DEFAULT 0, UNIQUE (lease, number))",
        "CREATE TABLE IF NOT EXISTS last_word (one INTEGER PRIMARY KEY CHECK (one = 1), hub TEXT, wall TEXT)",
    ):
        database.execute(statement)


def _second_version(database: sqlite3.Connection) -> None:
    """Version 2: the last contact also by the clock that counts from the machine's boot."""
    for column in ("steady REAL", "boot TEXT"):
        database.execute(f"ALTER TABLE last_word ADD COLUMN {column}")


SCHEMA: Final = Schema(
    migrations=(_first_version, _second_version), waiting="SELECT count(*) FROM outbox"
)
