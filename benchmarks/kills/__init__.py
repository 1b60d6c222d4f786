"""What is left of the floor's promises when the hub is killed again and again under load."""
