"""QML pages of the kiosk and the thin bridge to them. Draws states, emits presses, decides nothing."""
