"""LED signs above counters: a pure codec of their frames and the shell that sends them."""
