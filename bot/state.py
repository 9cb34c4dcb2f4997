"""The bot's state in SQL: opened, brought to today's schema, and safe against a sudden end."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from sqlalchemy import event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool

from bot.errors import StateError

if TYPE_CHECKING:
    from alembic.config import Config
    from sqlalchemy import Connection

MIGRATIONS = Path(__file__).parent / "migrations"


class State:
    """An open state. Its tables are described where they are used, as in ``bot.journal``."""

    def __init__(self, engine: AsyncEngine) -> None:
        self.engine = engine

    @classmethod
    async def open(cls, url: str) -> Self:
        """Open the database at ``url`` and migrate its schema; a new SQLite file is created.

        Raises:
            StateError: It cannot be opened, or a newer version of the bot wrote it.
        """
        parsed = make_url(url)
        shown = parsed.render_as_string(hide_password=True)
        try:
            engine = _create_engine(parsed)
        except (SQLAlchemyError, ImportError, OSError) as error:
            raise StateError(f"Cannot open the state {shown} (STATE_URL): {error}") from error
        try:
            async with engine.begin() as connection:
                await connection.run_sync(_migrate, shown)
        except StateError:
            await engine.dispose()
            raise
        except (SQLAlchemyError, OSError) as error:
            await engine.dispose()
            reason = str(getattr(error, "orig", None) or error)
            raise StateError(
                f"Cannot open the state {shown}: {reason}. Check that STATE_URL points at a "
                "database of this bot that it may write to, or move the file away to start afresh."
            ) from error
        return cls(engine)

    async def close(self) -> None:
        """Close all connections."""
        await self.engine.dispose()


def sqlite_file(url: str) -> Path | None:
    """The file behind a SQLite URL; ``None`` for other databases and for SQLite in memory."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite" or parsed.database in (None, "", ":memory:"):
        return None
    return Path(str(parsed.database))


def _create_engine(url: URL) -> AsyncEngine:
    # Errors go to the log, and what people have written doesn't.
    options: dict[str, Any] = {"hide_parameters": True}
    if url.get_backend_name() != "sqlite":
        return create_async_engine(url, pool_pre_ping=True, **options)
    file = sqlite_file(url.render_as_string(hide_password=False))
    if file:
        file.parent.mkdir(parents=True, exist_ok=True)
        # What people have written is nobody else's on this machine; SQLite's other files follow.
        file.touch(mode=0o600)
    # SQLite has one writer anyway; with one connection nobody ever meets "database is locked", nor
    # loses what is in memory.
    options |= {"poolclass": AsyncAdaptedQueuePool, "pool_size": 1, "max_overflow": 0}
    engine = create_async_engine(url, pool_timeout=60, **options)
    event.listen(engine.sync_engine, "connect", _set_up_sqlite)
    event.listen(engine.sync_engine, "begin", _begin)
    return engine


def _set_up_sqlite(connection: Any, _record: object) -> None:
    # Python's driver would commit before each change of the schema; taking transactions into our
    # own hands makes a migration happen whole or not at all.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode = WAL")
    # FULL: what is committed survives a power cut too. A question is confirmed on that promise.
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute("PRAGMA busy_timeout = 5000")
    cursor.close()


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _migrate(connection: Connection, shown: str) -> None:
    from alembic import command
    from alembic.runtime.migration import MigrationContext

    found = MigrationContext.configure(connection).get_current_revision()
    known, head = _revisions()
    if found is not None and found not in known:
        raise StateError(
            f"The state {shown} has schema {found!r}, which this version of the bot doesn't know: "
            "a newer version wrote it. Update the bot, or point STATE_URL at another database."
        )
    if found != head:
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _config() -> Config:
    from alembic.config import Config

    config = Config()
    # Alembic reads % as interpolation.
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config


@cache
def _revisions() -> tuple[frozenset[str], str | None]:
    """All revisions that there are, and the newest. They are programs, and are run to be known."""
    from alembic.script import ScriptDirectory

    script = ScriptDirectory.from_config(_config())
    known = frozenset(revision.revision for revision in script.walk_revisions())
    return known, script.get_current_head()
