"""How well codes are read from camera frames: seeded frames, what each treatment reads of them, and what it costs."""
