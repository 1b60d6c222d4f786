"""Office printers of A4 and A5 pages behind CUPS: documents go there as they are, and their state comes back."""
