"""LED signs above the counters."""
