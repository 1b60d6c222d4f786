"""What an officer's desk is: events in, a frozen screen and intents out. No Qt, clock, socket or file."""
