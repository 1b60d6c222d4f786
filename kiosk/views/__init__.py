"""The glass of the kiosk: QML pages and the thin bridge to them. Draws states, emits presses, decides nothing."""
