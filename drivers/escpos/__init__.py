"""ESC/POS thermal printers: slips to bytes (pure), the printer's back channel to facts (pure), and `EscposPrinter`."""
