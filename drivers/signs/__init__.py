"""LED signs above counters: one module per family with its frame codec and driver, on one shell that sends frames."""
