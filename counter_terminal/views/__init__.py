"""Widgets of the counter terminal: they draw a screen and emit presses as signals."""
