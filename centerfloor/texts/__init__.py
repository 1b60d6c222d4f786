"""Sentences of the command, by language."""
