"""The queue and the life of a ticket: plan, commands, rules, events, and the floor as their fold."""
