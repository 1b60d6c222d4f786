"""Concerns of the floor: each module holds one group of commands and its decisions."""
