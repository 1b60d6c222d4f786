"""Deadlines of dossiers: limits by case and channel, appointments, and the clock that stands while the citizen is asked."""
