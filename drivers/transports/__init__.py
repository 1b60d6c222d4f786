"""Transports: TCP, serial, USB and in-process pipes of bytes, which do not know what they carry.

The contract beyond `drivers.protocols.Transport`: `write` returns a short count when the deadline passed or the
wire was lost after that many bytes, and raises only when not one byte could leave; bytes that arrived are read
before the loss is reported. One thread owns a transport.
"""
