"""The bench of a hub that is attacked."""
