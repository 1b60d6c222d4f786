"""What a centre has decided about its queues: plan, opening hours and plan adoption."""
