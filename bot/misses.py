"""Which questions found no answer, or one that somebody was unhappy with, out of the state."""

from __future__ import annotations

import json
from collections.abc import Callable

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.answers import answers
from bot.feedback import votes
from bot.gaps import Miss
from retrieval import Status

_DAY = 24 * 3600

_REFUSED = (str(Status.NOT_IN_SOURCES), str(Status.NO_SOURCES))


class Misses:
    """What one bot was asked in vain. ``clock`` gives seconds since 1970."""

    def __init__(self, engine: AsyncEngine, bot_id: int, clock: Callable[[], float]) -> None:
        self._engine = engine
        self._bot_id = bot_id
        self._clock = clock

    async def of_last(self, days: int) -> tuple[Miss, ...]:
        """All of the last days, newest first."""
        since = self._clock() - days * _DAY
        query = sa.select(answers.c.question, answers.c.asked_at, answers.c.details).where(
            answers.c.bot_id == self._bot_id,
            answers.c.asked_at >= since,
            answers.c.status.in_(_REFUSED),
        )
        complaints = (
            sa.select(answers.c.question, votes.c.voted_at, votes.c.reason)
            .join(
                answers,
                (answers.c.bot_id == votes.c.bot_id) & (answers.c.id == votes.c.answer_id),
            )
            .where(
                votes.c.bot_id == self._bot_id,
                votes.c.voted_at >= since,
                votes.c.good.is_(False),
                answers.c.status.not_in(_REFUSED),
            )
        )
        async with self._engine.connect() as connection:
            refused = (await connection.execute(query)).all()
            unhappy = (await connection.execute(complaints)).all()
        misses = [
            Miss(row.question, row.asked_at, refused=True)
            for row in refused
            # Where nothing was looked for there is no gap: a greeting, thanks, letters at random.
            if json.loads(row.details)["ranked"]
        ]
        misses += [
            Miss(row.question, row.voted_at, refused=False, reason=row.reason) for row in unhappy
        ]
        return tuple(sorted(misses, key=lambda miss: -miss.asked_at))
