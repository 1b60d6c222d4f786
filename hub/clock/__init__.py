"""The hub's clock: the machine's wall clock while it is plausible, held time while it is not."""
