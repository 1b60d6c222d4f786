"""Sentences of the counter terminal, by language."""
