"""Tickets by which a technician learns what a printer can do."""
