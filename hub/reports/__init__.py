"""Reports of a day, made from the journal: was it fair, and what was done."""
