"""What long days and long journals cost: start, memory, and a call late on a day."""
