"""How questions ended and what they cost, in sums over days: no word of anybody is kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.spending import DAY, add_to, usage
from retrieval import Answer

_TOP = 3
KEPT_DAYS = 90
"""How long the sums of a day are kept."""

_metadata = sa.MetaData()
outcomes = sa.Table(
    "outcomes",
    _metadata,
    sa.Column("bot_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("day", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("answered", sa.BigInteger, nullable=False),
    sa.Column("refused", sa.BigInteger, nullable=False),
    sa.Column("written", sa.BigInteger, nullable=False),
    sa.Column("fallbacks", sa.BigInteger, nullable=False),
)
"""Every question was either answered or refused; ``written`` says that a model did either."""


@dataclass(frozen=True, slots=True)
class Sums:
    """What happened on some days.

    Questions were answered or refused; ``written`` of them by a model. For ``fallbacks``, a model
    was meant to and couldn't. ``cost`` is in micro-dollars, and leaves out ``unpriced_calls``.
    ``top_users`` are the ids of those whose questions made most calls, and how many; a group's id
    stands for those who write as the group.
    """

    answered: int = 0
    refused: int = 0
    written: int = 0
    fallbacks: int = 0
    calls: int = 0
    unpriced_calls: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    cost: int = 0
    top_users: tuple[tuple[int, int], ...] = ()

    @property
    def questions(self) -> int:
        """All questions, however they ended."""
        return self.answered + self.refused


class Statistics:
    """The sums of one bot. Days are those of UTC; ``clock`` gives seconds since 1970."""

    def __init__(self, engine: AsyncEngine, bot_id: int, clock: Callable[[], float]) -> None:
        self._engine = engine
        self._bot_id = bot_id
        self._clock = clock

    async def count(self, answer: Answer) -> None:
        """Count how a question ended; small talk is none."""
        if answer.talk:
            return
        key: dict[str, object] = {"bot_id": self._bot_id, "day": self._today()}
        amounts = {
            "answered": int(bool(answer.claims)),
            "refused": int(not answer.claims),
            "written": int(answer.written),
            "fallbacks": int(answer.fallback is not None),
        }
        async with self._engine.begin() as connection:
            await add_to(connection, outcomes, key, amounts)

    async def of_last(self, days: int) -> Sums:
        """The sums of today and the days before, ``days`` in all."""
        since = self._today() - days + 1
        ended = ("answered", "refused", "written", "fallbacks")
        used = ("calls", "unpriced_calls", "input_tokens", "output_tokens", "cost")
        calls = sa.func.sum(usage.c.calls)
        top = (
            sa.select(usage.c.user_id, calls)
            .where(usage.c.bot_id == self._bot_id, usage.c.day >= since, usage.c.user_id != 0)
            .group_by(usage.c.user_id)
            .order_by(calls.desc(), usage.c.user_id)
            .limit(_TOP)
        )
        sums: dict[str, int] = {}
        async with self._engine.connect() as connection:
            for table, names in ((outcomes, ended), (usage, used)):
                query = sa.select(
                    *(sa.func.coalesce(sa.func.sum(table.c[name]), 0) for name in names)
                ).where(table.c.bot_id == self._bot_id, table.c.day >= since)
                row = (await connection.execute(query)).one()
                sums |= {name: int(value) for name, value in zip(names, row, strict=True)}
            users = (await connection.execute(top)).all()
        return Sums(**sums, top_users=tuple((user, int(count)) for user, count in users))

    async def forget_user(self, user: int, *, keep_today: bool) -> None:
        """Keep no longer whose questions made calls; the sums of all stay.

        With ``keep_today``, today's sum is still theirs until the day (UTC) is over, or else the
        limit of a person's calls could be got round: it is marked with the chat 0 until then.
        """
        theirs = (usage.c.bot_id == self._bot_id, usage.c.user_id == user)
        today = usage.c.day == self._today()
        async with self._engine.begin() as connection:
            if keep_today:
                await self._add_up(connection, *theirs, today, chat_id=0, user_id=user)
                await self._add_up(connection, *theirs, ~today, chat_id=0, user_id=0)
            else:
                await self._add_up(connection, *theirs, chat_id=0, user_id=0)

    async def _add_up(
        self, connection: AsyncConnection, *which: sa.ColumnElement[bool], **instead: int
    ) -> None:
        """Move sums to where they are nobody's, or still somebody's but of no chat."""
        rows = (await connection.execute(sa.select(usage).where(*which))).mappings().all()
        await connection.execute(sa.delete(usage).where(*which))
        for row in rows:
            key = {name: row[name] for name in ("bot_id", "day", "chat_id", "user_id", "model")}
            amounts = {name: value for name, value in row.items() if name not in key}
            await add_to(connection, usage, {**key, **instead}, amounts)

    async def forget_old(self) -> None:
        """Drop what is older than three months, and whose was what is kept for a day alone."""
        before = self._today() - KEPT_DAYS
        marked = (usage.c.chat_id == 0, usage.c.user_id != 0, usage.c.day < self._today())
        async with self._engine.begin() as connection:
            of_this_bot = usage.c.bot_id == self._bot_id
            await self._add_up(connection, of_this_bot, *marked, chat_id=0, user_id=0)
            for table in (outcomes, usage):
                await connection.execute(
                    sa.delete(table).where(table.c.bot_id == self._bot_id, table.c.day < before)
                )

    def _today(self) -> int:
        return int(self._clock() // DAY)
