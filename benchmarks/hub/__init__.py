"""What the hub does under load, and what the disk below it allows."""
