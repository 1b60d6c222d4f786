"""The floor websocket: listener, connection handler, session protocol, presence and TLS."""
