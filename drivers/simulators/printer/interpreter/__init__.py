"""ESC/POS interpreter of the simulated printer: parser, commands, code pages and settings."""
