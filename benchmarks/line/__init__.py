"""Bench of the queue's fairness: whether the report shows every sequence of commands that serves a citizen out of turn."""
