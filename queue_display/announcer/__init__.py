"""What the hall hears: which call next, in which words, and whether it was heard."""
