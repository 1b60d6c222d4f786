"""Wires: TCP, serial and in-process pipes of bytes that know nothing of what they carry.

The contract beyond `drivers.protocols.Transport`: `write` returns a short count when the deadline passed or the
wire was lost after that many bytes, and raises only when not one byte could leave; bytes that arrived are read
before the loss is told. One thread owns a transport.
"""
