"""Dossiers: their codes, statuses, rows of a register, and how they stand to their deadline."""
