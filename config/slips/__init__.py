"""What stands on slips: the placeholders of each, the templates that come along, and which one a printer gets."""
