"""Reports of a day, made from the journal: fairness and statistics."""
