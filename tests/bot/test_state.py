"""The state opens, migrates, and says clearly when it can't."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from bot.answers import answer_messages, answers
from bot.chats import chats
from bot.confirmations import confirmations
from bot.conversations import turns
from bot.errors import StateError
from bot.feedback import votes
from bot.journal import Entry, Journal, updates
from bot.preferences import preferences
from bot.spending import usage
from bot.state import State, sqlite_file
from bot.statistics import outcomes


def url(file: Path) -> str:
    return f"sqlite+aiosqlite:///{file}"


def modes(folder: Path) -> dict[str, int]:
    return {path.name: path.stat().st_mode & 0o777 for path in folder.iterdir()}


async def test_a_new_state_is_created_with_its_folder(tmp_path: Path) -> None:
    file = tmp_path / "far" / "away" / "state.sqlite3"
    state = await State.open(url(file))
    await state.close()
    assert file.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="files belong to people otherwise there")
async def test_nobody_else_on_the_machine_may_read_a_new_one(tmp_path: Path) -> None:
    state = await State.open(url(tmp_path / "state.sqlite3"))
    await Journal(state.engine, 42, lambda: 1000.0).record([Entry(1, 7, "{}")])
    files = modes(tmp_path)
    await state.close()
    assert "state.sqlite3" in files
    assert set(files.values()) == {0o600}, files


async def test_a_state_in_memory_lasts_until_it_is_closed() -> None:
    state = await State.open("sqlite+aiosqlite:///:memory:")
    journal = Journal(state.engine, 42, lambda: 1000.0)
    await journal.record([Entry(1, 7, "{}")])
    assert await journal.known([1])
    await state.close()


async def test_the_migrated_schema_is_what_the_code_describes(state: State) -> None:
    def differences(connection: sa.Connection) -> list[object]:
        described = sa.MetaData()
        for table in (
            updates,
            turns,
            chats,
            answers,
            answer_messages,
            votes,
            confirmations,
            preferences,
            usage,
            outcomes,
        ):
            table.to_metadata(described)
        return list(compare_metadata(MigrationContext.configure(connection), described))

    async with state.engine.connect() as connection:
        assert await connection.run_sync(differences) == []


async def test_opening_again_keeps_what_is_there(tmp_path: Path) -> None:
    for expected in ({1: False}, {1: True}):
        state = await State.open(url(tmp_path / "s.sqlite3"))
        journal = Journal(state.engine, 42, lambda: 1000.0)
        assert {1: bool(await journal.known([1]))} == expected
        if not expected[1]:
            await journal.record([Entry(1, 7, "{}")])
        await state.close()


async def test_a_commit_is_durable(state: State) -> None:
    async with state.engine.connect() as connection:
        settings = {
            name: (await connection.exec_driver_sql(f"PRAGMA {name}")).scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    assert settings == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


async def test_a_migration_happens_whole_or_not_at_all(tmp_path: Path) -> None:
    file = tmp_path / "s.sqlite3"
    state = await State.open(url(file))
    async with state.engine.connect() as connection:
        await connection.exec_driver_sql("CREATE TABLE half (a)")
        await connection.rollback()
    async with state.engine.connect() as connection:
        tables = await connection.run_sync(lambda c: sa.inspect(c).get_table_names())
    await state.close()
    assert "half" not in tables


async def test_a_state_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    state = await State.open(url(tmp_path / "s.sqlite3"))
    async with state.engine.begin() as connection:
        await connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    await state.close()
    with pytest.raises(StateError, match=r"'9999'.*newer version"):
        await State.open(url(tmp_path / "s.sqlite3"))


async def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    (tmp_path / "s.sqlite3").write_text("not a database at all, whatever its name may say")
    with pytest.raises(StateError, match=r"s\.sqlite3.*STATE_URL"):
        await State.open(url(tmp_path / "s.sqlite3"))


async def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StateError, match=r"file/s\.sqlite3"):
        await State.open(url(tmp_path / "file" / "s.sqlite3"))


def test_only_sqlite_on_disk_has_a_file() -> None:
    assert sqlite_file("sqlite+aiosqlite:///var/s.sqlite3") == Path("var/s.sqlite3")
    assert sqlite_file("sqlite+aiosqlite://") is None
    assert sqlite_file("sqlite+aiosqlite:///:memory:") is None


async def test_an_error_says_nothing_of_what_was_to_be_kept(state: State) -> None:
    journal = Journal(state.engine, 1, lambda: 0.0)
    entry = Entry(7, 1, '{"text": "a secret question"}')
    await journal.record([entry])
    with pytest.raises(sa.exc.IntegrityError) as caught:
        await journal.record([entry])
    assert "secret" not in str(caught.value)
