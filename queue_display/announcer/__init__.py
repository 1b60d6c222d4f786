"""Announcements: the queue of calls, their words, and the player that reports whether they were heard."""
