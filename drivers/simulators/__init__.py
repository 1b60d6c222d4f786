"""Device simulators: programs of their own on the far side of a wire, so that drivers cannot tell them from real ones."""
