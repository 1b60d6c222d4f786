"""The server that holds the floor: one writer, its journal, the feed, the wire and the pages."""
