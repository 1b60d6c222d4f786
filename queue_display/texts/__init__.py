"""Sentences of the hall's own devices, by language."""
