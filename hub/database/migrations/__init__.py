"""Steps of the database schema, run by `hub.database.storage` when the hub starts."""
