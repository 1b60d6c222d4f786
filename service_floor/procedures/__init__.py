"""Administrative procedures: what they are, and how a citizen finds one with everyday words."""
