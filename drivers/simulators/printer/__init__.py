"""A simulated ESC/POS ticket printer for 80 and 58 mm paper: bytes in, pictures of slips and status bytes out.

Not simulated: speed of wire and paper, serial parameters, handshake and XON/XOFF, the length of the roll, the cutter's
jams, head temperature, page mode, Kanji, user-defined glyphs, NV graphics, ESC * and GS ( L pictures, other barcodes
than Code 128, macros, drawers, firmware without GS v 0 or GS ( k, and the letter shapes of any real printer.
"""
