"""Sans-I/O logic of an officer's desk: events in, a frozen screen and intents out. No Qt, clock, socket or file."""
