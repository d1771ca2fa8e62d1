"""Run by Alembic with the connection that ``records.database`` has opened."""

from alembic import context

from records.tables import Table

context.configure(
    connection=context.config.attributes["connection"], target_metadata=Table.metadata, render_as_batch=True
)
with context.begin_transaction():
    context.run_migrations()
