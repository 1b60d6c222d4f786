"""Barcode scanners: a pure parser of codes, and the shells that read one from a wire, keys or a camera."""
