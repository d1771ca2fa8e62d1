"""Opens the records database: SQLite in a file or PostgreSQL by URL, brought forward to the newest tables."""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path

from filelock import FileLock
from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, make_url, text
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.orm import Session

from workbench.errors import StoreError

from .leases import FileLease, Lease, ServerLease

MIGRATIONS = Path(__file__).parent / "migrations"
_TRUNCATE = "PRAGMA wal_checkpoint(TRUNCATE)"
_WAIT = 30  # seconds that a writer waits for another
_MIGRATION = 0x77_62_6D  # the advisory lock that one migrating process holds
_ALONE = 0x77_62_61  # and that of who is alone


class Database:
    """An open database with this process's lease. Raises ``StoreError`` with one sentence whatever is wrong with it."""

    def __init__(self, address: str) -> None:
        self.url = _url(address)
        self.name = self.url.database or "" if self.sqlite else self.url.render_as_string(hide_password=True)
        with self._translated():
            self.engine = self._engine()
            try:
                self.lease = self._open()
            except BaseException:
                self.engine.dispose()
                raise

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session for looking."""
        with self._translated(), Session(self.engine) as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A transaction that commits at the end; in SQLite it is alone from its beginning."""
        with self._translated(), Session(self.engine.execution_options(immediate=True)) as session, session.begin():
            yield session

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Inside, no other thread or process that shares this database is inside too."""
        with ExitStack() as held:
            with self._translated():
                if self.sqlite:
                    held.enter_context(FileLock(f"{self._file}.alone", timeout=_WAIT))
                else:
                    connection = held.enter_context(self.engine.connect())
                    connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ALONE})
            yield

    def close(self) -> None:
        """Give the lease back and let go of the connections."""
        with self._translated():
            self.lease.end()
            self.engine.dispose()

    def compact(self, before: Sequence[str] = ()) -> None:
        """Write the database anew, so that what was deleted stands nowhere in its files.

        Copies of before migrations hold it too and are removed. ``before`` are statements to execute first on SQLite.

        What backups and PostgreSQL's archive of its write-ahead log hold is out of reach. Raises ``StoreError`` when
        others keep the database busy.
        """
        with self._translated():
            if not self.sqlite:
                with self.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                    for table in sorted(inspect(self.engine).get_table_names()):
                        connection.exec_driver_sql(f'VACUUM FULL "{table}"')
                return
            pooled = self.engine.raw_connection()
            try:
                cursor = pooled.cursor()
                for statement in (*before, "VACUUM", _TRUNCATE, "VACUUM", _TRUNCATE):  # the second: what the first left
                    busy = cursor.execute(statement).fetchone()
            finally:
                pooled.close()
            if busy and busy[0]:
                raise StoreError("records:busy", database=self.name)
        for copy in self._file.parent.glob(f"{self._file.name}.*.bak"):
            copy.unlink(missing_ok=True)

    @property
    def sqlite(self) -> bool:
        """Whether this is a SQLite file."""
        return self.url.get_backend_name() == "sqlite"

    @property
    def _file(self) -> Path:
        return Path(self.url.database or "").absolute()

    def _engine(self) -> Engine:
        serializer = partial(json.dumps, separators=(",", ":"))
        if not self.sqlite:
            return create_engine(
                self.url, pool_pre_ping=True, json_serializer=serializer, connect_args={"connect_timeout": 10}
            )
        self._file.parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(self.url, json_serializer=serializer, connect_args={"timeout": _WAIT})
        event.listen(engine, "connect", _prepare)
        event.listen(engine, "begin", _begin)
        return engine

    def _open(self) -> Lease:
        if self.sqlite:
            with FileLock(f"{self._file}.lock", timeout=_WAIT):
                with self.engine.execution_options(immediate=True).connect() as connection:
                    self._migrate(connection)
                lease = FileLease(Path(f"{self._file}.leases"))
                lease.sweep()
                return lease
        with self.engine.connect() as connection:
            connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": _MIGRATION})
            try:
                connection.commit()
                self._migrate(connection)
            finally:
                connection.rollback()
                connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": _MIGRATION})
                connection.commit()
        return ServerLease(_engine_of_one(self.url))

    def _migrate(self, connection: Connection) -> None:
        from alembic import command
        from alembic.config import Config
        from alembic.migration import MigrationContext
        from alembic.script import ScriptDirectory

        config = Config(attributes={"connection": connection})
        config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
        script = ScriptDirectory.from_config(config)
        revision = MigrationContext.configure(connection).get_current_revision()
        connection.rollback()
        if revision == script.get_current_head():
            return
        if revision and revision not in {step.revision for step in script.walk_revisions()}:
            raise StoreError("records:newer", database=self.name, revision=revision)
        if revision and self.sqlite:
            self._keep_copy(revision)
        command.upgrade(config, "head")
        connection.commit()

    def _keep_copy(self, revision: str) -> None:
        """Copy the file as it is, with what still stands in its write-ahead log."""
        source, copy = sqlite3.connect(self._file), sqlite3.connect(f"{self._file}.{revision}.bak")
        try:
            source.backup(copy)
        finally:
            source.close()
            copy.close()

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except ImportError as error:
            raise StoreError("records:driver", database=self.name) from error
        except (SQLAlchemyError, sqlite3.Error, OSError, ValueError) as error:
            cause = getattr(error, "orig", None) or error
            reason = str(cause).strip().splitlines()[0].rstrip(".") if str(cause).strip() else type(cause).__name__
            if isinstance(cause, TimeoutError) or "database is locked" in reason:
                raise StoreError("records:busy", database=self.name) from error
            broken = isinstance(cause, sqlite3.DatabaseError) and not isinstance(cause, sqlite3.OperationalError)
            key = "damaged" if broken or isinstance(cause, ValueError) else "unreachable"
            raise StoreError(f"records:{key}", database=self.name, reason=reason) from error


def _url(address: str) -> URL:
    try:
        url = make_url(address)
        kind = url.get_backend_name()
    except (ArgumentError, ValueError) as error:
        raise StoreError("records:url", database="?") from error
    if kind == "postgresql":
        return url.set(drivername="postgresql+psycopg")
    if kind != "sqlite" or url.database in (None, "", ":memory:"):
        raise StoreError("records:url", database=url.render_as_string(hide_password=True))
    return url


def _engine_of_one(url: URL) -> Engine:
    """A lease's own connections, so that a busy pool never starves it."""
    return create_engine(url, pool_size=1, connect_args={"connect_timeout": 10})


def _prepare(connection: sqlite3.Connection, _record: object) -> None:
    """Leave transactions to us (pysqlite would begin them late) and set what SQLite needs for many processes."""
    connection.isolation_level = None
    for pragma in ("journal_mode = WAL", "synchronous = NORMAL", "foreign_keys = ON", "secure_delete = ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    immediate = connection.get_execution_options().get("immediate")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")
