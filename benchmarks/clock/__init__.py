"""What a floor makes of a clock that jumps, and of mornings, suspends and leap smears that are none."""
