"""Bench of the forms: processor time, size, and whether what is printed can be read back."""
