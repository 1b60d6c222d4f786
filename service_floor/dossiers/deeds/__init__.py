"""Concerns of a dossier, one module each: commands, events, their decision and fold, and refusal codes. Pure."""
