"""Runs the schema steps over the connection that `hub.database.storage` hands in; there is no ini file and no offline mode."""

from alembic import context

from hub.database.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
