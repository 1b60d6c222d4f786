"""The command `centerfloor`: one composition root per program."""
