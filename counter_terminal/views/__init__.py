"""Widgets of the counter terminal: they draw a screen and say what was pressed."""
