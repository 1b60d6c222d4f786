"""Raster pictures, stored pictures and bar codes for ESC/POS printers."""
