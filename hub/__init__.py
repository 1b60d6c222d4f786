"""The hub server: one writer thread, its journal, the feed of deltas, the websocket and the web pages."""
