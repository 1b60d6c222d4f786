"""This checkout against another one, measured in turn."""
