"""Simulated LED signs: one frame parser per family behind the same pseudo-terminal and picture."""
