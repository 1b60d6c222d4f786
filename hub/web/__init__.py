"""Web pages of the hub over HTTP: health, metrics, wire schema, boards, console, API, and a citizen's ticket on a
phone."""
