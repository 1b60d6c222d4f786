"""Barcode scanners: a pure framer of codes and the shell that reads one from a wire."""
