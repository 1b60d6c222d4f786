"""Fees of dossiers as facts: due, paid, void, refunded, with receipt numbers that are never used twice. Pure."""
