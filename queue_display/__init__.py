"""Displays of the hall: boards, announcements, counter signs."""
