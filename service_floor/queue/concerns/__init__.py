"""Concerns of the queue: each module holds one group of commands with their rights, decisions, events, folds and
refusals."""
