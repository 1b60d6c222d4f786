"""Panels of the counter terminal's window."""
