"""The event journal: an append-only, hash-chained log with its codec, its rows and its outages."""
