"""What people think of answers: one vote a person and answer, and for a bad one, why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncEngine

_metadata = sa.MetaData()
votes = sa.Table(
    "votes",
    _metadata,
    sa.Column("bot_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("answer_id", sa.String(16), primary_key=True),
    sa.Column("user_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("good", sa.Boolean, nullable=False),
    sa.Column("reason", sa.String(20), nullable=False),
    sa.Column("voted_at", sa.BigInteger, nullable=False),
    sa.Index("votes_by_voted_at", "bot_id", "voted_at"),
)


class Reason(StrEnum):
    """What is wrong with an answer."""

    WRONG = "wrong"
    INCOMPLETE = "incomplete"
    NOT_ASKED = "not-asked"
    BAD_SOURCE = "bad-source"


@dataclass(frozen=True, slots=True)
class Vote:
    """What a person thinks of an answer (by id). ``at`` is in seconds since 1970.

    ``reason`` comes with a bad one, where it was given.
    """

    answer: str
    user: int
    good: bool
    at: int
    reason: Reason | None = None


class Feedback:
    """The votes on one bot's answers, each kept for ``seconds``.

    ``clock`` gives the time in seconds since 1970.
    """

    def __init__(
        self, engine: AsyncEngine, bot_id: int, seconds: float, clock: Callable[[], float]
    ) -> None:
        self._engine = engine
        self._bot_id = bot_id
        self._seconds = seconds
        self._clock = clock

    async def vote(
        self, answer: str, user: int, *, good: bool, reason: Reason | None = None
    ) -> Vote:
        """Take a vote, in place of that person's last one on this answer.

        A bad one without a reason keeps the one that was given before.
        """
        async with self._engine.begin() as connection:
            mine = self._of(answer) & (votes.c.user_id == user)
            if not good and reason is None:
                row = (await connection.execute(sa.select(votes.c.reason).where(mine))).first()
                reason = Reason(row.reason) if row and row.reason else None
            vote = Vote(answer, user, good, int(self._clock()), None if good else reason)
            await connection.execute(sa.delete(votes).where(mine))
            await connection.execute(
                sa.insert(votes).values(
                    bot_id=self._bot_id,
                    answer_id=answer,
                    user_id=user,
                    good=good,
                    reason=vote.reason or "",
                    voted_at=vote.at,
                )
            )
        return vote

    async def withdraw(self, answer: str, user: int) -> None:
        """Take a person's vote back."""
        await self._delete(self._of(answer) & (votes.c.user_id == user))

    async def of(self, answer: str) -> tuple[Vote, ...]:
        """All votes on an answer, oldest first."""
        return await self._select(self._of(answer))

    async def unhappy(self, since: float) -> tuple[Vote, ...]:
        """The bad votes of all answers since a time (seconds since 1970), oldest first."""
        return await self._select(sa.not_(votes.c.good) & (votes.c.voted_at >= since))

    async def forget_user(self, user: int) -> None:
        """Delete all that a person thought of answers."""
        await self._delete(votes.c.user_id == user)

    async def forget_answer(self, answer: str) -> None:
        """Delete all votes on an answer."""
        await self._delete(self._of(answer))

    async def forget_old(self) -> None:
        """Delete what has been kept for long enough."""
        await self._delete(votes.c.voted_at < self._clock() - self._seconds)

    def _of(self, answer: str) -> sa.ColumnElement[bool]:
        return (votes.c.bot_id == self._bot_id) & (votes.c.answer_id == answer)

    async def _select(self, which: sa.ColumnElement[bool]) -> tuple[Vote, ...]:
        query = (
            sa.select(votes)
            .where(votes.c.bot_id == self._bot_id, which)
            .order_by(votes.c.voted_at, votes.c.answer_id, votes.c.user_id)
        )
        async with self._engine.connect() as connection:
            return tuple(map(_vote, (await connection.execute(query)).all()))

    async def _delete(self, which: sa.ColumnElement[bool]) -> None:
        async with self._engine.begin() as connection:
            await connection.execute(sa.delete(votes).where(votes.c.bot_id == self._bot_id, which))


def _vote(row: Any) -> Vote:
    reason = Reason(row.reason) if row.reason else None
    return Vote(row.answer_id, row.user_id, row.good, row.voted_at, reason)
