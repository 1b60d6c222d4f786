"""Runs the schema steps over the connection that `hub.storage` hands in; there is no ini file and no offline mode."""

from alembic import context

from hub.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
