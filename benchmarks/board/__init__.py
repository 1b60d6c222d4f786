"""How soon a call is seen: from the officer's press to the board's picture in a real browser."""
