"""Ports of the simulated printer: TCP, pseudo-terminal and control port."""
