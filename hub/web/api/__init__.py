"""The open HTTP API: routes, API keys, rate limit, errors and dossiers."""
