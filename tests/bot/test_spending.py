"""Budgets are kept exactly: at once, over restarts, and when a process dies over a call."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.prices import Price
from bot.spending import DAY, Spending, usage
from bot.state import State
from retrieval import Usage
from tests.bot.clock import FakeClock

ANNA, BRUNO, CHAT = 7, 8, -9
PRICE = Price(Decimal(1), Decimal(2))  # micro-dollars a token


def spending(state: State, clock: FakeClock | None = None, **given: Any) -> Spending:
    """Spending without limits, where a call costs at most 120 micro-dollars."""
    return Spending(
        state.engine,
        42,
        **{
            "model": "m",
            "price": PRICE,
            "user_calls": 0,
            "total": 0,
            "largest_call": Usage(1, 100, 10),
            "clock": clock or FakeClock(),
            **given,
        },
    )


async def rows(state: State) -> list[Mapping[str, Any]]:
    async with state.engine.connect() as connection:
        return [dict(row) for row in (await connection.execute(sa.select(usage))).mappings()]


async def cost(state: State) -> int:
    return sum(row["cost"] for row in await rows(state))


async def test_a_call_is_noted_by_day_chat_user_and_model_with_what_it_used(state: State) -> None:
    spend = spending(state, FakeClock(3 * DAY + 5)).for_question(CHAT, ANNA)
    for _ in range(2):
        assert await spend.reserve()
        await spend.record(Usage(1, 50, 3))
    assert await rows(state) == [
        {
            "bot_id": 42,
            "day": 3,
            "chat_id": CHAT,
            "user_id": ANNA,
            "model": "m",
            "calls": 2,
            "unpriced_calls": 0,
            "input_tokens": 100,
            "output_tokens": 6,
            "cost": 112,
        }
    ]


async def test_a_person_has_so_many_calls_a_day_wherever_they_ask(state: State) -> None:
    clock = FakeClock(0)
    of = spending(state, clock, user_calls=3)
    asked = [of.for_question(chat, ANNA) for chat in (CHAT, ANNA, CHAT, ANNA)]
    assert [await spend.reserve() for spend in asked] == [True, True, True, False]
    assert await of.for_question(CHAT, BRUNO).reserve()
    clock.now = DAY
    assert await asked[3].reserve()


async def test_a_hundred_calls_are_a_hundred_however_many_are_wanted_at_once(state: State) -> None:
    of = spending(state, user_calls=100)
    wanted = [of.for_question(CHAT, ANNA).reserve() for _ in range(250)]
    assert sum(await asyncio.gather(*wanted)) == 100


async def test_two_that_share_a_state_share_its_budget(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path}/state.sqlite3"
    states = [await State.open(url), await State.open(url)]
    both = [spending(state, user_calls=20) for state in states]
    wanted = [of.for_question(CHAT, ANNA).reserve() for of in both for _ in range(20)]
    assert sum(await asyncio.gather(*wanted)) == 20
    for state in states:
        await state.close()


async def test_what_was_counted_stays_counted_in_the_next_run(tmp_path: Path) -> None:
    url, allowed = f"sqlite+aiosqlite:///{tmp_path}/state.sqlite3", 0
    for _ in range(3):
        state = await State.open(url)
        spend = spending(state, user_calls=5).for_question(CHAT, ANNA)
        # None is recorded, as where the process dies over the call.
        allowed += sum([await spend.reserve() for _ in range(2)])
        await state.close()
    assert allowed == 5


async def test_a_call_that_was_never_settled_stays_at_the_most_it_can_cost(state: State) -> None:
    spend = spending(state).for_question(CHAT, ANNA)
    await spend.reserve()
    assert await cost(state) == 120
    await spend.record(Usage(1, 1, 1))
    assert await cost(state) == 3


async def test_a_call_that_could_exceed_the_total_is_not_made(state: State) -> None:
    of = spending(state, total=300)
    first, second, third = (of.for_question(CHAT, user) for user in (1, 2, 3))
    assert await first.reserve()
    assert await second.reserve()
    assert not await third.reserve()  # 120 and 120 may be spent, and 120 more would be too much
    await first.record(Usage(1, 50, 5))
    assert await third.reserve()


@settings(max_examples=20, deadline=None)
@given(
    total=st.integers(1, 1000),
    questions=st.lists(st.tuples(st.integers(0, 100), st.integers(0, 10)), max_size=30),
)
def test_the_total_is_never_exceeded_whatever_calls_turn_out_to_use(
    tmp_path_factory: pytest.TempPathFactory, total: int, questions: list[tuple[int, int]]
) -> None:
    async def ask(of: Spending, used: tuple[int, int]) -> int:
        spend = of.for_question(CHAT, ANNA)
        if not await spend.reserve():
            return 0
        await asyncio.sleep(0)
        await spend.record(Usage(1, *used))
        return PRICE.cost(*used)

    async def check() -> None:
        folder = tmp_path_factory.mktemp("state")
        state = await State.open(f"sqlite+aiosqlite:///{folder}/state.sqlite3")
        of = spending(state, total=total)
        spent = sum(await asyncio.gather(*(ask(of, used) for used in questions)))
        assert spent == await cost(state)
        assert spent <= total
        await state.close()

    asyncio.run(check())


async def test_a_call_before_midnight_is_settled_on_its_own_day(state: State) -> None:
    clock = FakeClock(DAY - 1)
    spend = spending(state, clock).for_question(CHAT, ANNA)
    await spend.reserve()
    clock.now = DAY + 1
    await spend.record(Usage(1, 10, 0))
    assert [(row["day"], row["cost"]) for row in await rows(state)] == [(0, 10)]


async def test_without_a_price_calls_and_tokens_are_counted_and_no_cost(state: State) -> None:
    spend = spending(state, price=None).for_question(CHAT, ANNA)
    await spend.reserve()
    await spend.record(Usage(1, 10, 5))
    [row] = await rows(state)
    assert (row["calls"], row["unpriced_calls"], row["input_tokens"]) == (1, 1, 10)
    assert row["cost"] == 0
    with pytest.raises(ValueError, match="'m'"):
        spending(state, price=None, total=1)


async def test_another_bot_on_the_same_state_has_its_own_budget(state: State) -> None:
    assert await spending(state, user_calls=1).for_question(CHAT, ANNA).reserve()
    other = Spending(
        state.engine,
        43,
        model="m",
        price=None,
        user_calls=1,
        total=0,
        largest_call=Usage(1, 1, 1),
        clock=FakeClock(),
    )
    assert await other.for_question(CHAT, ANNA).reserve()
