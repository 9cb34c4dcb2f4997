"""A group that becomes a supergroup gets another id; all that is kept of it follows."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from typing import Protocol

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.journal import updates
from bot.spending import usage

logger = logging.getLogger(__name__)

_SUMS = ("calls", "unpriced_calls", "input_tokens", "output_tokens", "cost")


class Keeper(Protocol):
    """Whoever keeps something of chats in memory too, or moves it in a way of its own."""

    async def move(self, old_chat: int, new_chat: int, /) -> None:
        """Have what is of one chat be of the other. Twice is once."""


class Moving:
    """Moves what one bot keeps of a chat: first the ``keepers``, then every table's rows.

    Ids of messages begin anew in a supergroup, so those that are kept become negative: they stay
    in order, and can't be mistaken for the new ones.
    """

    def __init__(self, engine: AsyncEngine, bot_id: int, keepers: Sequence[Keeper]) -> None:
        self._engine = engine
        self._bot_id = bot_id
        self._keepers = keepers
        self._turn = asyncio.Lock()

    async def move(self, old: int, new: int) -> None:
        """Have everything of the chat ``old`` be of ``new``. Twice is once."""
        async with self._turn:  # both chats say so at once
            logger.info("group %d has become the supergroup %d", old, new)
            for keeper in self._keepers:
                await keeper.move(old, new)
            await self._move_all_rows(old, new)

    async def _move_all_rows(self, old: int, new: int) -> None:
        async with self._engine.begin() as connection:
            await self._add_up_usage(connection, old, new)
            for table in await connection.run_sync(_tables_by_chat):
                await self._move_rows(connection, table, old, new)

    async def _move_rows(
        self, connection: AsyncConnection, table: sa.Table, old: int, new: int
    ) -> None:
        of_bot = table.c.bot_id == self._bot_id
        values: dict[str, object] = {"chat_id": new}
        if "message_id" in table.c:
            values["message_id"] = -sa.func.abs(table.c.message_id)
        moved = sa.update(table).where(of_bot, table.c.chat_id == old).values(values)
        try:
            async with connection.begin_nested():
                await connection.execute(moved)
        except IntegrityError:
            # What is there of the new chat is newer.
            await connection.execute(sa.delete(table).where(of_bot, table.c.chat_id == old))

    async def _add_up_usage(self, connection: AsyncConnection, old: int, new: int) -> None:
        """Add what was used in both chats, where the same person asked in both on one day."""
        query = sa.select(usage).where(usage.c.bot_id == self._bot_id, usage.c.chat_id == old)
        for row in (await connection.execute(query)).mappings().all():
            key = [usage.c[name] == row[name] for name in ("bot_id", "day", "user_id", "model")]
            sums = {name: usage.c[name] + row[name] for name in _SUMS}
            added = await connection.execute(
                sa.update(usage).where(*key, usage.c.chat_id == new).values(sums)
            )
            if added.rowcount:
                await connection.execute(sa.delete(usage).where(*key, usage.c.chat_id == old))


def _tables_by_chat(connection: sa.Connection) -> list[sa.Table]:
    """Every table that keeps something of chats: those to come need no line here."""
    schema = sa.MetaData()
    schema.reflect(connection)
    # Updates that wait are answered where they came from; Telegram's error says where that is now.
    return [
        table
        for table in schema.sorted_tables
        if {"bot_id", "chat_id"} <= set(table.c.keys()) and table.name != updates.name
    ]
