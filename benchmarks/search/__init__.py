"""Bench of the procedure search: processor time of a question, and how often the answer is among the first five."""
