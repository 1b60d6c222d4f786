"""The floor on the server: the single writer, the live state, its projection and the feed."""
