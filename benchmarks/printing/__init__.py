"""The bench of printing: what a ticket costs on the wire, how soon it begins, and whether every letter arrives."""
