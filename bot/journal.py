"""The journal of updates: on disk before Telegram is told they arrived, until they are answered.

A row begins with the update as Telegram sent it. The reply joins it before its first part is
sent; ``parts_sent`` counts those that Telegram took. ``placeholder`` is a message that shows how
the reply comes along, until the reply takes its place. Once done, a row forgets what was said and
keeps its id alone, for as long as Telegram might send the update again.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.replies import Reply

logger = logging.getLogger(__name__)

_WEEK = 7 * 24 * 3600

_metadata = sa.MetaData()
updates = sa.Table(
    "updates",
    _metadata,
    sa.Column("bot_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("update_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("chat_id", sa.BigInteger, nullable=False),
    sa.Column("received_at", sa.BigInteger, nullable=False),
    sa.Column("payload", sa.Text),
    sa.Column("reply", sa.Text),
    sa.Column("parts_sent", sa.Integer, nullable=False, server_default="0"),
    sa.Column("done_at", sa.BigInteger),
    sa.Column("placeholder", sa.BigInteger),
    sa.Index("updates_by_done_at", "bot_id", "done_at"),
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One update in the journal: its JSON, and how far its reply has come.

    ``placeholder`` is the message that its reply will replace. ``done`` marks an update that needs
    nothing more; it is remembered only to know it again.
    """

    update_id: int
    chat_id: int
    payload: str
    reply: Reply | None = None
    parts_sent: int = 0
    placeholder: int | None = None
    done: bool = False


class Journal:
    """The updates of one bot. ``clock`` gives the time in seconds since 1970."""

    def __init__(self, engine: AsyncEngine, bot_id: int, clock: Callable[[], float]) -> None:
        self._engine = engine
        self._bot_id = bot_id
        self._clock = clock
        self._forgotten: set[int] = set()

    async def known(self, update_ids: Collection[int]) -> frozenset[int]:
        """Which of these updates the journal has already."""
        query = sa.select(updates.c.update_id).where(
            updates.c.bot_id == self._bot_id, updates.c.update_id.in_(update_ids)
        )
        async with self._engine.connect() as connection:
            return frozenset((await connection.execute(query)).scalars())

    async def record(self, entries: Sequence[Entry]) -> None:
        """Write new updates, all or none. When this returns they are on disk."""
        if not entries:
            return
        now = int(self._clock())
        rows = [
            {
                "bot_id": self._bot_id,
                "update_id": entry.update_id,
                "chat_id": entry.chat_id,
                "received_at": now,
                "payload": None if entry.done else entry.payload,
                "reply": entry.reply.to_json() if entry.reply else None,
                "parts_sent": entry.parts_sent,
                "done_at": now if entry.done else None,
            }
            for entry in entries
        ]
        async with self._engine.begin() as connection:
            await connection.execute(sa.insert(updates), rows)

    async def unfinished(self) -> list[Entry]:
        """The updates that still need work, oldest first.

        A reply that can't be read, as after another version of the bot, is left out: the update is
        there to be answered anew.
        """
        query = (
            sa.select(updates)
            .where(updates.c.bot_id == self._bot_id, updates.c.done_at.is_(None))
            .order_by(updates.c.received_at, updates.c.update_id)
        )
        async with self._engine.connect() as connection:
            rows = (await connection.execute(query)).all()
        entries = []
        for row in rows:
            reply = _read_reply(row.update_id, row.reply) if row.reply else None
            entries.append(
                Entry(
                    update_id=row.update_id,
                    chat_id=row.chat_id,
                    payload=row.payload or "{}",
                    reply=reply,
                    parts_sent=row.parts_sent if reply else 0,
                    placeholder=row.placeholder,
                )
            )
        return entries

    async def note_placeholder(self, update_id: int, message_id: int | None) -> None:
        """Keep the id of the message that the reply will replace; ``None`` if it is not to."""
        await self._set(update_id, placeholder=message_id)

    async def store_reply(self, update_id: int, reply: Reply) -> None:
        """Keep a reply before its first part is sent."""
        await self._set(update_id, reply=reply.to_json(), parts_sent=0)

    async def mark_sent(self, update_id: int, parts: int) -> None:
        """Note that the first ``parts`` parts of the reply have been sent."""
        await self._set(update_id, parts_sent=parts)

    async def finish(self, update_id: int) -> None:
        """Note that an update is dealt with, and forget what it said."""
        self._forgotten.discard(update_id)
        await self._set(update_id, **self._done())

    async def forget_user(self, user: int) -> None:
        """Keep no longer what a person has written that waits, nor that it was their chat.

        The next run doesn't answer it; just the ids are left.
        """
        waiting = [
            entry.update_id for entry in await self.unfinished() if _writer(entry.payload) == user
        ]
        own = (updates.c.chat_id == user) & updates.c.done_at.is_not(None)
        which = updates.c.update_id.in_(waiting)
        async with self._engine.begin() as connection:
            for rows, values in ((which, self._done()), (which | own, {"chat_id": 0})):
                statement = sa.update(updates).where(updates.c.bot_id == self._bot_id, rows)
                await connection.execute(statement.values(**values))
        self._forgotten.update(waiting)

    def has_forgotten(self, update_id: int) -> bool:
        """Whether an update was forgotten before it was dealt with."""
        return update_id in self._forgotten

    async def forget_old(self) -> None:
        """Drop the ids of updates that were done more than a week ago.

        Telegram keeps an update for a day and then counts on from the same number for a week.
        """
        done_before = int(self._clock()) - _WEEK
        statement = sa.delete(updates).where(
            updates.c.bot_id == self._bot_id, updates.c.done_at < done_before
        )
        async with self._engine.begin() as connection:
            await connection.execute(statement)

    def _done(self) -> dict[str, object]:
        return {
            "done_at": int(self._clock()),
            "payload": None,
            "reply": None,
            "placeholder": None,
        }

    async def _set(self, update_id: int, **values: object) -> None:
        """Change the row of an update, unless that is done with: then it says nothing any more."""
        statement = (
            sa.update(updates)
            .where(
                updates.c.bot_id == self._bot_id,
                updates.c.update_id == update_id,
                updates.c.done_at.is_(None),
            )
            .values(**values)
        )
        async with self._engine.begin() as connection:
            await connection.execute(statement)


def _writer(payload: str) -> int:
    """Who wrote, or did, what an update tells of; 0 where that is nobody in person."""
    told = next((part for part in json.loads(payload).values() if isinstance(part, dict)), {})
    writer = told.get("from") or told.get("user") or {}
    return int(writer.get("id", 0))


def _read_reply(update_id: int, text: str) -> Reply | None:
    try:
        return Reply.from_json(text)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        # Only the kind of error: its words may hold what was said.
        logger.warning(
            "the reply kept for update %d can't be read (%s); it is answered anew",
            update_id,
            type(error).__name__,
        )
        return None
