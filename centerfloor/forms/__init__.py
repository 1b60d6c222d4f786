"""The command `centerfloor forms`: previews of forms, and templates to be edited."""
