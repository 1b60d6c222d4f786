"""Steps of the database schema, run by `hub.storage` when the hub starts."""
