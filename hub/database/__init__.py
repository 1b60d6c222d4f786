"""The hub's SQLite database: connection settings, tables, schema migrations and prepared statements."""
