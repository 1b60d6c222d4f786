"""Event handlers behind the kiosk's transition table, grouped by what triggers them."""
