"""The command line `centerfloor`: one composition root per program."""
