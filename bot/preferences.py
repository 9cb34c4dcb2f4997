"""What each chat has chosen: the language it is spoken to in, and the set of documents it asks.

There are few of them and every message needs its chat's, so they are held in memory as well.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.locales import LANGUAGES
from retrieval import Language

_metadata = sa.MetaData()
preferences = sa.Table(
    "preferences",
    _metadata,
    sa.Column("bot_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("chat_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("language", sa.String(2), nullable=False),
    sa.Column("source_set", sa.Text, nullable=False),
)


@dataclass(frozen=True, slots=True)
class Preference:
    """What a chat has chosen. ``language`` is ``None`` where each person is spoken to in theirs.

    ``sources`` is the set that questions are answered from, "" for all documents.
    """

    language: Language | None = None
    sources: str = ""


class Preferences:
    """The choices of one bot's chats. Open them with :meth:`open`."""

    def __init__(
        self, engine: AsyncEngine, bot_id: int, known: dict[int, Preference] | None = None
    ) -> None:
        self._engine = engine
        self._bot_id = bot_id
        self._known = known or {}

    @classmethod
    async def open(cls, engine: AsyncEngine, bot_id: int) -> Self:
        """Read what has been chosen."""
        query = sa.select(preferences).where(preferences.c.bot_id == bot_id)
        async with engine.connect() as connection:
            rows = (await connection.execute(query)).all()
        known = {row.chat_id: _read(row.language, row.source_set) for row in rows}
        return cls(engine, bot_id, known)

    def of(self, chat: int) -> Preference:
        """What a chat has chosen."""
        return self._known.get(chat, Preference())

    async def choose(self, chat: int, choice: Preference) -> None:
        """Note what a chat chooses."""
        async with self._engine.begin() as connection:
            await connection.execute(sa.delete(preferences).where(*self._at(chat)))
            if choice != Preference():
                await connection.execute(
                    sa.insert(preferences).values(
                        bot_id=self._bot_id,
                        chat_id=chat,
                        language=choice.language or "",
                        source_set=choice.sources,
                    )
                )
        self._known[chat] = choice

    async def move(self, old_chat: int, new_chat: int) -> None:
        """Follow a group that has become a supergroup."""
        if choice := self._known.get(old_chat):
            await self.choose(new_chat, choice)
            await self.forget(old_chat)

    async def forget(self, chat: int) -> None:
        """Delete what a chat has chosen."""
        await self.choose(chat, Preference())
        self._known.pop(chat, None)

    def _at(self, chat: int) -> tuple[sa.ColumnElement[bool], ...]:
        return (preferences.c.bot_id == self._bot_id, preferences.c.chat_id == chat)


def _read(language: str, source_set: str) -> Preference:
    return Preference(language if language in LANGUAGES else None, source_set)
