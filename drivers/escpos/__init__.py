"""Driver of ESC/POS thermal printers: encoder of slips (pure), parser of the back channel (pure), and `EscposPrinter`."""
