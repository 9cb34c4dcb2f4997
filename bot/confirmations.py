"""What waits for a yes: one person's, in one chat, once, and not for long."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Self

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncEngine

_ID_BYTES = 12
SECONDS = 600.0
"""How long a question waits for its answer."""

_metadata = sa.MetaData()
confirmations = sa.Table(
    "confirmations",
    _metadata,
    sa.Column("bot_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("id", sa.String(16), primary_key=True),
    sa.Column("chat_id", sa.BigInteger, nullable=False),
    sa.Column("user_id", sa.BigInteger, nullable=False),
    sa.Column("action", sa.String(20), nullable=False),
    sa.Column("subject", sa.Text, nullable=False),
    sa.Column("asked_at", sa.BigInteger, nullable=False),
)


@dataclass(frozen=True, slots=True)
class Pending:
    """Something that waits for a yes: what to do (``action``), and with what (``subject``)."""

    action: str
    subject: str


@dataclass(frozen=True, slots=True)
class Subject:
    """What a question is about, where that is more than one text: kept as one all the same."""

    def to_json(self) -> str:
        """As it is kept."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Self:
        """What ``to_json`` wrote."""
        return cls(**json.loads(text))


@dataclass(frozen=True, slots=True)
class Refused(Subject):
    """What was refused, and waits to be done all the same.

    ``subject`` is what the question that was refused had, and ``documents`` names exactly those
    that were refused with it, as :class:`~retrieval.RefusedError` does.
    """

    subject: str
    documents: str


class Confirmations:
    """What one bot waits to hear a yes to. ``clock`` gives seconds since 1970."""

    def __init__(self, engine: AsyncEngine, bot_id: int, clock: Callable[[], float]) -> None:
        self._engine = engine
        self._bot_id = bot_id
        self._clock = clock

    async def ask(self, asked: Pending, *, chat: int, user: int) -> str:
        """Keep something until ``user`` says yes or no in ``chat``; the id to take it by."""
        id_ = secrets.token_urlsafe(_ID_BYTES)
        async with self._engine.begin() as connection:
            await connection.execute(
                sa.insert(confirmations).values(
                    bot_id=self._bot_id,
                    id=id_,
                    chat_id=chat,
                    user_id=user,
                    action=asked.action,
                    subject=asked.subject,
                    asked_at=int(self._clock()),
                )
            )
        return id_

    async def take(self, id_: str, *, chat: int, user: int) -> Pending | None:
        """What waits under an id for this person in this chat, once and in time; or ``None``."""
        which = (
            confirmations.c.bot_id == self._bot_id,
            confirmations.c.id == id_,
            confirmations.c.chat_id == chat,
            confirmations.c.user_id == user,
            confirmations.c.asked_at >= self._clock() - SECONDS,
        )
        async with self._engine.begin() as connection:
            found = (await connection.execute(sa.select(confirmations).where(*which))).first()
            await connection.execute(sa.delete(confirmations).where(*which))
        return Pending(found.action, found.subject) if found else None

    async def forget_user(self, user: int) -> None:
        """Wait no longer for what somebody was asked."""
        async with self._engine.begin() as connection:
            await connection.execute(
                sa.delete(confirmations).where(
                    confirmations.c.bot_id == self._bot_id, confirmations.c.user_id == user
                )
            )

    async def forget_old(self) -> None:
        """Delete what nobody may say yes to any more."""
        old = confirmations.c.asked_at < self._clock() - SECONDS
        async with self._engine.begin() as connection:
            await connection.execute(
                sa.delete(confirmations).where(confirmations.c.bot_id == self._bot_id, old)
            )
