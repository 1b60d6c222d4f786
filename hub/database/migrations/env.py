"""Alembic environment: migrates over the connection of `hub.database.storage`, without an ini file or offline mode."""

from alembic import context

from hub.database.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
