"""What a printer sends back, kept in order: open queries, unasked reports, late proofs, learned abilities. Pure."""
