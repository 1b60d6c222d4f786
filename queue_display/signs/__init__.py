"""What the LED signs above the counters show."""
