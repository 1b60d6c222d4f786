"""Devices of the floor behind small protocols: pure codecs, thin shells over transports."""
