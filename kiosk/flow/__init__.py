"""The kiosk's conversation with a citizen: events in, screen states and intents out. Knows no Qt, no clock, no wire."""
