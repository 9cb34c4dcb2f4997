"""What was asked and shown lately, so that a question may lean on the one before.

A conversation is one person's in one topic of one chat. It ends after a pause, or when that person
says so, and what was said in it is deleted then.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from retrieval import Turn

_MOST = 20  # turns that a question may look back on

_metadata = sa.MetaData()
turns = sa.Table(
    "turns",
    _metadata,
    sa.Column("bot_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("chat_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("thread_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("user_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("message_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("asked_at", sa.BigInteger, nullable=False),
    sa.Column("question", sa.Text, nullable=False),
    sa.Column("quotes", sa.Text, nullable=False),
    sa.Index("turns_by_asked_at", "bot_id", "asked_at"),
)


@dataclass(frozen=True, slots=True)
class Place:
    """Whose conversation it is, and where: ``thread`` is the topic, 0 where there are none."""

    chat: int
    thread: int
    user: int


class Conversations:
    """The conversations of one bot.

    A turn is kept for ``seconds``, and the last one for as long after any question there.
    ``clock`` gives the time in seconds since 1970.
    """

    def __init__(
        self, engine: AsyncEngine, bot_id: int, seconds: float, clock: Callable[[], float]
    ) -> None:
        self._engine = engine
        self._bot_id = bot_id
        self._seconds = seconds
        self._clock = clock

    async def history(self, place: Place, message: int) -> tuple[Turn, ...]:
        """What was asked at a place before a message, oldest first.

        Later messages are left out, so that a message that is handled twice, as after a crash, is
        understood the same way.
        """
        query = (
            sa.select(turns.c.question, turns.c.quotes)
            .where(*self._before(place, message), turns.c.asked_at >= self._begin())
            .order_by(turns.c.asked_at.desc(), turns.c.message_id.desc())
            .limit(_MOST)
        )
        async with self._engine.connect() as connection:
            rows = (await connection.execute(query)).all()
        return tuple(Turn(row.question, tuple(json.loads(row.quotes))) for row in reversed(rows))

    async def remember(self, place: Place, message: int, turn: Turn | None) -> None:
        """Note that a message was a question; with ``turn``, one that the next may lean on.

        Without, the conversation goes on from where it was. Doing it twice changes nothing.
        """
        now = int(self._clock())
        async with self._engine.begin() as connection:
            await self._forget_old(connection)
            if turn is None:
                await self._keep_last(connection, place, message, now)
                return
            await connection.execute(
                sa.delete(turns).where(*self._at(place), turns.c.message_id == message)
            )
            await connection.execute(
                sa.insert(turns).values(
                    bot_id=self._bot_id,
                    chat_id=place.chat,
                    thread_id=place.thread,
                    user_id=place.user,
                    message_id=message,
                    asked_at=now,
                    question=turn.question,
                    quotes=json.dumps(turn.quotes, ensure_ascii=False),
                )
            )

    async def forget(self, place: Place, message: int) -> None:
        """End the conversation that went on at a place before a message."""
        async with self._engine.begin() as connection:
            await connection.execute(sa.delete(turns).where(*self._before(place, message)))

    async def forget_user(self, user: int) -> None:
        """End all conversations of a person."""
        await self._delete(turns.c.user_id == user)

    async def forget_chat(self, chat: int) -> None:
        """End all conversations in a chat."""
        await self._delete(turns.c.chat_id == chat)

    async def _delete(self, which: sa.ColumnElement[bool]) -> None:
        async with self._engine.begin() as connection:
            await connection.execute(sa.delete(turns).where(turns.c.bot_id == self._bot_id, which))

    async def forget_old(self) -> None:
        """Delete what belongs to no conversation any more."""
        async with self._engine.begin() as connection:
            await self._forget_old(connection)

    async def _forget_old(self, connection: AsyncConnection) -> None:
        await connection.execute(
            sa.delete(turns).where(turns.c.bot_id == self._bot_id, turns.c.asked_at < self._begin())
        )

    async def _keep_last(
        self, connection: AsyncConnection, place: Place, message: int, now: int
    ) -> None:
        newest = sa.select(sa.func.max(turns.c.asked_at)).where(*self._before(place, message))
        at = (await connection.execute(newest)).scalar()
        await connection.execute(
            sa.update(turns)
            .where(*self._before(place, message), turns.c.asked_at == at)
            .values(asked_at=now)
        )

    def _begin(self) -> float:
        return self._clock() - self._seconds

    def _at(self, place: Place) -> tuple[sa.ColumnElement[bool], ...]:
        return (
            turns.c.bot_id == self._bot_id,
            turns.c.chat_id == place.chat,
            turns.c.thread_id == place.thread,
            turns.c.user_id == place.user,
        )

    def _before(self, place: Place, message: int) -> tuple[sa.ColumnElement[bool], ...]:
        return (*self._at(place), turns.c.message_id < message)
