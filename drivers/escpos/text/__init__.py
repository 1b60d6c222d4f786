"""Text for ESC/POS printers: code pages, taught letters, and line wrapping."""
