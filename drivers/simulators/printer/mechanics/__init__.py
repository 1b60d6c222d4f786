"""Mechanics of the simulated printer: paper, roll, head pace, glyphs and symbols."""
