"""Slips: the placeholders of each, the default templates, and the choice of a template for a printer."""
