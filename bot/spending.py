"""What a model is used for, by day, chat and person; and the budgets that it may not exceed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.prices import Price
from retrieval import Usage

DAY = 24 * 3600

_metadata = sa.MetaData()
usage = sa.Table(
    "usage",
    _metadata,
    sa.Column("bot_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("day", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("chat_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("user_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("model", sa.String(200), primary_key=True),
    sa.Column("calls", sa.BigInteger, nullable=False),
    sa.Column("unpriced_calls", sa.BigInteger, nullable=False),
    sa.Column("input_tokens", sa.BigInteger, nullable=False),
    sa.Column("output_tokens", sa.BigInteger, nullable=False),
    sa.Column("cost", sa.BigInteger, nullable=False),
)
"""Days count from 1970, in UTC. ``cost`` is in micro-dollars: what was reserved until it is known.

``unpriced_calls`` are those of ``calls`` whose price wasn't known; they add nothing to ``cost``.
"""


class Spending:
    """What one bot's model is used for, and what is left of the budgets of a day (UTC).

    A call is counted before it is made, at the most it can cost, and settled when that is known:
    so a budget is never exceeded, however many questions are asked at once, and what a process
    that was killed didn't settle stays counted.

    Args:
        engine: The state's.
        bot_id: Whose.
        model: The model's name.
        price: What it costs; without, calls and tokens are counted and the cost isn't known.
        user_calls: How many calls a day one person's questions may make; 0 is no limit.
        total: What all calls of a day may cost, in micro-dollars; 0 is no limit.
        largest_call: The most that one call can use.
        clock: Seconds since 1970.
    """

    def __init__(
        self,
        engine: AsyncEngine,
        bot_id: int,
        *,
        model: str,
        price: Price | None,
        user_calls: int,
        total: int,
        largest_call: Usage,
        clock: Callable[[], float],
    ) -> None:
        if total and price is None:
            raise ValueError(f"a budget in dollars needs the price of {model!r}")
        self.model = model
        self.user_calls = user_calls
        self.total = total
        self._engine = engine
        self._bot_id = bot_id
        self._price = price
        self._most = self._cost(largest_call)
        self._clock = clock
        # SQLite has one writer anyway; on other databases, counting and adding belong together.
        self._turn = asyncio.Lock()

    def for_question(
        self, chat: int, user: int, *, forgotten: Callable[[], bool] = lambda: False
    ) -> QuestionSpend:
        """What the calls for one question are counted on.

        ``user`` is who asked, or the chat where that can't be told. Once they are ``forgotten``,
        what is still counted is nobody's, or of no chat where their calls are limited.
        """
        return QuestionSpend(self, chat, user, forgotten)

    async def reserve(self, chat: int, user: int) -> int | None:
        """Count one more call, if the budgets have room for it; its day, else ``None``."""
        day = int(self._clock() // DAY)
        async with self._turn, self._engine.begin() as connection:
            of_the_day = (usage.c.bot_id == self._bot_id, usage.c.day == day)
            if self.user_calls:
                calls = sa.select(sa.func.coalesce(sa.func.sum(usage.c.calls), 0))
                calls = calls.where(*of_the_day, usage.c.user_id == user)
                if (await connection.execute(calls)).scalar_one() >= self.user_calls:
                    return None
            if self.total:
                cost = sa.select(sa.func.coalesce(sa.func.sum(usage.c.cost), 0)).where(*of_the_day)
                if (await connection.execute(cost)).scalar_one() + self._most > self.total:
                    return None
            await self._add(
                connection,
                (day, chat, user),
                calls=1,
                unpriced_calls=int(self._price is None),
                cost=self._most,
            )
        return day

    async def settle(self, day: int, chat: int, user: int, used: Usage) -> None:
        """Replace what was reserved for a call by what it used."""
        cost = self._cost(used)
        async with self._turn, self._engine.begin() as connection:
            await self._add(
                connection,
                (day, chat, user),
                input_tokens=used.input_tokens,
                output_tokens=used.output_tokens,
                cost=cost - self._most,
            )

    def _cost(self, used: Usage) -> int:
        return self.cost(used.input_tokens, used.output_tokens)

    def cost(self, input_tokens: int, output_tokens: int) -> int:
        """What so many tokens cost, in micro-dollars; 0 where the price isn't known."""
        return self._price.cost(input_tokens, output_tokens) if self._price else 0

    async def _add(
        self, connection: AsyncConnection, row: tuple[int, int, int], **amounts: int
    ) -> None:
        day, chat, user = row
        key = {
            "bot_id": self._bot_id,
            "day": day,
            "chat_id": chat,
            "user_id": user,
            "model": self.model,
        }
        await add_to(connection, usage, key, amounts)


class QuestionSpend:
    """The calls that one question makes, one after another: what ``retrieval`` calls ``Spend``."""

    def __init__(
        self, spending: Spending, chat: int, user: int, forgotten: Callable[[], bool]
    ) -> None:
        self._spending = spending
        self._chat = chat
        self._user = user
        self._forgotten = forgotten
        self._days: list[int] = []

    async def reserve(self) -> bool:
        """Before a call to the model: whether the budgets have room for it. Counts it if so."""
        day = await self._spending.reserve(*self._whose())
        if day is not None:
            self._days.append(day)
        return day is not None

    async def record(self, usage: Usage) -> None:
        """After a call that ``reserve`` allowed: what it used."""
        if self._days:
            await self._spending.settle(self._days.pop(), *self._whose(), usage)

    def _whose(self) -> tuple[int, int]:
        """The chat and the person to count on: those that ``Statistics.forget_user`` leaves."""
        if not self._forgotten():
            return self._chat, self._user
        return 0, self._user if self._spending.user_calls else 0


async def add_to(
    connection: AsyncConnection, table: sa.Table, key: dict[str, object], amounts: dict[str, int]
) -> None:
    """Add amounts to the columns of a row that counts things, which begins with zeros."""
    found = await connection.execute(
        sa.update(table)
        .where(*(table.c[name] == value for name, value in key.items()))
        .values({name: table.c[name] + amount for name, amount in amounts.items()})
    )
    if not found.rowcount:
        zeros = {column.name: 0 for column in table.c if not column.primary_key}
        await connection.execute(sa.insert(table).values({**zeros, **key, **amounts}))
