"""Schema migrations, run by `hub.database.storage` when the hub starts."""
