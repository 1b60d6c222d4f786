"""Maintenance of a journal: verification, export, repair, backup and restore, the data directory's lock, and TLS
certificates."""
