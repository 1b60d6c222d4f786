"""Benchmarks of the whole suite: real programs, real sockets, a real browser; each with its bar and a baseline of the same run."""
