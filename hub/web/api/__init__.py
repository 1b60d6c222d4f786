"""The open HTTP API: routes, authentication by API keys, rate limit, errors and dossiers."""
