"""Sans-I/O state machine of the kiosk: events in, screen states and intents out. No Qt, no clock, no wire."""
