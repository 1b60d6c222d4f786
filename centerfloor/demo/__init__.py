"""The demonstration: the real programs, simulated devices, and a scripted morning."""
