"""Audits of a finished day: fairness and statistics."""
