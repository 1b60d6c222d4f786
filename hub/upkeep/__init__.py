"""What a technician does with a journal: prove it, write it out, cut it, copy it, bring a copy back."""
