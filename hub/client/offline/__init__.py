"""Offline operation of a kiosk: numbers leased in advance, and the hub's clock while the hub is silent."""
