"""What happened, kept: runs and their versions in SQLAlchemy, with Alembic migrations."""
