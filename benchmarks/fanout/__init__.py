"""What one step of the feed costs for each screen that hears of it, and how fast a whole hall comes back."""
