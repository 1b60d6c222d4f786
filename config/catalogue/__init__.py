"""The catalogue of procedures: its files, how they are read, and how the published list becomes such a file."""
