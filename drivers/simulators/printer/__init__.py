"""A simulated ESC/POS ticket printer for paper of 58 to 82.5 mm: bytes in, pictures of slips and status bytes out.

Not simulated: RTS and CTS themselves (the line stops being read), parity and framing errors, BUSY while offline, page
mode, FS C (UTF-8), fonts B and C, ESC * and GS * pictures, pauses and the button of a macro, drawers, DLE DC4, barcodes
other than Code 128, the way of the paper in a presenter (how long it is, blinking, the motor), the USB printer class, printers that mix the bytes of several connections, how heat changes the
speed, and the letter shapes and TCVN-3 charts of any real printer.
"""
